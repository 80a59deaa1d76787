"""A case or an assignment in every state the tables name, and everybody who might try something on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from congress_portal.common import clock
from deputies.models import Deputy
from suggestions import workflow as w
from suggestions.actors import SYSTEM, Actor
from suggestions.errors import DoorError
from suggestions.inputs import Target
from suggestions.models import Assignment, Claim, Clock, Event, Publication, Rating, Reply, Suggestion
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
    models = (Suggestion, Assignment, Event, Clock, Reply, Rating, Claim, Publication)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


PEOPLE = (
    "resident", "stranger", "liaison", "other_liaison", "deputy", "other_deputy", "convener", "clerk",
    "clerk2", "reviewer", "head", "admin", "officer", "other_officer", "unitlead", "other_unitlead",
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
}  # fmt: skip
OF_UNIT = {"officer": frozenset({w.HANDLER, w.OFFICER}), "unitlead": frozenset({w.LEADER})}
OF_VENUE = {
    "liaison": frozenset({w.LIAISON, w.HANDLER}), "deputy": frozenset({w.DEPUTY, w.HANDLER}),
    "convener": frozenset({w.DEPUTY, w.HANDLER, w.LEADER}),
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
        return scene

    def handling(self) -> Scene:
        scene = self.accepted()
        self.journey.assigned(scene.case)
        scene.roles |= OF_UNIT
        return scene

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
        scene = Scene(registered(self.cast), {**scene.roles, "resident": NOBODY})
        self.followed(scene.case)
        act("accept", scene.target, self.cast.clerk, category=self.cast.category, level="L1")
        act("answer_direct", scene.target, self.cast.clerk, reply="已经解决。")
        return scene

    def replied_a_second_time(self) -> Scene:
        scene = self.replied_by_a_unit()
        act("rate_bad", scene.target, self.cast.resident, reason="车位没有增加")
        self.journey.release(scene.case)
        return scene

    def replied_long_ago(self) -> Scene:
        scene = self.replied_by_a_unit()
        scene.later = timedelta(days=60)
        return scene

    def disputed(self) -> Scene:
        scene = self.replied_a_second_time()
        act("rate_bad_again", scene.target, self.cast.resident, reason="还是没有解决")
        return scene

    def closed(self) -> Scene:
        scene = self.replied_by_a_unit()
        act("rate_ok", scene.target, self.cast.resident, level="SATISFIED")
        return scene

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

    def transferred(self) -> Scene:
        scene = self.accepted()
        act("transfer", scene.target, self.cast.clerk, **self.given(scene)["transfer"])
        return scene

    def merged(self) -> Scene:
        scene = self.submitted()
        act("merge", scene.target, self.cast.clerk, lead=self.journey.accepted())
        return scene

    def withdrawn(self) -> Scene:
        scene = self.accepted()
        act("withdraw", scene.target, self.cast.resident)
        return scene

    # Assignments ---------------------------------------------------------------------------------

    def issued(self) -> Scene:
        row = self.handling().case.assignments.get()
        return Scene(row, DISTRICT | OF_UNIT)

    def issued_to_a_venue(self) -> Scene:
        case = self.journey.assigned(self.accepted().case, Target(venue=self.cast.station))
        return Scene(case.assignments.get(), DISTRICT | OF_VENUE)

    def on(self, scene: Scene, *steps: tuple[str, str]) -> Scene:
        """The scene after `steps`, (action, who) each."""
        for action, who in steps:
            given = self.given(scene).get(action, {})
            act(action, scene.target, getattr(self.cast, who), **given)
        return scene

    # Inputs --------------------------------------------------------------------------------------

    def given(self, scene: Scene) -> dict[str, dict[str, Any]]:
        """Inputs that are right for every action on the scene's target."""
        c, due = self.cast, self.journey.due()
        behalf = {"how": "PHONE", "who": "李测试本人"}
        classify = {"category": c.other_category, "level": "L3"}
        bad = {"reason": "没有解决", **behalf}
        klass = {"answer_class": "A"} if getattr(scene.target, "unit_id", None) else {}
        return {
            "ask_more": {"question": "是哪一号楼?"},
            "supplement": {"text": "三号楼北侧。"},
            "accept": classify,
            "decline": {"code": c.decline_reason, "text": "已进入诉讼。", "where_to_go": "请拨打 12368。"},
            "transfer": {"body": c.body, "text": "请向该部门反映。"},
            "merge": {"lead": self.lead},
            "unmerge": {"note": "情况不同", **classify},
            "answer_direct": {"reply": "已经解决。"},
            "assign": {"assignments": [Target(unit=c.unit)], "due": due},
            "take_back": {"reason": "派错了单位"},
            "record_told": {"how": "PHONE"},
            "rate_ok": {"level": "BASIC", **behalf},
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

    @property
    def former(self) -> Deputy:
        """Somebody who was a deputy once."""
        return Deputy.objects.get_or_create(key="T0099", defaults={"name": "旧示例"})[0]

    @property
    def lead(self) -> Suggestion:
        """One case all others may be joined to."""
        if not hasattr(self, "_lead"):
            self._lead = self.journey.accepted()
        return self._lead


def registered(c: SimpleNamespace) -> Suggestion:
    """A walk-in's suggestion, written down by the liaison officer of the station."""
    from suggestions.submissions import submit
    from tests.conftest import submission

    return submit(submission(c, channel="VISIT", venue=c.station), actor=as_actor(c.liaison))


# State → the scenes that show it; between them every row of the table can be walked by every role in it.
SUGGESTIONS: dict[str, tuple[Callable[[Stage], Scene], ...]] = {
    "SUBMITTED": (Stage.submitted,),
    "SUPPLEMENTING": (Stage.supplementing, Stage.supplementing_for_too_long),
    "ACCEPTED": (Stage.accepted,),
    "HANDLING": (Stage.handling,),
    "REPLIED": (Stage.replied_by_a_unit, Stage.replied_directly, Stage.replied_and_not_told,
                Stage.replied_a_second_time, Stage.replied_long_ago),
    "DISPUTED": (Stage.disputed,),
    "CLOSED": (Stage.closed, Stage.closed_and_prepared, Stage.closed_and_published),
    "DECLINED": (Stage.declined,),
    "TRANSFERRED": (Stage.transferred,),
    "MERGED": (Stage.merged,),
    "WITHDRAWN": (Stage.withdrawn,),
}  # fmt: skip

SIGNED_FOR = (("sign", "officer"),)
DRAFTED = (*SIGNED_FOR, ("draft", "officer"))
SIGNED = (*DRAFTED, ("sign_off", "unitlead"))
VENUE_DRAFTED = (("sign", "liaison"), ("draft", "deputy"))
ASSIGNMENTS: dict[str, tuple[Callable[[Stage], Scene], ...]] = {
    "ISSUED": (Stage.issued, Stage.issued_to_a_venue),
    "IN_HAND": (
        lambda stage: stage.on(stage.issued(), *SIGNED_FOR),
        lambda stage: stage.on(stage.issued_to_a_venue(), ("sign", "liaison")),
    ),
    "RETURN_ASKED": (lambda stage: stage.on(stage.issued(), ("ask_return", "officer")),),
    "DRAFTED": (
        lambda stage: stage.on(stage.issued(), *DRAFTED),
        lambda stage: stage.on(stage.issued_to_a_venue(), *VENUE_DRAFTED),
    ),
    "SIGNED": (
        lambda stage: stage.on(stage.issued(), *SIGNED),
        lambda stage: stage.on(stage.issued_to_a_venue(), *VENUE_DRAFTED, ("sign_off", "convener")),
    ),
    "RELEASED": (lambda stage: stage.on(stage.issued(), *SIGNED, ("release", "reviewer")),),
    "RETURNED": (
        lambda stage: stage.on(stage.issued(), ("ask_return", "officer"), ("approve_return", "clerk")),
    ),
    "RECALLED": (lambda stage: stage.on(stage.issued(), ("recall", "clerk")),),
}  # fmt: skip
