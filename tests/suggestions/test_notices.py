"""Who hears of an action: posted with the event, named by the table, and without a word of anybody's text."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions import notifications
from suggestions import workflow as w
from suggestions.actors import SYSTEM
from suggestions.inputs import Target
from suggestions.models import OfficeSetting, Suggestion
from tests.conftest import Journey, act, as_actor, submission
from tests.suggestions.stage import Stage


@pytest.fixture
def heard(cast: SimpleNamespace) -> Callable[..., set[str]]:
    """Names of the cast who are told of what is done, and "SMS" for a phone without an account."""
    names = {user.pk: name for name, user in vars(cast).items() if hasattr(user, "username")}

    def since(do: Callable[[], Any]) -> set[str]:
        seen = list(Notice.objects.values_list("pk", flat=True))
        do()
        found = Notice.objects.exclude(pk__in=seen)
        return {names[row.to_id] if row.to_id else row.channel for row in found}

    return since


def test_every_line_names_an_action_of_the_tables_and_people_who_exist() -> None:
    actions = set(w.actions((*w.SUGGESTION_MOVES, *w.ASSIGNMENT_MOVES)))
    assert set(notifications.TELLS) | set(notifications.TO_THE_RESIDENT) <= actions
    whom = {name for lines in notifications.TELLS.values() for line in lines for name in line.whom}
    whom |= {name for names, _title in notifications.REMINDERS.values() for name in names}
    assert whom == set(notifications.PEOPLE)


def test_a_new_suggestion_is_told_to_its_venue_and_its_resident(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    assert heard(journey.submitted) == {"liaison", "resident", "SMS"}


def test_what_has_no_place_is_told_to_the_office(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    told = heard(lambda: journey.submitted(community=None, place_unknown=True))
    assert told == {"clerk", "clerk2", "resident", "SMS"}


def test_a_deputy_who_was_asked_is_told_beside_the_venue(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    told = heard(lambda: journey.submitted(deputy=cast.deputy_row))
    assert told == {"liaison", "deputy", "resident", "SMS"}


def test_a_matter_of_the_street_waits_for_its_committee_and_others_for_the_office(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    for level, told in (("L2", {"committee"}), ("L3", {"clerk2"})):
        case = journey.submitted()
        given = {"category": cast.category, "level": level}
        assert heard(lambda: act("accept", case, cast.clerk, **given)) == told | {"resident", "SMS"}  # noqa: B023


def test_the_unit_hears_what_it_was_given_and_its_leader_what_waits_for_a_signature(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    case = journey.accepted()
    assert heard(lambda: journey.assigned(case)) == {"officer", "resident", "SMS"}
    row = act("sign", case.assignments.get(), cast.officer)
    draft = {"text": "已增设车位。", "answer_class": "A"}
    assert heard(lambda: act("draft", row, cast.officer, **draft)) == {"unitlead"}
    assert heard(lambda: act("sign_off", row, cast.unitlead)) == {"reviewer"}
    told = heard(lambda: act("release", row, cast.reviewer, publicity="OPEN"))
    assert told == {"officer", "liaison", "resident", "SMS"}


def test_an_office_that_coordinates_hears_what_its_units_ask(cast: SimpleNamespace, heard: Callable) -> None:
    row = Stage(cast).child().target
    given = {"reason": "不属于本单位", "proposed_unit": cast.other_unit}
    assert heard(lambda: act("ask_return", row, cast.officer, **given)) == {"coordinator"}


def test_the_reason_of_a_redo_reaches_the_unit_at_once(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    case = journey.replied()
    given = {"reason": "车位没有增加", "process": "BASIC"}
    assert heard(lambda: act("rate_bad", case, cast.resident, **given)) == {"officer", "resident", "SMS"}


def test_what_is_hidden_is_told_to_the_secrecy_officers_alone(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    case = journey.submitted()
    given = {"code": cast.accusation, "text": "请拨打专线。", "where_to_go": "12388"}
    assert heard(lambda: act("propose_decline", case, cast.liaison, **given)) == {"secrecy", "secrecy2"}
    told = heard(lambda: act("confirm_decline", case, cast.secrecy))
    assert told == {"resident", "SMS"}


def test_an_insult_waits_for_the_head(cast: SimpleNamespace, journey: Journey, heard: Callable) -> None:
    case = journey.submitted()
    given = {"code": cast.insult, "text": "没有诉求。", "where_to_go": "—"}
    assert heard(lambda: act("propose_decline", case, cast.liaison, **given)) == {"head"}


def test_an_emergency_rings_the_duty_phone_at_night(cast: SimpleNamespace, journey: Journey) -> None:
    OfficeSetting(duty_phone="13900000099").save()
    case = journey.submitted()

    act("alarm", case, SYSTEM, note="有人被困")

    sms = Notice.objects.get(kind="alarm", channel="SMS", to=None)
    assert sms.urgent
    inboxes = Notice.objects.filter(kind="alarm", channel="INBOX")
    assert {row.to for row in inboxes} == {cast.liaison, cast.clerk, cast.clerk2, cast.head}


def test_somebody_without_account_or_phone_is_told_nothing_by_machine(
    cast: SimpleNamespace, heard: Callable
) -> None:
    from suggestions.submissions import submit

    form = submission(cast, channel="VISIT", venue=cast.station, phone="", name="")
    assert heard(lambda: submit(form, actor=as_actor(cast.liaison))) == set()


def test_no_notice_repeats_what_somebody_wrote(cast: SimpleNamespace) -> None:
    stage = Stage(cast)
    for build in (stage.disputed, stage.closed_and_promise_kept, stage.merged, stage.declined, stage.missed):
        build()
    written = {case.title for case in Suggestion.objects.all()} | {
        "停车位不够",
        "车位没有增加",
        "李测试",
        "139",
    }
    for row in Notice.objects.all():
        assert not any(words in f"{row.title} {row.text}" for words in written), row.title
        assert row.number in row.path or "/admin/" in row.path


def test_a_refused_action_tells_nobody(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    before = Notice.objects.count()
    with transaction.atomic():
        journey.assigned(case)
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_whoever_acts_is_not_told_of_it(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    act("accept", case, cast.committee, category=cast.category, level="L1")
    assert not Notice.objects.filter(to=cast.committee).exists()


def test_the_links_lead_where_the_person_works(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    act("accept", case, cast.liaison, category=cast.category, level="L3")
    paths = dict(Notice.objects.filter(channel="INBOX").values_list("to__username", "path"))
    assert paths["clerk"] == f"/admin/suggestions/suggestion/{case.pk}/change/"
    assert paths["liaison"] == f"/desk/{case.number}/"
    assert paths["resident"] == f"/suggestions/{case.number}/"


def test_a_promise_that_is_due_comes_back_to_the_unit(cast: SimpleNamespace, heard: Callable) -> None:
    row = Stage(cast).promised().target
    promise = row.promises.get()
    with clock.frozen(clock.now() + timedelta(days=60)):
        assert heard(lambda: act("promise_due", row, SYSTEM, promise=promise)) == {"officer"}


def test_separate_units_are_each_told_of_their_own(
    cast: SimpleNamespace, journey: Journey, heard: Callable
) -> None:
    case = journey.accepted()
    targets = [Target("SEPARATE", unit=cast.unit), Target("SEPARATE", unit=cast.other_unit)]
    assert heard(lambda: journey.assigned(case, *targets)) >= {"officer", "other_officer"}
