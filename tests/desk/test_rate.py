"""Taking a rating for a resident who has no phone or cannot write."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from suggestions.models import Rating
from tests.conftest import Journey, act

from .pages import buttons, case_page, press

TOLD = {"who": "李女士本人", "how": "PHONE", "when": "2026-06-01", "process": "BASIC"}


@pytest.mark.parametrize(("level", "state"), [("SATISFIED", "CLOSED"), ("BASIC", "CLOSED")])
def test_a_good_rating_concludes_the_case(
    cast: SimpleNamespace, journey: Journey, login: Callable, level: str, state: str
) -> None:
    case = journey.replied()

    response = press(login(cast.liaison), case, "rate", level=level, **TOLD)

    assert response.status_code == 302
    case.refresh_from_db()
    rating = Rating.objects.get()
    assert (case.state, case.rating) == (state, level)
    assert (rating.on_behalf_by, rating.on_behalf_how, rating.on_behalf_of, rating.on_behalf_on) == (
        cast.liaison, "PHONE", "李女士本人", date(2026, 6, 1)
    )  # fmt: skip
    assert (rating.process, case.process_rating) == ("BASIC", "BASIC")


def test_a_bad_rating_of_a_units_reply_goes_back_to_the_unit(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()

    press(login(cast.liaison), case, "rate", level="DISSATISFIED", reason="车位没有增加", **TOLD)

    case.refresh_from_db()
    assert (case.state, case.round) == ("HANDLING", 2)


def test_a_bad_rating_of_a_direct_answer_is_assigned_anew(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.deputy, reply="已与物业协调。")

    press(login(cast.liaison), case, "rate", level="DISSATISFIED", reason="没有人来过", **TOLD)

    case.refresh_from_db()
    assert (case.state, case.round) == ("ACCEPTED", 2)


def test_a_second_bad_rating_goes_to_the_head(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
    journey.release(case)

    press(login(cast.liaison), case, "rate", level="DISSATISFIED", reason="还是没有", **TOLD)

    case.refresh_from_db()
    assert case.state == "DISPUTED"


@pytest.mark.parametrize("missing", ["level", "process", "who", "how", "when", "reason"])
def test_level_who_how_and_for_a_bad_one_the_reason_are_needed(
    cast: SimpleNamespace, journey: Journey, login: Callable, missing: str
) -> None:
    case = journey.replied()
    fields = {"level": "DISSATISFIED", "reason": "车位没有增加", **TOLD} | {missing: ""}

    response = press(login(cast.liaison), case, "rate", **fields)

    assert response.status_code == 200
    assert f'href="#id_{missing}"' in response.content.decode()
    assert not Rating.objects.exists()


def test_who_answered_does_not_take_the_rating(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.liaison, reply="已与物业协调。")
    client = login(cast.liaison)

    assert f"/desk/{case.number}/do/rate/" not in buttons(case_page(client, case))
    response = press(client, case, "rate", level="SATISFIED", **TOLD)

    assert response.status_code == 409
    case.refresh_from_db()
    assert case.state == "REPLIED"


def test_the_names_of_the_four_rows_lead_to_the_same_form(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.replied(), login(cast.liaison)

    pages = [client.get(f"/desk/{case.number}/do/{name}/") for name in ("rate", "rate_ok", "rate_bad")]

    assert [('class="rating"' in page.content.decode()) for page in pages] == [True] * 3


def test_a_rating_that_came_meanwhile_is_not_given_twice(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    seen = str(case.version)
    act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")

    response = press(
        login(cast.liaison), case, "rate", version=seen, level="DISSATISFIED", reason="居民说没解决", **TOLD
    )

    assert response.status_code == 409
    assert "居民说没解决" in response.content.decode()
    assert Rating.objects.count() == 1
