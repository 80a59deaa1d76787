"""Every guard of the tables, once holding and once not."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock
from suggestions import workflow as w
from suggestions.enums import AssignmentKind
from suggestions.guards import GUARDS
from suggestions.inputs import Target
from suggestions.models import Promise, Suggestion, UnitMember
from suggestions.permissions import roles_for
from suggestions.steps import Step
from tests.conftest import act
from tests.suggestions.scenes import Scene, actor_named
from tests.suggestions.stage import Stage
from tests.suggestions.states import ASKED, DRAFTED, SIGNED, SIGNED_FOR


def ask(stage: Stage, scene: Scene, action: str, who: str, **inputs: Any) -> str | None:
    """What the guard of the test says when `who` tries `action` on the scene; no other guard is asked."""
    scene.target.refresh_from_db()
    row = scene.target if scene.table is w.ASSIGNMENT_MOVES else None
    move = w.find(scene.table, action, scene.target.state)
    assert move is not None
    actor = actor_named(who, stage.cast, scene.case)
    held = roles_for(actor, scene.case, row)
    role = next((name for name in move.who if name in held), w.FOLLOWS)
    with scene.moment():
        step = Step(move, scene.case, row, actor, role, inputs, clock.now())
        verdict = GUARDS[stage.guard](step)
    return None if verdict is None else str(verdict)


def reopened(s: Stage) -> Scene:
    scene = s.closed()
    act("reopen", scene.target, s.cast.clerk, note="又出现了")
    return scene


def with_child(s: Stage, *, withdrawn: bool = False) -> Scene:
    scene = s.accepted()
    child = s.journey.submitted()
    act("merge", child, s.cast.clerk, lead=scene.case)
    if withdrawn:
        act("withdraw", child, s.cast.resident)
    return scene


def separate(s: Stage, *, released: int = 0, kinds: str = AssignmentKind.SEPARATE) -> Scene:
    """Two units, of which the first has replied if `released`."""
    scene = s.accepted()
    c = s.cast
    first = AssignmentKind.LEAD if kinds == AssignmentKind.ASSISTING else kinds
    s.journey.assigned(scene.case, Target(first, unit=c.unit), Target(kinds, unit=c.other_unit))
    if released:
        s.journey.release(scene.case)
    return scene


def second_row(scene: Scene) -> Scene:
    return Scene(scene.case.assignments.last(), scene.roles)


def redo(s: Stage) -> Scene:
    scene = s.replied_by_a_unit()
    act("rate_bad", scene.target, s.cast.resident, reason="没有解决", process="BASIC")
    return Scene(scene.case.assignments.last(), scene.roles)


def returned_case(s: Stage, times: int) -> Scene:
    scene = s.accepted()
    for _ in range(times):
        s.journey.assigned(scene.case)
        row = scene.case.assignments.last()
        act("ask_return", row, s.cast.officer, reason="不属于本单位", proposed_unit=s.cast.other_unit)
        act("approve_return", row, s.cast.clerk)
    return scene


def returned(s: Stage, times: int) -> Scene:
    case = returned_case(s, times).case
    s.journey.assigned(case)
    return Scene(case.assignments.last(), {})


def late(scene: Scene) -> Scene:
    scene.later = timedelta(days=60)
    return scene


def given_to_the_station(s: Stage) -> Scene:
    """Its own liaison officer is a handler."""
    case = s.journey.assigned(s.accepted().case, Target(venue=s.cast.station))
    row = case.assignments.get()
    s.on(Scene(row, {}), ("sign", "liaison"), ("draft", "deputy"), ("sign_off", "convener"))
    act("release", row, s.cast.reviewer, publicity="OPEN")
    return Scene(case, {})


def unpublishable(s: Stage) -> Scene:
    scene = s.closed()
    act("set_consent", scene.target, s.cast.resident, may_publish=False, may_share=False)
    return scene


def to_lead(s: Stage, lead: Suggestion) -> str | None:
    return ask(s, s.submitted(), "merge", "clerk", lead=lead)


def onto_itself(s: Stage) -> str | None:
    scene = s.accepted()
    return ask(s, scene, "merge", "clerk", lead=scene.case)


Check = Callable[[Stage], str | None]
HOLDS: dict[str, Check] = {
    "fresh": lambda s: ask(s, s.accepted(), "decline", "clerk"),
    "alone": lambda s: ask(s, with_child(s, withdrawn=True), "decline", "clerk"),
    "lead_takes": lambda s: to_lead(s, s.handling().case),
    "supplement_over": lambda s: ask(s, s.supplementing_for_too_long(), "lapse_supplement", "system"),
    "rating_over": lambda s: ask(s, s.replied_long_ago(), "lapse", "system"),
    "told": lambda s: ask(s, s.replied_directly(), "lapse", "system"),
    "not_told": lambda s: ask(s, s.replied_and_not_told(), "record_told", "liaison"),
    "nothing_released": lambda s: ask(s, separate(s), "take_back", "clerk"),
    "something_released": lambda s: ask(s, separate(s, released=1), "all_replied", "nobody"),
    "no_live_replier": lambda s: ask(s, s.replied_by_a_unit(), "rate_bad", "resident"),
    "no_redo_yet": lambda s: ask(s, s.replied_by_a_unit(), "rate_bad", "resident"),
    "redo_done": lambda s: ask(s, s.replied_a_second_time(), "rate_bad_again", "resident"),
    "by_assignment": lambda s: ask(s, s.replied_by_a_unit(), "rate_bad", "resident"),
    "by_direct_answer": lambda s: ask(s, s.replied_directly(), "rate_bad_direct", "resident"),
    "not_own_work": lambda s: ask(s, s.replied_by_a_unit(), "rate_ok", "liaison"),
    "not_who_ended": lambda s: ask(s, s.declined(), "restore", "clerk2"),
    "claimed": lambda s: ask(s, s.submitted(), "unclaim", "deputy"),
    "not_claimed": lambda s: ask(s, s.submitted(), "claim", "convener"),
    "linkable": lambda s: ask(s, s.replied_and_not_told(), "link_account", "signed-in holder"),
    "may_publish": lambda s: ask(s, s.closed(), "prepare_publication", "clerk"),
    "prepared": lambda s: ask(s, s.closed_and_prepared(), "publish", "reviewer"),
    "published": lambda s: ask(s, s.closed_and_published(), "unpublish", "clerk"),
    "second_person": lambda s: ask(s, s.closed_and_prepared(), "publish", "clerk2"),
    "not_proposer": lambda s: ask(s, s.to_confirm(), "confirm_decline", "head"),
    "lead_at_work": lambda s: ask(s, s.handling(), "add_assisting", "clerk"),
    "congress_decides": lambda s: ask(s, returned_case(s, 2), "assign", "clerk"),
    "leads_others": lambda s: ask(s, s.accepted_leading(), "leave", "resident"),
    "not_left": lambda s: ask(s, s.accepted_leading(), "leave", "resident"),
    "contact_kept": lambda s: ask(s, s.closed(), "forget_contact", "resident"),
    "contact_unconfirmed": lambda s: ask(s, s.handling(), "confirm_contact", "resident"),
    "promise_unrated": lambda s: ask(s, s.closed_and_promise_kept(), "rate_kept_promise", "resident"),
    "supervised": lambda s: ask(s, s.handling_supervised(), "end_supervision", "head"),
    "not_supervised": lambda s: ask(s, s.handling(), "supervise", "head"),
    "return_closed": lambda s: ask(s, late(s.issued()), "escalate", "officer"),
    "open_escalation": lambda s: ask(s, s.escalated(s.issued()), "settle_escalation", "clerk"),
    "escalation_unasked": lambda s: ask(s, late(s.issued()), "escalate", "officer"),
    "open_extension": lambda s: ask(s, asked(s), "grant_extension", "clerk"),
    "extension_unasked": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "ask_extension", "officer"),
    "before_due": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "ask_extension", "officer"),
    "open_question": lambda s: ask(s, asked(s), "answer_contact", "liaison"),
    "no_open_question": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "ask_contact", "officer"),
    "coordinates": lambda s: ask(s, in_hand_of_the_office(s), "dispatch", "coordinator"),
    "assisting": lambda s: ask(s, assisting_in_hand(s), "give_opinion", "other_officer"),
    "row_overdue": lambda s: ask(s, late(assisting_in_hand(s)), "mark_missed", "clerk"),
    "higher_leader": lambda s: ask(s, redrafted(s), "sign_off", "unitlead"),
    "open_promise": lambda s: ask(s, s.promised(), "report_promise", "officer", promise=promise_of(s)),
    "promise_not_back": lambda s: ask(s, late(s.promised()), "promise_due", "system", promise=promise_of(s)),
    "not_reporter": lambda s: ask(s, s.promised(), "settle_promise", "reviewer", promise=promise_of(s)),
    "within_return_limit": lambda s: ask(s, s.issued(), "ask_return", "officer"),
    "under_two_returns": lambda s: ask(s, returned(s, 1), "ask_return", "officer"),
    "not_a_redo": lambda s: ask(s, s.issued(), "ask_return", "officer"),
    "replier": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "draft", "officer"),
    "own_draft": lambda s: ask(s, s.on(s.issued(), *DRAFTED), "undo_draft", "officer"),
    "not_drafter": lambda s: ask(s, s.on(s.issued(), *DRAFTED), "sign_off", "unitlead"),
    "not_signer": lambda s: ask(s, s.on(s.issued(), *SIGNED), "release", "reviewer"),
    "with_a_venue": lambda s: ask(s, s.issued_to_a_venue(), "hand_over", "system"),
    "assisting_final": lambda s: ask(s, s.on(s.issued(), *SIGNED), "release", "reviewer"),
}  # fmt: skip
FAILS: dict[str, Check] = {
    "fresh": lambda s: ask(s, reopened(s), "decline", "clerk"),
    "alone": lambda s: ask(s, with_child(s), "decline", "clerk"),
    "lead_takes": onto_itself,
    "supplement_over": lambda s: ask(s, s.supplementing(), "lapse_supplement", "system"),
    "rating_over": lambda s: ask(s, s.replied_by_a_unit(), "lapse", "system"),
    "told": lambda s: ask(s, s.replied_and_not_told(), "lapse", "system"),
    "not_told": lambda s: ask(s, s.replied_directly(), "record_told", "liaison"),
    "nothing_released": lambda s: ask(s, separate(s, released=1), "take_back", "clerk"),
    "something_released": lambda s: ask(s, separate(s), "all_replied", "nobody"),
    "no_live_replier": lambda s: ask(s, separate(s, released=1), "all_replied", "nobody"),
    "no_redo_yet": lambda s: ask(s, s.replied_a_second_time(), "rate_bad", "resident"),
    "redo_done": lambda s: ask(s, s.replied_by_a_unit(), "rate_bad_again", "resident"),
    "by_assignment": lambda s: ask(s, s.replied_directly(), "rate_bad", "resident"),
    "by_direct_answer": lambda s: ask(s, s.replied_by_a_unit(), "rate_bad_direct", "resident"),
    "not_own_work": lambda s: ask(s, given_to_the_station(s), "rate_ok", "liaison"),
    "not_who_ended": lambda s: ask(s, s.transferred(), "restore", "clerk"),
    "claimed": lambda s: ask(s, s.submitted(), "unclaim", "convener"),
    "not_claimed": lambda s: ask(s, s.submitted(), "claim", "deputy"),
    "linkable": lambda s: ask(s, s.submitted(), "link_account", "signed-in holder"),
    "may_publish": lambda s: ask(s, unpublishable(s), "prepare_publication", "clerk"),
    "prepared": lambda s: ask(s, s.closed(), "publish", "reviewer"),
    "published": lambda s: ask(s, s.closed_and_prepared(), "unpublish", "clerk"),
    "second_person": lambda s: ask(s, s.closed_and_prepared(), "publish", "clerk"),
    "not_proposer": lambda s: ask(s, s.to_confirm(), "confirm_decline", "liaison"),
    "lead_at_work": lambda s: ask(s, separate(s), "add_assisting", "clerk"),
    "congress_decides": lambda s: ask(s, returned_case(s, 2), "assign", "committee"),
    "leads_others": lambda s: ask(s, s.accepted(), "leave", "resident"),
    "not_left": lambda s: ask(s, left(s), "leave", "clerk"),
    "contact_kept": lambda s: ask(s, forgotten(s), "forget_contact", "resident"),
    "contact_unconfirmed": lambda s: ask(s, confirmed(s), "confirm_contact", "resident"),
    "promise_unrated": lambda s: ask(s, s.closed(), "rate_kept_promise", "resident"),
    "supervised": lambda s: ask(s, s.handling(), "end_supervision", "head"),
    "not_supervised": lambda s: ask(s, s.handling_supervised(), "supervise", "head"),
    "return_closed": lambda s: ask(s, s.issued(), "escalate", "officer"),
    "open_escalation": lambda s: ask(s, late(s.issued()), "settle_escalation", "clerk"),
    "escalation_unasked": lambda s: ask(s, decided(s), "escalate", "officer"),
    "open_extension": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "grant_extension", "clerk"),
    "extension_unasked": lambda s: ask(s, refused(s), "ask_extension", "officer"),
    "before_due": lambda s: ask(s, late(s.on(s.issued(), *SIGNED_FOR)), "ask_extension", "officer"),
    "open_question": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "answer_contact", "liaison"),
    "no_open_question": lambda s: ask(s, asked(s), "ask_contact", "officer"),
    "coordinates": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "dispatch", "officer"),
    "assisting": lambda s: ask(s, s.on(s.issued(), *SIGNED_FOR), "give_opinion", "officer"),
    "row_overdue": lambda s: ask(s, assisting_in_hand(s), "mark_missed", "clerk"),
    "higher_leader": lambda s: ask(s, redrafted(s), "sign_off", "convener"),
    "open_promise": lambda s: ask(s, s.promised(), "report_promise", "officer", promise=s.promise_elsewhere),
    "promise_not_back": lambda s: ask(s, s.promised(), "promise_due", "system", promise=promise_of(s)),
    "not_reporter": lambda s: ask(s, reported(s), "settle_promise", "officer", promise=promise_of(s)),
    "within_return_limit": lambda s: ask(s, late(s.issued()), "ask_return", "officer"),
    "under_two_returns": lambda s: ask(s, returned(s, 2), "ask_return", "officer"),
    "not_a_redo": lambda s: ask(s, redo(s), "ask_return", "officer"),
    "replier": lambda s: ask(s, assisting_in_hand(s), "draft", "other_officer"),
    "own_draft": lambda s: ask(s, s.on(s.issued(), *DRAFTED), "undo_draft", "unitlead"),
    "not_drafter": lambda s: ask(s, s.on(s.issued(), *DRAFTED), "sign_off", "officer"),
    "not_signer": lambda s: ask(s, s.on(s.issued(), *SIGNED), "release", "unitlead"),
    "with_a_venue": lambda s: ask(s, s.issued(), "hand_over", "system"),
    "assisting_final": lambda s: ask(s, lead_signed_before_assisting(s), "release", "reviewer"),
}  # fmt: skip


def assisting_in_hand(s: Stage) -> Scene:
    return s.on(second_row(separate(s, kinds=AssignmentKind.ASSISTING)), ("sign", "other_officer"))


def lead_signed_before_assisting(s: Stage) -> Scene:
    case = separate(s, kinds=AssignmentKind.ASSISTING).case
    return s.on(Scene(case.assignments.first(), {}), *SIGNED)


def asked(s: Stage) -> Scene:
    return s.on(s.issued(), *SIGNED_FOR, *ASKED)


def refused(s: Stage) -> Scene:
    return s.on(asked(s), ("refuse_extension", "clerk"))


def decided(s: Stage) -> Scene:
    return s.on(s.escalated(s.issued()), ("settle_escalation", "clerk"))


def in_hand_of_the_office(s: Stage) -> Scene:
    return s.on(s.to_an_office(), ("sign", "coordinator"))


def redrafted(s: Stage) -> Scene:
    """A second reply, waiting for the leader of a unit that has a principal."""
    UnitMember.objects.filter(user=s.cast.unitlead).update(is_principal=True)
    return s.on(redo(s), *DRAFTED)


def left(s: Stage) -> Scene:
    scene = s.accepted_leading()
    act("leave", scene.target, s.cast.resident)
    return scene


def forgotten(s: Stage) -> Scene:
    scene = s.closed()
    act("forget_contact", scene.target, s.cast.resident)
    return scene


def confirmed(s: Stage) -> Scene:
    return s.on(s.handling(), ("confirm_contact", "resident"))


def reported(s: Stage) -> Scene:
    return s.on(s.promised(), ("report_promise", "officer"))


def promise_of(s: Stage) -> Promise:
    """Of the scene made last."""
    return Promise.objects.latest("pk")


def test_no_guard_is_forgotten() -> None:
    assert set(HOLDS) == set(FAILS) == set(GUARDS)


@pytest.mark.parametrize("guard", HOLDS)
def test_a_guard_lets_pass_what_it_should(cast: SimpleNamespace, guard: str) -> None:
    stage = Stage(cast)
    stage.guard = guard
    assert HOLDS[guard](stage) is None


@pytest.mark.parametrize("guard", FAILS)
def test_a_guard_says_why_it_stops_something(cast: SimpleNamespace, guard: str) -> None:
    stage = Stage(cast)
    stage.guard = guard
    assert FAILS[guard](stage)


@pytest.mark.parametrize("state", ["SUBMITTED", "MERGED", "REPLIED", "CLOSED"])
def test_a_case_is_joined_only_to_one_that_waits_or_is_in_hand(cast: SimpleNamespace, state: str) -> None:
    stage = Stage(cast)
    stage.guard = "lead_takes"
    builds = {
        "SUBMITTED": stage.submitted, "MERGED": stage.merged, "REPLIED": stage.replied_directly,
        "CLOSED": stage.closed,
    }  # fmt: skip
    lead = builds[state]().case
    lead.refresh_from_db()
    assert to_lead(stage, lead)
