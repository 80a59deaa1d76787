"""From the draft to the released reply: three people, every version kept."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from congress_portal.accounts.models import RoleGrant
from suggestions.enums import AnswerClass
from suggestions.errors import Forbidden, Refused
from suggestions.inputs import Target
from tests.conftest import Journey, act


def test_drafter_signer_and_reviewer_are_three_people(cast: SimpleNamespace, journey: Journey) -> None:
    row = journey.signed(journey.handling())
    act("release", row, cast.reviewer, publicity="OPEN")

    reply = row.replies.get()
    hands = (reply.drafted_by, reply.signed_by, reply.released_by)
    assert hands == (cast.officer, cast.unitlead, cast.reviewer)


def test_whoever_wrote_it_neither_signs_nor_releases_it_whatever_roles_they_hold(
    cast: SimpleNamespace, journey: Journey
) -> None:
    """Officer and leader are reviewers as well."""
    RoleGrant.objects.create(user=cast.officer, role="REVIEWER")
    RoleGrant.objects.create(user=cast.unitlead, role="REVIEWER")
    row = journey.signed(journey.handling())

    for person in (cast.officer, cast.unitlead):
        with pytest.raises(Refused):
            act("release", row, person, publicity="OPEN")


def test_a_unit_gives_a_class_and_a_venue_gives_none(cast: SimpleNamespace, journey: Journey) -> None:
    unit_row = journey.handling().assignments.get()
    act("sign", unit_row, cast.officer)
    venue_row = journey.assigned(journey.accepted(), Target(venue=cast.station)).assignments.get()
    act("sign", venue_row, cast.deputy)
    for row, person, given in (
        (unit_row, cast.officer, {}),
        (unit_row, cast.officer, {"answer_class": "X"}),
        (venue_row, cast.deputy, {"answer_class": AnswerClass.A}),
    ):
        with pytest.raises(ValidationError) as caught:
            act("draft", row, person, text="已经解决。", **given)
        assert set(caught.value.error_dict) == {"answer_class"}
        assert not row.replies.exists()


def test_a_venues_convener_signs_off_but_not_an_own_draft(cast: SimpleNamespace, journey: Journey) -> None:
    row = journey.assigned(journey.accepted(), Target(venue=cast.station)).assignments.get()
    act("sign", row, cast.convener)
    act("draft", row, cast.convener, text="已与物业协商。")
    with pytest.raises(Refused):
        act("sign_off", row, cast.convener)

    act("undo_draft", row, cast.convener)
    act("draft", row, cast.liaison, text="已与物业协商。")
    act("sign_off", row, cast.convener)

    row.refresh_from_db()
    assert row.state == "SIGNED"


def test_what_was_sent_back_stays_as_a_version_and_the_new_one_is_released(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.handling()
    row = journey.signed(case)
    act("send_back", row, cast.reviewer, reason="请写明期限")
    promises = [("划好三十个车位", journey.due())]
    act("draft", row, cast.officer, text="六月底前完成。", answer_class="B", promises=promises)
    act("sign_off", row, cast.unitlead)
    act("release", row, cast.reviewer, publicity="OPEN")

    first, second = row.replies.all()
    assert (first.released_at, first.answer_class) == (None, "A")
    assert second.released_by == cast.reviewer


def test_why_a_reply_is_not_open_must_be_said(cast: SimpleNamespace, journey: Journey) -> None:
    row = journey.signed(journey.handling())
    with pytest.raises(ValidationError) as caught:
        act("release", row, cast.reviewer, publicity="CLOSED")
    assert set(caught.value.error_dict) == {"publicity_reason"}

    act("release", row, cast.reviewer, publicity="CLOSED", publicity_reason="涉及他人隐私")
    assert row.replies.get().publicity == "CLOSED"


def test_another_units_people_do_nothing_here(cast: SimpleNamespace, journey: Journey) -> None:
    row = journey.handling().assignments.get()
    for person in (cast.other_officer, cast.other_unitlead, cast.liaison, cast.deputy, cast.clerk):
        with pytest.raises(Forbidden):
            act("sign", row, person)


def test_a_correction_is_a_new_reply_of_the_same_round(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.replied()
    act("correct_reply", case, cast.reviewer, reply="更正：共增设三十二个。", reason="数字有误")

    old, new = case.replies.all()
    assert (new.corrects, new.round, new.assignment) == (old, old.round, old.assignment)
    assert old.text != new.text
    assert case.events.last().is_public


def test_an_answer_on_the_spot_needs_no_unit(cast: SimpleNamespace, journey: Journey) -> None:
    for person in (cast.clerk, cast.deputy, cast.liaison):
        case = journey.accepted()
        act("answer_direct", case, person, reply="已经与物业约定。")
        case.refresh_from_db()
        assert (case.state, case.due_kind) == ("REPLIED", "RATING")
        assert case.replies.get().released_by == person
