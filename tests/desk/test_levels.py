"""What a unit reads of ratings: the reason of a redo at once, levels after the window; others read them all.

The levels of these cases are words that stand nowhere else on the pages.
"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from congress_portal.common import clock
from stations.models import LiaisonOfficer
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Rating, Suggestion, UnitMember
from tests.conftest import LONG_AGO, Journey, act
from tests.suggestions.stage import Stage

from .pages import case_page, press, text_of

WORDS = ("满意", "基本满意", "不满意")
AFTER = timedelta(days=40)
PLACES = ("", "?tab=all", "?tab=done")


def pages_of(client: Any, case: Suggestion) -> str:
    """Everything the desk shows of the case."""
    lists = [client.get(f"/desk/{query}").content.decode() for query in PLACES]
    return "".join([case_page(client, case), *lists])


def levels_on(html: str) -> list[str]:
    """Words of the scale; the advice not to forget anybody has none of them."""
    return [
        word for word in ("结果：满意", "结果：基本满意", "结果：不满意", "过程：", "不满意") if word in html
    ]


def rated(cast: SimpleNamespace, journey: Journey, **given: Any) -> Suggestion:
    case = journey.replied()
    act("comment", case, cast.officer, text="已联系。")
    act("comment", case, cast.unitlead, text="已联系。")
    return act("rate_ok", case, cast.resident, **{"level": "BASIC", "process": "SATISFIED"} | given)


@pytest.mark.parametrize("who", ["officer", "unitlead"])
def test_a_unit_reads_no_level_before_the_window_is_over(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = rated(cast, journey, reason="基本可以，态度很好")
    client = login(getattr(cast, who))

    html = pages_of(client, case)

    assert not any(word in text_of(case_page(client, case)) for word in WORDS)
    assert levels_on(html) == []
    assert "态度很好" not in html
    assert "可以查看" in html


@pytest.mark.parametrize("who", ["officer", "unitlead"])
def test_after_the_window_the_unit_reads_both_levels(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = rated(cast, journey, reason="基本可以，态度很好")
    with clock.frozen(clock.now() + AFTER):
        words = text_of(case_page(login(getattr(cast, who)), case))

    assert "结果：基本满意 · 过程：满意" in words
    assert "态度很好" in words
    assert "可以查看" not in words


def test_the_last_day_of_the_window_still_belongs_to_the_resident(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = rated(cast, journey)
    last = case.clocks.get(kind="RATING").due_on
    for day, shown in ((last, False), (last + timedelta(days=1), True)):
        with clock.frozen(clock.now() + (day - clock.today())):
            assert ("结果：" in case_page(login(cast.officer), case)) is shown, day


def test_the_reason_of_a_second_handling_is_read_at_once_and_the_levels_are_not(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
    client = login(cast.officer)

    html = case_page(client, case)

    assert html.count("车位没有增加") == 2
    assert "基本满意" not in html
    assert levels_on(html.replace("群众不满意，反映还有这些问题", "")) == []
    with clock.frozen(clock.now() + AFTER):
        assert "结果：不满意 · 过程：基本满意" in text_of(case_page(client, case))


def test_dissatisfied_again_is_not_read_before_the_window_or_a_redo(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.disputed()
    client = login(cast.officer)
    assert "还是没有解决" not in case_page(client, case)
    assert "不满意" not in text_of(case_page(client, case)).replace("群众不满意，反映还有这些问题", "")

    act("order_redo", case, cast.head, leader="王副主任", unit=cast.unit, due=journey.due())

    assert "还是没有解决" in case_page(client, case)
    assert levels_on(case_page(client, case).replace("群众不满意，反映还有这些问题", "")) == []


@pytest.mark.parametrize("who", ["liaison", "deputy", "convener", "committee"])
def test_the_venue_and_the_committee_read_them_at_once(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = rated(cast, journey, reason="基本可以，态度很好")

    words = text_of(case_page(login(getattr(cast, who)), case))

    assert "结果：基本满意 · 过程：满意" in words
    assert "态度很好" in words


def test_the_office_reads_them_at_once(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = rated(cast, journey)

    page = login(cast.clerk).get(f"/admin/suggestions/suggestion/{case.pk}/change/").content.decode()

    assert "结果：基本满意 · 过程：满意" in page


def test_an_assisting_unit_and_a_coordinator_office_wait_too(cast: SimpleNamespace, login: Callable) -> None:
    stage = Stage(cast)
    case = stage.on(stage.assisting(), ("sign", "other_officer"), ("give_opinion", "other_officer")).case
    lead = case.assignments.get(kind=AssignmentKind.LEAD)
    act("sign", lead, cast.officer)
    act("draft", lead, cast.officer, text="您好，已划线。", answer_class="A")
    act("sign_off", lead, cast.unitlead)
    act("release", lead, cast.reviewer, publicity="OPEN")
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")

    for who in ("other_officer", "coordinator"):
        client = login(getattr(cast, who))
        assert levels_on(case_page(client, case)) == [], who
        with clock.frozen(clock.now() + AFTER):
            assert "结果：基本满意" in case_page(client, case), who


def test_a_unit_that_is_also_the_venue_waits_like_a_unit(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    LiaisonOfficer.objects.create(user=cast.officer, venue=cast.station, starts_on=LONG_AGO)
    case = rated(cast, journey)

    assert levels_on(pages_of(login(cast.officer), case)) == []


def test_somebody_of_another_unit_at_the_venue_does_not_wait(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    UnitMember.objects.create(user=cast.liaison, unit=cast.other_unit, starts_on=LONG_AGO)
    case = rated(cast, journey)

    assert "结果：基本满意" in case_page(login(cast.liaison), case)


def test_what_happened_meanwhile_tells_no_level_either(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    """Whoever presses an old button reads what the last person did."""
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
    row = case.assignments.get(round=2)

    page = press(login(cast.officer), row, "undo_draft").content.decode()

    assert "车位没有增加" in page
    assert "基本满意" not in page


def test_a_rating_before_anybody_told_the_resident_has_its_window_from_that_day(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    Suggestion.objects.filter(pk=case.pk).update(channel="VISIT")
    journey.release(case)
    assert case.told_at is None
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    assert not case.clocks.filter(kind="RATING").exists()

    for later, shown in ((timedelta(), False), (AFTER, True)):
        with clock.frozen(clock.now() + later) if later else nullcontext():
            assert ("结果：" in case_page(login(cast.officer), case)) is shown


def test_a_rating_of_a_kept_promise_waits_as_well(cast: SimpleNamespace, login: Callable) -> None:
    scene = Stage(cast).closed_and_promise_kept()
    with clock.frozen(clock.now() + AFTER):
        act(
            "rate_kept_promise",
            scene.target,
            cast.resident,
            level="SATISFIED",
            process="BASIC",
            reason="很快",
        )
        words = text_of(case_page(login(cast.officer), scene.case))
        assert "很快" not in words
        # The first rating was given long ago.
        assert "首次 结果：基本满意 · 过程：满意" in words
        assert "过程：基本满意" not in words
    with clock.frozen(clock.now() + AFTER + AFTER):
        assert "最终 结果：满意 · 过程：基本满意" in text_of(case_page(login(cast.officer), scene.case))
    assert Rating.objects.count() == 2


def test_in_english_nothing_leaks_either(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = rated(cast, journey)
    client = login(cast.officer)

    with translation.override("en"):
        page = client.get(f"/desk/{case.number}/", headers={"accept-language": "en"}).content.decode()

    assert "atisfied" not in text_of(page)


def test_a_separate_unit_reads_the_reason_that_began_its_second_handling(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(
        journey.accepted(),
        Target(unit=cast.unit, kind="SEPARATE"),
        Target(unit=cast.other_unit, kind="SEPARATE"),
    )
    for row, officer, leader in (
        (case.assignments.get(unit=cast.unit), cast.officer, cast.unitlead),
        (case.assignments.get(unit=cast.other_unit), cast.other_officer, cast.other_unitlead),
    ):
        act("sign", row, officer)
        act("draft", row, officer, text="您好，已办理。", answer_class="A")
        act("sign_off", row, leader)
        act("release", row, cast.reviewer, publicity="OPEN")
    case.refresh_from_db()
    act("rate_bad", case, cast.resident, reason="绿化没有补", process="DISSATISFIED")

    for who in ("officer", "other_officer"):
        words = text_of(case_page(login(getattr(cast, who)), case))
        assert "绿化没有补" in words
        assert levels_on(words.replace("群众不满意，反映还有这些问题", "")) == []
