"""A case or an assignment in every state the tables name, and everybody who might try something on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from congress_portal.common import clock
from deputies.models import Deputy
from suggestions import clocks
from suggestions import workflow as w
from suggestions.actors import SYSTEM, Actor
from suggestions.enums import AssignmentKind
from suggestions.errors import DoorError
from suggestions.inputs import Target
from suggestions.models import (
    Assignment,
    AssistingOpinion,
    Claim,
    Clock,
    ContactLog,
    DeclineReason,
    Event,
    HandlingRequest,
    Point,
    Promise,
    Publication,
    Rating,
    Reply,
    SubmitterContact,
    Suggestion,
    SupervisingBody,
    Supervision,
    SupervisionLetter,
)
from suggestions.services import perform
from tests.conftest import Journey, act, as_actor

NOBODY = frozenset[str]()
# A row of the table exists, the person has the role: only a guard may still say no.
ALLOWED = "allowed"


@dataclass
class Scene:
    """`later`: how long after the last step the attempts are made."""

    target: Suggestion | Assignment
    roles: dict[str, frozenset[str]]
    later: timedelta = timedelta()
    given: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def case(self) -> Suggestion:
        return self.target.suggestion if isinstance(self.target, Assignment) else self.target

    @property
    def table(self) -> tuple[w.Move, ...]:
        return w.ASSIGNMENT_MOVES if isinstance(self.target, Assignment) else w.SUGGESTION_MOVES

    @contextmanager
    def moment(self) -> Iterator[None]:
        with clock.frozen(clock.now() + self.later):
            yield

    def expected(self, action: str, roles: frozenset[str]) -> str:
        """What the table says to somebody who holds `roles`, guards aside."""
        named = [move for move in self.table if move.action == action and move.source]
        if not any(roles & set(move.who) for move in named):
            return "Forbidden"
        here = [move for move in named if self.target.state in move.source]
        if not here:
            return "WrongState"
        return ALLOWED if roles & set(here[0].who) else "Forbidden"


class Undo(Exception):
    """Takes back an attempt that succeeded."""


def attempt(action: str, target: Any, actor: Actor, given: dict[str, Any]) -> str:
    """ "done", or the name of the error; either way nothing is different afterwards."""
    seen = type(target)._default_manager.get(pk=target.pk)
    try:
        with transaction.atomic():
            perform(action, target=seen, actor=actor, seen_version=seen.version, **given)
            raise Undo
    except Undo:
        return "done"
    except DoorError as error:
        return type(error).__name__


def snapshot() -> dict[str, list[Any]]:
    """Every row an action may write."""
    models = (
        Suggestion, Assignment, Event, Clock, Reply, Rating, Claim, Publication, AssistingOpinion, ContactLog,
        HandlingRequest, Point, Promise, SubmitterContact, Supervision, SupervisionLetter,
    )  # fmt: skip
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


PEOPLE = (
    "resident", "stranger", "liaison", "other_liaison", "deputy", "other_deputy", "convener", "clerk",
    "clerk2", "reviewer", "head", "admin", "officer", "other_officer", "unitlead", "other_unitlead",
    "committee", "other_committee", "coordinator", "secrecy", "secrecy2",
)  # fmt: skip
OTHERS: dict[str, Callable[[SimpleNamespace, Suggestion], Actor]] = {
    "holder": lambda c, case: Actor(holder_of=case.pk),
    "signed-in holder": lambda c, case: Actor(user=as_actor(c.stranger).user, holder_of=case.pk),
    "holder of another": lambda c, case: Actor(holder_of=case.pk + 100_000),
    "nobody": lambda c, case: Actor(),
    "system": lambda c, case: SYSTEM,
}
EVERYBODY = (*PEOPLE, *OTHERS)


def actor_named(name: str, c: SimpleNamespace, case: Suggestion) -> Actor:
    return OTHERS[name](c, case) if name in OTHERS else as_actor(getattr(c, name))


def actors(c: SimpleNamespace, case: Suggestion) -> dict[str, Actor]:
    """Everybody: those with a role towards the case, those with the same role elsewhere, and outsiders."""
    return {name: actor_named(name, c, case) for name in EVERYBODY}


DISTRICT = {
    "clerk": frozenset({w.CLERK}), "clerk2": frozenset({w.CLERK}), "reviewer": frozenset({w.REVIEWER}),
    "head": frozenset({w.HEAD}), "system": frozenset({w.SYSTEM}), "holder": frozenset({w.RESIDENT}),
    "signed-in holder": frozenset({w.RESIDENT}), "resident": frozenset({w.RESIDENT}),
    "liaison": frozenset({w.LIAISON}), "deputy": frozenset({w.DEPUTY}), "convener": frozenset({w.DEPUTY}),
    "committee": frozenset({w.COMMITTEE}),
}  # fmt: skip
# Once the case has a level that the street may settle.
OF_STREET = {"committee": frozenset({w.COMMITTEE, w.STREET_ASSIGNER})}
OF_UNIT = {"officer": frozenset({w.HANDLER, w.OFFICER}), "unitlead": frozenset({w.LEADER})}
OF_VENUE = {
    "liaison": frozenset({w.LIAISON, w.HANDLER}), "deputy": frozenset({w.DEPUTY, w.HANDLER}),
    "convener": frozenset({w.DEPUTY, w.HANDLER, w.LEADER}),
    "committee": OF_STREET["committee"] | {w.LEADER},
}  # fmt: skip
OF_OFFICE = {"coordinator": frozenset({w.HANDLER, w.OFFICER, w.COORDINATOR})}
ABOVE = {"coordinator": frozenset({w.COORDINATOR})}
# Nobody else reaches what is hidden.
SECRET = {
    "resident": frozenset({w.RESIDENT}), "holder": frozenset({w.RESIDENT}),
    "signed-in holder": frozenset({w.RESIDENT}), "secrecy": frozenset({w.SECRECY}),
    "secrecy2": frozenset({w.SECRECY}), "system": frozenset({w.SYSTEM}),
}  # fmt: skip


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
        return Scene(scene.case, DISTRICT | OF_STREET | OF_UNIT | OF_OFFICE)

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

    # Inputs --------------------------------------------------------------------------------------

    def given(self, scene: Scene) -> dict[str, dict[str, Any]]:
        """Inputs that are right for every action on the scene's target."""
        with scene.moment():
            c, due = self.cast, self.journey.due()
        behalf = {"how": "PHONE", "who": "李测试本人", "when": clock.today()}
        classify = {"category": c.other_category, "level": "L3"}
        bad = {"reason": "没有解决", "process": "BASIC", **behalf}
        row = scene.target if isinstance(scene.target, Assignment) else None
        promise = (row.promises.filter(state="OPEN").first() if row else None) or self.promise_elsewhere
        running = next(iter(clocks.running(scene.case).values()), None)
        log = ContactLog.objects.filter(assignment__suggestion=scene.case).first() or self.log_elsewhere
        klass = {"answer_class": "A"} if getattr(scene.target, "unit_id", None) else {}
        return {
            "ask_more": {"question": "是哪一号楼?"},
            "supplement": {"text": "三号楼北侧。"},
            "accept": classify,
            "decline": {"code": c.decline_reason, "text": "已进入诉讼。", "where_to_go": "请拨打 12368。"},
            "propose_decline": {"code": c.insult, "text": "没有具体诉求。", "where_to_go": "可以重新提交。"},
            "refuse_decline": {"note": "有具体诉求"},
            "answer_inquiry": {"category": c.category, "reply": "可以在社区申请。", "code": self.inquiry},
            "alarm": {"note": "有人被困"},
            "recalculate": {
                "kind": running.kind if running else "REPLY", "reason": "放假安排公布",
                "due": due + timedelta(days=40),
            },
            "remind": {"tone": "REMIND", "whom": c.unit.name},
            "supervise": {
                "leader": "王副主任", "body": SupervisingBody.objects.first(), "reason": "多人反映"
            },
            "end_supervision": {"reason": "已经解决"},
            "add_assisting": {"unit": c.third_unit},
            "confirm_contact": {"contact_log": log, "confirmed": True},
            "escalate": {"reason": "不属于本单位", "proposed_unit": c.other_unit},
            "settle_escalation": {"note": "由你单位办理"},
            "ask_extension": {"due": due + timedelta(days=7), "reason": "施工期长"},
            "grant_extension": {"due": self.more_time(row, due)},
            "refuse_extension": {"reason": "期限足够"},
            "log_contact": {
                "phase": "DURING", "mode": "FACE", "happened_on": clock.today(), "summary": "当面说明。"
            },
            "ask_contact": {"question": "请问是哪个入口?"},
            "answer_contact": {"answer": "北门。"},
            "dispatch": {
                "assignments": [Target(unit=c.unit), Target(AssignmentKind.ASSISTING, unit=c.other_unit)],
                "due": due - timedelta(days=4),
            },
            "give_opinion": {"text": "同意划线方案。"},
            "report_promise": {"promise": promise, "report": "已划好。"},
            "promise_due": {"promise": promise},
            "settle_promise": {"promise": promise, "verdict": "BROKEN", "reply": "没有按期完成，正在督促。"},
            "urge": {"text": "请抓紧办理。", "due": due},
            "transfer": {"body": c.body, "text": "请向该部门反映。"},
            "merge": {"lead": self.lead},
            "unmerge": {"note": "情况不同", **classify},
            "answer_direct": {"reply": "已经解决。"},
            "assign": {"assignments": [Target(unit=c.unit)], "due": due},
            "take_back": {"reason": "派错了单位"},
            "record_told": {"how": "PHONE"},
            "rate_ok": {"level": "BASIC", "process": "SATISFIED", **behalf},
            "rate_kept_promise": {"level": "SATISFIED", "process": "SATISFIED", **behalf},
            "rate_bad": bad, "rate_bad_direct": bad, "rate_bad_again": bad,
            "conclude": {"visit": "上门说明了规划安排。", "outcome": "EXPLAINED"},
            "order_redo": {"leader": "王副主任", "unit": c.other_unit, "due": due},
            "reopen": {"note": "又出现了"},
            "restore": {"note": "误判"},
            "comment": {"text": "看过现场。"},
            "add_note": {"text": "昨晚又被占了。"},
            "correct_contact": {"contact": {"name": "李测试", "phone": "13900000002"}},
            "set_consent": {"may_publish": False, "may_share": True},
            "renew_code": {"how": "DESK"},
            "reclassify": {"reason": "分类有误", **classify},
            "move_venue": {"venue": c.other_station, "reason": "不在本社区"},
            "redate": {"due": due + timedelta(days=3), "reason": "施工期延长"},
            "flag": {"flags": ["is_key"], "reason": "多人反映"},
            "correct_reply": {"reply": "更正：共增设三十二个。", "reason": "数字有误"},
            "prepare_publication": {"title": "停车", "summary": "增设车位。"},
            "unpublish": {"reason": "需要修改"},
            "ask_return": {"reason": "不属于本单位职责", "proposed_unit": c.other_unit},
            "cancel_return": {"reason": "由我们办理"},
            "refuse_return": {"reason": "属于你单位职责"},
            "draft": {"text": "您好，已增设车位三十个。", **klass},
            "send_back": {"reason": "请写明期限"},
            "release": {"publicity": "OPEN"},
            "recall": {"reason": "改派"},
            "hand_over": {"venue": c.other_station, "reason": "本站并入"},
        }  # fmt: skip

    def more_time(self, row: Assignment | None, due: date) -> date:
        """Later than the row has; a coordinator office has no more to give than its own date."""
        if row is None:
            return due
        return max(due, row.parent.unit_due) if row.parent else max(due, row.unit_due + timedelta(days=5))

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


# State → the scenes that show it; between them every row of the table can be walked by every role in it.
SUGGESTIONS: dict[str, tuple[Callable[[Stage], Scene], ...]] = {
    "SUBMITTED": (Stage.submitted,),
    "SUPPLEMENTING": (Stage.supplementing, Stage.supplementing_for_too_long),
    "DECLINE_REVIEW": (Stage.to_confirm, Stage.to_confirm_in_secret),
    "ACCEPTED": (Stage.accepted, Stage.accepted_leading),
    "HANDLING": (Stage.handling, Stage.handling_leading, Stage.handling_supervised,
                 Stage.handling_through_an_office),
    "REPLIED": (Stage.replied_by_a_unit, Stage.replied_directly, Stage.replied_and_not_told,
                Stage.replied_a_second_time, Stage.replied_long_ago),
    "DISPUTED": (Stage.disputed,),
    "CLOSED": (Stage.closed, Stage.closed_and_prepared, Stage.closed_and_published,
               Stage.closed_and_promise_kept),
    "DECLINED": (Stage.declined, Stage.declined_in_secret),
    "TRANSFERRED": (Stage.transferred,),
    "MERGED": (Stage.merged, Stage.merged_in_hand),
    "WITHDRAWN": (Stage.withdrawn,),
}  # fmt: skip

SIGNED_FOR = (("sign", "officer"),)
DRAFTED = (*SIGNED_FOR, ("draft", "officer"))
SIGNED = (*DRAFTED, ("sign_off", "unitlead"))
ASKED = (("ask_extension", "officer"), ("ask_contact", "officer"))
HELPING = (("sign", "other_officer"),)
VENUE_DRAFTED = (("sign", "liaison"), ("draft", "deputy"))
ASSIGNMENTS: dict[str, tuple[Callable[[Stage], Scene], ...]] = {
    "ISSUED": (
        Stage.issued, Stage.issued_to_a_venue, Stage.child,
        lambda stage: stage.overdue(stage.issued()),
        lambda stage: stage.escalated(stage.issued()),
        lambda stage: stage.overdue(stage.assisting()),
    ),
    "IN_HAND": (
        lambda stage: stage.on(stage.issued(), *SIGNED_FOR),
        lambda stage: stage.on(stage.issued_to_a_venue(), ("sign", "liaison")),
        lambda stage: stage.on(stage.to_an_office(), ("sign", "coordinator")),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED),
        lambda stage: stage.overdue(stage.on(stage.issued(), *SIGNED_FOR)),
        lambda stage: stage.escalated(stage.on(stage.issued(), *SIGNED_FOR)),
        lambda stage: stage.on(stage.assisting(), *HELPING),
        lambda stage: stage.overdue(stage.on(stage.assisting(), *HELPING)),
    ),
    "RETURN_ASKED": (
        lambda stage: stage.on(stage.issued(), ("ask_return", "officer")),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED, ("ask_return", "officer")),
        lambda stage: stage.overdue(stage.on(stage.assisting(), *HELPING, ("ask_return", "other_officer"))),
    ),
    "DISPATCHED": (lambda stage: stage.dispatched(("ask_contact", "coordinator")),),
    "DRAFTED": (
        lambda stage: stage.on(stage.issued(), *DRAFTED),
        lambda stage: stage.on(stage.issued_to_a_venue(), *VENUE_DRAFTED),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED, ("draft", "officer")),
    ),
    "SIGNED": (
        lambda stage: stage.on(stage.issued(), *SIGNED),
        lambda stage: stage.on(stage.issued_to_a_venue(), *VENUE_DRAFTED, ("sign_off", "convener")),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED, *DRAFTED[1:], ("sign_off", "unitlead")),
    ),
    "RELEASED": (
        lambda stage: stage.on(stage.issued(), *SIGNED, ("release", "reviewer")),
        Stage.promised,
        lambda stage: stage.overdue(stage.promised()),
    ),
    "GIVEN": (lambda stage: stage.on(stage.assisting(), *HELPING, ("give_opinion", "other_officer")),),
    "MISSED": (Stage.missed,),
    "RETURNED": (
        lambda stage: stage.on(stage.issued(), ("ask_return", "officer"), ("approve_return", "clerk")),
    ),
    "RECALLED": (lambda stage: stage.on(stage.issued(), ("recall", "clerk")),),
}  # fmt: skip
