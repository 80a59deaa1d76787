"""The three lists: what waits for whom, what belongs to the place, what one has dealt with."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from stations.models import LiaisonOfficer
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Clock, Suggestion
from tests.conftest import LONG_AGO, Journey, act

from .pages import numbers, text_of


def listed(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/desk/{query}")
    assert response.status_code == 200
    return numbers(response.content.decode())


def waiting_for(cast: SimpleNamespace, login: Callable) -> set[str]:
    people = ("liaison", "deputy", "convener", "officer", "unitlead")
    return {who for who in people if listed(login(getattr(cast, who)))}


def move_due(case: Suggestion, day: date) -> None:
    Clock.objects.filter(suggestion=case, stopped_at=None).update(due_on=day)
    Suggestion.objects.filter(pk=case.pk).update(due_on=day)


def test_a_new_suggestion_waits_for_the_liaison_officer_alone(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.submitted()
    assert waiting_for(cast, login) == {"liaison"}


def test_what_the_resident_is_to_add_waits_for_nobody_here(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    act("ask_more", journey.submitted(), cast.liaison, question="是哪一栋楼?")
    assert waiting_for(cast, login) == set()


def test_an_accepted_suggestion_waits_for_the_deputies_who_may_answer(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()
    assert waiting_for(cast, login) == {"deputy", "convener"}


def test_what_a_unit_handles_waits_for_its_officer_and_for_a_deputy_to_follow_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    assert waiting_for(cast, login) == {"officer", "deputy", "convener"}

    act("claim", case, cast.deputy)
    assert waiting_for(cast, login) == {"officer"}


def test_a_row_of_the_venue_waits_for_all_who_may_handle_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))
    act("claim", case, cast.deputy)
    assert waiting_for(cast, login) == {"liaison", "deputy", "convener"}


def test_a_draft_of_the_venue_waits_for_the_convener_who_did_not_write_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))
    act("claim", case, cast.deputy)
    row = case.assignments.get()
    act("sign", row, cast.convener)
    act("draft", row, cast.convener, text="我们已经协调物业。")
    assert waiting_for(cast, login) == set()

    act("undo_draft", row, cast.convener)
    act("draft", row, cast.deputy, text="我们已经协调物业,下周完成。")
    assert waiting_for(cast, login) == {"convener"}


def test_a_draft_of_a_unit_waits_for_its_leader(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    act("claim", case, cast.deputy)
    journey.drafted(case)
    assert waiting_for(cast, login) == {"unitlead"}


def test_an_asked_return_stays_with_the_officer(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    act("claim", case, cast.deputy)
    act("ask_return", case.assignments.get(), cast.officer, reason="职责不符", proposed_unit=cast.other_unit)
    assert waiting_for(cast, login) == {"officer"}


def test_an_assisting_row_waits_until_its_opinion_is_given(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(
        journey.accepted(),
        Target(unit=cast.other_unit),
        Target(kind=AssignmentKind.ASSISTING, unit=cast.unit),
    )
    row = case.assignments.get(unit=cast.unit)
    assert listed(login(cast.officer)) == [case.number]

    act("sign", row, cast.officer)
    assert listed(login(cast.officer)) == [case.number]
    act("give_opinion", row, cast.officer, text="同意。")
    assert listed(login(cast.officer)) == []


def test_a_reply_nobody_was_told_of_waits_for_the_liaison_officer(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    Suggestion.objects.filter(pk=case.pk).update(channel="VISIT")
    case.refresh_from_db()
    act("accept", case, cast.clerk, category=cast.category, level="L1")
    act("answer_direct", case, cast.deputy, reply="已与物业协调。")
    assert waiting_for(cast, login) == {"liaison"}

    act("record_told", case, cast.liaison, how="PHONE")
    assert waiting_for(cast, login) == set()


def test_the_nearest_date_comes_first_and_none_comes_last(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    late, soon, undated = journey.submitted(), journey.submitted(), journey.submitted()
    move_due(late, clock.today() + timedelta(days=9))
    move_due(soon, clock.today() - timedelta(days=3))
    Suggestion.objects.filter(pk=undated.pk).update(due_on=None)

    assert listed(login(cast.liaison)) == [soon.number, late.number, undated.number]


def test_a_unit_goes_by_its_own_date(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    first, second = journey.handling(), journey.handling()
    second.assignments.update(unit_due=clock.today())

    assert listed(login(cast.officer)) == [second.number, first.number]


def test_a_line_says_title_number_place_age_and_date(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(place="3号楼旁")
    Suggestion.objects.filter(pk=case.pk).update(received_at=case.received_at - timedelta(days=4))
    move_due(case, clock.today() - timedelta(days=30))

    html = login(cast.liaison).get("/desk/", headers={"accept-language": "en"}).content.decode()

    assert 'data-level="overdue"' in html
    words = text_of(html)
    for part in ("小区停车难", case.number, "甲社区 3号楼旁", "4"):
        assert part in words


def test_all_of_the_venue_shows_every_state_and_nothing_of_others(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases = {journey.submitted().number, journey.handling().number, journey.closed().number}
    journey.submitted(community=cast.other_community)

    assert set(listed(login(cast.deputy), "?tab=all")) == cases


def test_all_of_the_unit_shows_what_it_was_given(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    given, replied = journey.handling(), journey.replied()
    journey.submitted()
    journey.assigned(journey.accepted(), Target(unit=cast.other_unit))

    assert set(listed(login(cast.unitlead), "?tab=all")) == {given.number, replied.number}


def test_dealt_with_holds_what_one_acted_on_and_is_not_waiting(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    earlier, later, untouched = journey.submitted(), journey.submitted(), journey.submitted()
    for case in (earlier, later):
        act("accept", case, cast.liaison, category=cast.category, level="L2")
    act("comment", untouched, cast.liaison, text="已电话联系,明天核实。")

    assert listed(login(cast.liaison), "?tab=done") == [later.number, earlier.number]
    assert listed(login(cast.liaison)) == [untouched.number]


def test_the_tabs_say_how_many(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    journey.submitted()
    journey.closed()

    html = login(cast.liaison).get("/desk/").content.decode()

    assert [part.split("<")[0] for part in html.split('class="badge">')[1:]] == ["1", "2", "0", "0"]


def test_with_two_places_one_can_look_at_one_of_them(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    LiaisonOfficer.objects.create(user=cast.liaison, venue=cast.other_station, starts_on=LONG_AGO)
    here, there = journey.submitted(), journey.submitted(community=cast.other_community)
    client = login(cast.liaison)

    assert set(listed(client)) == {here.number, there.number}
    assert listed(client, f"?place={cast.station.code}") == [here.number]
    assert listed(client, f"?tab=all&place={cast.other_station.code}") == [there.number]


def test_naming_a_place_of_others_shows_nothing_of_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    here, _there = journey.submitted(), journey.submitted(community=cast.other_community)

    assert listed(login(cast.liaison), f"?place={cast.other_station.code}") == [here.number]


def test_a_number_or_a_word_of_the_title_finds_a_case(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    wanted, _other = journey.submitted(title="路灯不亮"), journey.submitted()
    client = login(cast.liaison)

    assert listed(client, "?tab=all&q=路灯") == [wanted.number]
    assert listed(client, f"?tab=all&q={wanted.number}") == [wanted.number]
    assert listed(client, "?tab=all&q=没有这个") == []


def test_a_long_list_has_pages_without_counting_everything(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    for _ in range(23):
        journey.submitted()
    client = login(cast.liaison)

    first, second = listed(client), listed(client, "?page=2")

    assert (len(first), len(second), len({*first, *second})) == (20, 3, 23)
    for nonsense in ("0", "-1", "x", "99999999999", "²"):
        assert listed(client, f"?page={nonsense}") == first


def test_an_empty_list_says_what_would_be_there(cast: SimpleNamespace, login: Callable) -> None:
    for tab in ("waiting", "all", "done"):
        assert 'class="empty"' in login(cast.deputy).get(f"/desk/?tab={tab}").content.decode()


def test_fifty_cases_cost_as_many_queries_as_five(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    people = ("liaison", "deputy", "convener", "officer", "unitlead")
    pages = [(login(getattr(cast, who)), tab) for who in people for tab in ("waiting", "all", "done")]

    def make(count: int) -> None:
        """Every third is replied to and so dealt with by everybody, the others wait for somebody."""
        for number in range(count):
            case = (journey.submitted, journey.handling, journey.replied)[number % 3]()
            for who in ("liaison", "deputy", "convener"):
                act("comment", case, getattr(cast, who), text="请关注")

    def queries(client: Client, tab: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/desk/?tab={tab}").status_code == 200
        # Read again every few seconds, whatever the page.
        return sum("calendarday" not in query["sql"] for query in captured)

    make(5)
    few = [queries(*page) for page in pages]
    make(45)

    assert [queries(*page) for page in pages] == few
    cost = {tab: max(few[place::3]) for place, tab in enumerate(("waiting", "all", "done"))}
    # What one has dealt with says besides what came of it.
    assert cost["waiting"] <= 22 >= cost["all"]
    assert cost["done"] <= 28
