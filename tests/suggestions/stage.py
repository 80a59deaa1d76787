"""Builds a case or an assignment in every state of the tables; a method for each, named after what it is."""

from datetime import timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from congress_portal.common import clock
from deputies.models import Deputy
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import (
    Assignment,
    Claim,
    ContactLog,
    DeclineReason,
    Promise,
    Suggestion,
)
from tests.conftest import Journey, act, as_actor

from . import given
from .scenes import (
    ABOVE,
    DISTRICT,
    NOBODY,
    OF_OFFICE,
    OF_STREET,
    OF_UNIT,
    OF_VENUE,
    OFFICE_AND_ABOVE,
    SECRET,
    Scene,
)


class Stage:
    """Builds scenes; a method for each, named after what it shows."""

    def __init__(self, cast: SimpleNamespace) -> None:
        self.cast = cast
        self.journey = Journey(cast)
        # Which guard a test asks about.
        self.guard = ""

    # Suggestions ---------------------------------------------------------------------------------

    def submitted(self, **changes: Any) -> Scene:
        case = self.journey.submitted(may_publish=True, **changes)
        self.followed(case)
        return Scene(case, dict(DISTRICT))

    def followed(self, case: Suggestion) -> None:
        """By the deputy and by somebody who has left office since; the convener follows none."""
        act("claim", case, self.cast.deputy)
        Claim.objects.create(suggestion=case, deputy=self.former, claimed_at=clock.now())

    def supplementing(self) -> Scene:
        scene = self.submitted()
        act("ask_more", scene.target, self.cast.liaison, question="是哪一号楼?")
        return scene

    def supplementing_for_too_long(self) -> Scene:
        scene = self.supplementing()
        scene.later = timedelta(days=60)
        return scene

    def accepted(self, **changes: Any) -> Scene:
        scene = self.submitted(**changes)
        act("accept", scene.target, self.cast.clerk, category=self.cast.category, level="L2")
        scene.roles |= OF_STREET
        return scene

    def accepted_leading(self) -> Scene:
        scene = self.accepted()
        act("merge", self.journey.submitted(), self.cast.clerk, lead=scene.case)
        return scene

    def to_confirm(self) -> Scene:
        scene = self.submitted()
        act("propose_decline", scene.target, self.cast.liaison, **self.given(scene)["propose_decline"])
        return scene

    def to_confirm_in_secret(self) -> Scene:
        scene = Scene(self.submitted().target, dict(SECRET))
        act("propose_decline", scene.target, self.cast.clerk, code=self.cast.accusation, text="请拨打专线。",
            where_to_go="12388")  # fmt: skip
        return scene

    def handling(self) -> Scene:
        scene = self.accepted()
        self.journey.assigned(scene.case)
        self.contacted(scene.case)
        scene.roles |= OF_UNIT
        return scene

    def contacted(self, case: Suggestion) -> None:
        """The unit says it was in touch; nobody has confirmed it yet."""
        ContactLog.objects.create(
            assignment=case.assignments.first(), phase="BEFORE", mode="PHONE", happened_on=clock.today(),
            summary="电话了解情况。", logged_by=self.cast.officer, logged_at=clock.now(),
        )  # fmt: skip

    def handling_leading(self) -> Scene:
        scene = self.accepted_leading()
        self.journey.assigned(scene.case)
        scene.roles |= OF_UNIT
        return scene

    def handling_supervised(self) -> Scene:
        scene = self.handling()
        act("supervise", scene.target, self.cast.head, **self.given(scene)["supervise"])
        return scene

    def handling_through_an_office(self) -> Scene:
        """Dispatched to a lead, which the coordinator office may give help."""
        scene = self.dispatched()
        return Scene(scene.case, DISTRICT | OF_STREET | OF_UNIT | OFFICE_AND_ABOVE)

    def replied_by_a_unit(self) -> Scene:
        scene = self.handling()
        self.journey.release(scene.case)
        return scene

    def replied_directly(self) -> Scene:
        scene = self.accepted()
        act("answer_direct", scene.target, self.cast.clerk, reply="已经与物业约定，本月内划好车位。")
        return scene

    def replied_and_not_told(self) -> Scene:
        """Registered at the venue: nobody has told the resident yet, and no account is the resident's."""
        scene = self.submitted()
        scene = Scene(registered(self.cast), {**scene.roles, **OF_STREET, "resident": NOBODY})
        self.followed(scene.case)
        act("accept", scene.target, self.cast.clerk, category=self.cast.category, level="L1")
        act("answer_direct", scene.target, self.cast.clerk, reply="已经解决。")
        return scene

    def replied_a_second_time(self) -> Scene:
        scene = self.replied_by_a_unit()
        act("rate_bad", scene.target, self.cast.resident, reason="车位没有增加", process="BASIC")
        self.journey.release(scene.case)
        return scene

    def replied_long_ago(self) -> Scene:
        scene = self.replied_by_a_unit()
        scene.later = timedelta(days=60)
        return scene

    def disputed(self) -> Scene:
        scene = self.replied_a_second_time()
        act("rate_bad_again", scene.target, self.cast.resident, reason="还是没有解决", process="BASIC")
        return scene

    def closed(self) -> Scene:
        scene = self.replied_by_a_unit()
        act("rate_ok", scene.target, self.cast.resident, level="SATISFIED", process="SATISFIED")
        return scene

    def closed_and_promise_kept(self) -> Scene:
        row = self.promised()
        case, promise = row.case, Promise.objects.get(assignment=row.target)
        act("rate_ok", case, self.cast.resident, level="BASIC", process="SATISFIED")
        act("report_promise", row.target, self.cast.officer, promise=promise, report="已全部划线。")
        act("settle_promise", row.target, self.cast.reviewer, promise=promise, verdict="KEPT")
        return Scene(case, DISTRICT | OF_STREET | OF_UNIT)

    def closed_and_prepared(self) -> Scene:
        scene = self.closed()
        act("prepare_publication", scene.target, self.cast.clerk, title="停车", summary="增设车位。")
        return scene

    def closed_and_published(self) -> Scene:
        scene = self.closed_and_prepared()
        act("publish", scene.target, self.cast.reviewer)
        return scene

    def declined(self) -> Scene:
        scene = self.submitted()
        act("decline", scene.target, self.cast.clerk, **self.given(scene)["decline"])
        return scene

    def declined_in_secret(self) -> Scene:
        scene = self.to_confirm_in_secret()
        act("confirm_decline", scene.target, self.cast.secrecy)
        return scene

    def transferred(self) -> Scene:
        scene = self.accepted()
        act("transfer", scene.target, self.cast.clerk, **self.given(scene)["transfer"])
        return scene

    def merged(self) -> Scene:
        scene = self.submitted()
        act("merge", scene.target, self.cast.clerk, lead=self.journey.accepted())
        scene.roles |= OF_STREET
        return scene

    def merged_in_hand(self) -> Scene:
        scene = self.handling()
        act("merge", scene.target, self.cast.clerk, lead=self.journey.accepted())
        scene.roles = DISTRICT | OF_STREET
        return scene

    def withdrawn(self) -> Scene:
        scene = self.accepted()
        act("withdraw", scene.target, self.cast.resident)
        return scene

    # Assignments ---------------------------------------------------------------------------------

    def issued(self) -> Scene:
        row = self.handling().case.assignments.get()
        return Scene(row, DISTRICT | OF_STREET | OF_UNIT)

    def issued_to_a_venue(self) -> Scene:
        case = self.journey.assigned(self.accepted().case, Target(venue=self.cast.station))
        return Scene(case.assignments.get(), DISTRICT | OF_STREET | OF_VENUE)

    def to_an_office(self) -> Scene:
        office = Target(kind=AssignmentKind.COORDINATOR, unit=self.cast.office)
        case = self.journey.assigned(self.accepted().case, office)
        return Scene(case.assignments.get(), DISTRICT | OF_STREET | OF_OFFICE)

    def dispatched(self, *steps: tuple[str, str]) -> Scene:
        """Given to a coordinator office, which gave it to a lead and an assisting unit."""
        return self.on(self.to_an_office(), ("sign", "coordinator"), *steps, ("dispatch", "coordinator"))

    def child(self) -> Scene:
        """The lead unit's row below the office's."""
        row = self.dispatched().case.assignments.get(kind=AssignmentKind.LEAD)
        return Scene(row, DISTRICT | OF_STREET | OF_UNIT | ABOVE)

    def assisting(self) -> Scene:
        """The row of the unit that helps, below the office's; another unit leads."""
        row = self.dispatched().case.assignments.get(kind=AssignmentKind.ASSISTING)
        other = {"other_officer": OF_UNIT["officer"], "other_unitlead": OF_UNIT["unitlead"]}
        return Scene(row, DISTRICT | OF_STREET | other | ABOVE)

    def overdue(self, scene: Scene) -> Scene:
        scene.later = timedelta(days=60)
        return scene

    def escalated(self, scene: Scene) -> Scene:
        with clock.frozen(clock.now() + timedelta(days=12)):
            return self.on(scene, ("escalate", "officer"))

    def missed(self) -> Scene:
        scene = self.on(self.assisting(), ("sign", "other_officer"))
        with clock.frozen(clock.now() + timedelta(days=60)):
            return self.on(scene, ("mark_missed", "clerk"))

    def promised(self) -> Scene:
        row = self.promised_by_hand()
        return Scene(row, DISTRICT | OF_STREET | OF_UNIT)

    def promised_by_hand(self) -> Assignment:
        """Released with a promise for a day to come."""
        c, case = self.cast, self.journey.handling(may_publish=True)
        self.followed(case)
        row, day = case.assignments.get(), self.journey.due() + timedelta(days=30)
        act("sign", row, c.officer)
        act("draft", row, c.officer, text="正在划线。", answer_class="B", promises=[("划好全部车位", day)])
        act("sign_off", row, c.unitlead)
        return act("release", row, c.reviewer, publicity="OPEN")

    def on(self, scene: Scene, *steps: tuple[str, str]) -> Scene:
        """The scene after `steps`, (action, who) each."""
        for action, who in steps:
            given = self.given(scene).get(action, {})
            act(action, scene.target, getattr(self.cast, who), **given)
        return scene

    def given(self, scene: Scene) -> dict[str, dict[str, Any]]:
        """Inputs that are right for every action on the scene's target."""
        return given.inputs(self, scene)

    @property
    def former(self) -> Deputy:
        """Somebody who was a deputy once."""
        return Deputy.objects.get_or_create(key="T0099", defaults={"name": "旧示例"})[0]

    @property
    def inquiry(self) -> DeclineReason:
        return DeclineReason.objects.get(code="N11")

    @cached_property
    def lead(self) -> Suggestion:
        """One case all others may be joined to."""
        return self.journey.accepted()

    @cached_property
    def promise_elsewhere(self) -> Promise:
        """Another case's: named where there is none, so that the guard speaks and not the form."""
        return Promise.objects.get(assignment=self.promised_by_hand())

    @cached_property
    def log_elsewhere(self) -> ContactLog:
        case = self.journey.handling()
        self.contacted(case)
        return ContactLog.objects.get(assignment__suggestion=case)


def registered(c: SimpleNamespace) -> Suggestion:
    """A walk-in's suggestion, written down by the liaison officer of the station."""
    from suggestions.submissions import submit
    from tests.conftest import submission

    return submit(submission(c, channel="VISIT", venue=c.station), actor=as_actor(c.liaison))
