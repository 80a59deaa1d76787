"""The workbench: one case of a queue at a time, both steps of intake in one press, the next one at once."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from suggestions import intake
from suggestions.errors import Stale
from suggestions.models import Suggestion
from tests.admin.pages import INLINE, do_url
from tests.conftest import Journey, act, as_actor

from .bench import PAGE, buttons_on, level_on, number_on, open_bench, press, said, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast: SimpleNamespace, journey: Journey) -> list[Suggestion]:
    """Three cases to accept, the last one sent being due last; their category has a usual unit and level."""
    cast.category.usual_unit, cast.category.usual_level = cast.unit, "L3"
    cast.category.save()
    cases = []
    for days in (9, 6, 3):
        with clock.frozen(clock.now() - timedelta(days=days)):
            cases.append(journey.submitted(category=cast.category))
    return cases


def test_the_queue_opens_at_what_is_due_first(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    assert number_on(open_bench(login(cast.clerk))) == three[0].number


def test_everything_is_prefilled_from_the_category(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    page = open_bench(login(cast.clerk))

    assert value_of(page, "category") == str(cast.category.pk)
    assert level_on(page) == "L3"
    assert value_of(page, "unit") == str(cast.unit.pk)
    assert value_of(page, "due") > str(clock.today())


def test_numbered_points_are_taken_apart(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    journey.submitted(text="小区有两件事。\n1. 车位不够。\n2. 路灯不亮。")

    assert "车位不够\n路灯不亮</textarea>" in open_bench(login(cast.clerk))


def test_accept_and_assign_walks_both_and_opens_the_next(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)

    response = press(client, three[0], open_bench(client), "assign")

    three[0].refresh_from_db()
    assert three[0].state == "HANDLING"
    assert [event.action for event in three[0].events.all()] == ["submit", "accept", "assign", "issue"]
    assert three[0].assignments.get().unit == cast.unit
    following = client.get(response.url)
    assert number_on(following.content.decode()) == three[1].number
    # The way back to what was just done.
    assert f"/admin/suggestions/suggestion/{three[0].pk}/change/" in said(following)
    assert cast.unit.name in said(following)


def test_what_the_second_step_refuses_undoes_the_first(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    page = open_bench(client)

    far = press(client, three[0], page, "assign", due=str(clock.today() + timedelta(days=300)))
    nobody = press(client, three[0], page, "assign", unit="", instructions="请先联系居民")

    assert 'href="#id_due"' in far.content.decode()
    assert 'href="#id_unit"' in nobody.content.decode()
    assert "请先联系居民" in nobody.content.decode()
    three[0].refresh_from_db()
    assert (three[0].state, three[0].events.count(), three[0].version) == ("SUBMITTED", 1, 1)


def test_only_what_the_button_needs_is_judged(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    page = open_bench(client)

    press(client, three[0], page, "accept", unit="", due="")
    press(client, three[1], open_bench(client), "ask_more", question="是哪一栋楼？", category="", level="")

    for case, state in ((three[0], "ACCEPTED"), (three[1], "SUPPLEMENTING")):
        case.refresh_from_db()
        assert case.state == state


def test_what_was_typed_for_another_button_is_kept(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)

    page = press(
        client, three[0], open_bench(client), "ask_more", question="", note="涉及消防", due="2030-01-01",
        unit=cast.other_unit.pk, category=cast.other_category.pk, others=[cast.third_unit.pk],
    ).content.decode()  # fmt: skip

    assert 'href="#id_question"' in page
    assert "涉及消防" in page
    assert value_of(page, "due") == "2030-01-01"
    assert value_of(page, "unit") == str(cast.other_unit.pk)
    assert value_of(page, "category") == str(cast.other_category.pk)
    assert f'value="{cast.third_unit.pk}" id="id_others_' in page
    assert 'href="#id_due"' not in page


def test_an_error_stands_beside_its_field(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)

    page = press(client, three[0], open_bench(client), "accept", category="", level="L9").content.decode()

    assert 'id="id_category_error"' in page
    assert 'id="id_level_error"' in page


def test_if_somebody_was_faster_nothing_happens_and_the_text_is_kept(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    page = open_bench(client)
    act("accept", three[0], cast.clerk2, category=cast.category, level="L1")

    response = press(client, three[0], page, "assign", instructions="请先联系居民", note="很急")

    html = response.content.decode()
    assert response.status_code == 409
    assert "请先联系居民" in html
    assert "很急" in html
    assert buttons_on(html) == {"assign"}
    three[0].refresh_from_db()
    assert (three[0].state, three[0].level) == ("ACCEPTED", "L1")
    # Sent once more knowingly, it is assigned as it stands now.
    press(client, three[0], html, "assign", unit=cast.unit.pk)
    three[0].refresh_from_db()
    assert (three[0].state, three[0].level) == ("HANDLING", "L1")


def test_a_question_to_a_case_that_was_accepted_meanwhile_can_be_copied(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    page = open_bench(client)
    act("accept", three[0], cast.clerk2, category=cast.category, level="L1")

    response = press(client, three[0], page, "ask_more", question="是哪一栋楼？")

    assert response.status_code == 409
    assert "是哪一栋楼？" in response.content.decode()
    assert "ask_more" not in buttons_on(response.content.decode())


def test_next_and_previous_keep_the_order_and_the_place_is_saved(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    first = open_bench(client)
    assert 'rel="prev"' not in first
    assert f"case={three[1].pk}" in first[first.index('rel="next"') :][:120]

    second = open_bench(client, f"queue=to_accept&case={three[1].pk}")
    assert f"case={three[0].pk}" in second[second.index('rel="prev"') :][:120]

    assert number_on(open_bench(client)) == three[1].number
    assert number_on(open_bench(login(cast.clerk2))) == three[0].number


def test_at_the_end_it_begins_again_with_what_was_left_out(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    last = open_bench(client, f"queue=to_accept&case={three[2].pk}")

    response = press(client, three[2], last, "accept")

    assert number_on(client.get(response.url).content.decode()) == three[0].number


def test_a_case_that_left_the_queue_is_told_about_and_the_next_one_shown(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    open_bench(client, f"queue=to_accept&case={three[1].pk}")
    act("accept", three[1], cast.clerk2, category=cast.category, level="L1")

    page = open_bench(client, f"queue=to_accept&case={three[1].pk}")

    assert number_on(page) == three[2].number
    assert 'role="status">' in page


def test_an_empty_queue_says_so_and_where_else_something_waits(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()

    page = open_bench(login(cast.clerk))

    assert number_on(page) == ""
    assert "queue=to_assign" in page


@pytest.mark.parametrize("query", ["queue=nonsense", "case=999999", "case=x", "queue=to_review&case=-1"])
def test_an_address_that_names_nothing_opens_the_usual_queue(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable, query: str
) -> None:
    assert number_on(open_bench(login(cast.clerk), query)) == three[0].number


def test_what_is_accepted_already_is_only_assigned(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.accepted(), login(cast.clerk)

    page = open_bench(client, "queue=to_assign")
    assert buttons_on(page) == {"assign"}
    response = press(client, case, page, "assign", queue="to_assign", unit=cast.unit.pk)

    case.refresh_from_db()
    assert (response.status_code, case.state) == (302, "HANDLING")


def test_several_units_and_a_venue_can_be_named_too(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    press(client, three[0], open_bench(client), "assign", others=[cast.third_unit.pk], instructions="请会同")
    press(client, three[1], open_bench(client), "assign", unit="", venue=cast.station.pk)

    kinds = set(three[0].assignments.values_list("unit__name", "kind"))
    assert kinds == {(cast.unit.name, "LEAD"), (cast.third_unit.name, "ASSISTING")}
    assert three[1].assignments.get().venue == cast.station


@pytest.mark.parametrize("who", ["reviewer", "head", "admin", "secrecy", "liaison", "resident"])
def test_whoever_does_no_intake_gets_nothing(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable, who: str
) -> None:
    client = login(getattr(cast, who))

    for response in (client.get(PAGE), client.post(f"{PAGE}?case={three[0].pk}", {"do": "accept"})):
        assert response.status_code in (302, 403)
    three[0].refresh_from_db()
    assert three[0].state == "SUBMITTED"


def test_a_button_that_is_not_there_does_nothing(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    page = open_bench(client)

    for deed in ("decline", "withdraw", "", "nonsense"):
        response = press(client, three[0], page, deed)
        assert response.status_code == 409
    three[0].refresh_from_db()
    assert three[0].events.count() == 1


def test_a_forged_form_is_no_fault_of_the_server(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)

    for fields in (
        {"do": "assign"}, {"do": "assign", "version": "x", "unit": "x", "others": ["x"], "due": "x"},
        {"do": "accept", "category": "9" * 30}, {"do": "merge"}, {"do": "merge", "lead": "字" * 50},
    ):  # fmt: skip
        response = client.post(f"{PAGE}?queue=to_accept&case={three[0].pk}", fields)
        assert response.status_code in (200, 409), fields
    assert client.post(f"{PAGE}?case=999999", {"do": "accept"}).status_code == 404


def test_a_ground_chosen_from_here_leads_back_to_the_next_case(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    page = open_bench(client)
    grounds = f"/admin/suggestions/suggestion/{three[0].pk}/grounds/?intake=to_accept"
    assert grounds in page
    code = cast.decline_reason.pk
    form = f"{do_url(three[0], 'decline')}?code={code}&intake=to_accept"
    assert form.replace("&", "&amp;") in client.get(grounds).content.decode()

    response = client.post(form, {"version": "1", "code": code})

    assert number_on(client.get(response.url).content.decode()) == three[1].number


def test_the_page_keeps_the_content_policy_and_masks_the_contact(
    cast: SimpleNamespace, three: list[Suggestion], login: Callable
) -> None:
    page = open_bench(login(cast.clerk))

    assert not INLINE.search(page)
    assert "139****0001" in page
    assert "13900000001" not in page


def test_the_page_costs_the_same_however_long_the_queue_is(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client, counts = login(cast.clerk), []
    for more in (3, 9):
        for _turn in range(more):
            journey.submitted()
        open_bench(client)
        with CaptureQueriesContext(connection) as queries:
            open_bench(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_both_steps_stand_or_fall_at_the_door(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    accept = {"category": cast.category, "level": "L2"}
    act("flag", case, cast.clerk2, flags=["is_key"], reason="关注")
    act("ask_more", case, cast.clerk2, question="在哪里？")
    act("supplement", case, cast.resident, text="三号楼。")

    with pytest.raises(Stale):
        intake.accept_and_assign(
            case, actor=as_actor(cast.clerk), seen_version=1, accept=accept, assign={"due": journey.due()}
        )


def test_a_place_survives_a_session_and_nonsense_is_none(cast: SimpleNamespace, journey: Journey) -> None:
    place = intake.place_of(journey.submitted())
    assert place is not None

    assert intake.unpacked(place.packed()) == place
    for kept in (None, [], ["x", "y", "z"], "abc", [1, 2, 3], {"a": 1}):
        assert intake.unpacked(kept) is None
