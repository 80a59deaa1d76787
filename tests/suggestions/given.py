"""Inputs that are right for every action of the tables on one scene."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from congress_portal.common import clock
from suggestions import clocks
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Assignment, ContactLog, Promise, SupervisingBody

from .scenes import Scene

if TYPE_CHECKING:
    from .stage import Stage

Given = dict[str, dict[str, Any]]


def inputs(stage: "Stage", scene: Scene) -> Given:
    with scene.moment():
        due = stage.journey.due()
    return _intake(stage, due) | _keeping(stage, scene, due) | _row(stage, scene, due)


def _intake(stage: "Stage", due: date) -> Given:
    c, classify = stage.cast, {"category": stage.cast.other_category, "level": "L3"}
    return {
        "ask_more": {"question": "是哪一号楼?"},
        "supplement": {"text": "三号楼北侧。"},
        "accept": classify,
        "decline": {"code": c.decline_reason, "text": "已进入诉讼。", "where_to_go": "请拨打 12368。"},
        "propose_decline": {"code": c.insult, "text": "没有具体诉求。", "where_to_go": "可以重新提交。"},
        "refuse_decline": {"note": "有具体诉求"},
        "answer_inquiry": {"category": c.category, "reply": "可以在社区申请。", "code": stage.inquiry},
        "alarm": {"note": "有人被困"},
        "add_assisting": {"unit": c.third_unit},
        "transfer": {"body": c.body, "text": "请向该部门反映。"},
        "merge": {"lead": stage.lead},
        "unmerge": {"note": "情况不同", **classify},
        "answer_direct": {"reply": "已经解决。"},
        "assign": {"assignments": [Target(unit=c.unit)], "due": due},
        "take_back": {"reason": "派错了单位"},
        "restore": {"note": "误判"},
        "reclassify": {"reason": "分类有误", **classify},
    }  # fmt: skip


def _keeping(stage: "Stage", scene: Scene, due: date) -> Given:
    c = stage.cast
    behalf = {"how": "PHONE", "who": "李测试本人", "when": clock.today()}
    bad = {"reason": "没有解决", "process": "BASIC", **behalf}
    running = next(iter(clocks.running(scene.case).values()), None)
    log = ContactLog.objects.filter(assignment__suggestion=scene.case).first() or stage.log_elsewhere
    return {
        "recalculate": {
            "kind": running.kind if running else "REPLY", "reason": "放假安排公布",
            "due": due + timedelta(days=40),
        },
        "remind": {"tone": "REMIND", "whom": c.unit.name},
        "supervise": {
            "leader": "王副主任", "body": SupervisingBody.objects.first(), "reason": "多人反映"
        },
        "end_supervision": {"reason": "已经解决"},
        "confirm_contact": {"contact_log": log, "confirmed": True},
        "record_told": {"how": "PHONE"},
        "rate_ok": {"level": "BASIC", "process": "SATISFIED", **behalf},
        "rate_kept_promise": {"level": "SATISFIED", "process": "SATISFIED", **behalf},
        "rate_bad": bad, "rate_bad_direct": bad, "rate_bad_again": bad,
        "conclude": {"visit": "上门说明了规划安排。", "outcome": "EXPLAINED"},
        "order_redo": {"leader": "王副主任", "unit": c.other_unit, "due": due},
        "reopen": {"note": "又出现了"},
        "comment": {"text": "看过现场。"},
        "add_note": {"text": "昨晚又被占了。"},
        "correct_contact": {"contact": {"name": "李测试", "phone": "13900000002"}},
        "set_consent": {"may_publish": False, "may_share": True},
        "renew_code": {"how": "DESK"},
        "move_venue": {"venue": c.other_station, "reason": "不在本社区"},
        "redate": {"due": due + timedelta(days=3), "reason": "施工期延长"},
        "flag": {"flags": ["is_key"], "reason": "多人反映"},
        "correct_reply": {"reply": "更正：共增设三十二个。", "reason": "数字有误"},
        "prepare_publication": {"title": "停车", "summary": "增设车位。"},
        "unpublish": {"reason": "需要修改"},
    }  # fmt: skip


def _row(stage: "Stage", scene: Scene, due: date) -> Given:
    c, row = stage.cast, scene.target if isinstance(scene.target, Assignment) else None
    promise = _promise(row) or stage.promise_elsewhere
    klass = {"answer_class": "A"} if row is not None and row.unit_id else {}
    return {
        "escalate": {"reason": "不属于本单位", "proposed_unit": c.other_unit},
        "settle_escalation": {"note": "由你单位办理"},
        "ask_extension": {"due": due + timedelta(days=7), "reason": "施工期长"},
        "grant_extension": {"due": _more_time(row, due)},
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
        "ask_return": {"reason": "不属于本单位职责", "proposed_unit": c.other_unit},
        "cancel_return": {"reason": "由我们办理"},
        "refuse_return": {"reason": "属于你单位职责"},
        "draft": {"text": "您好，已增设车位三十个。", **klass},
        "send_back": {"reason": "请写明期限"},
        "release": {"publicity": "OPEN"},
        "recall": {"reason": "改派"},
        "recount": {"dates": {"unit_due": due + timedelta(days=60)}, "reason": "放假安排公布"},
        "hand_over": {"venue": c.other_station, "reason": "本站并入"},
    }  # fmt: skip


def _promise(row: Assignment | None) -> Promise | None:
    return row.promises.filter(status="OPEN").first() if row else None


def _more_time(row: Assignment | None, due: date) -> date:
    """Later than the row has; a coordinator office has no more to give than its own date."""
    if row is None:
        return due
    return max(due, row.parent.unit_due) if row.parent else max(due, row.unit_due + timedelta(days=5))
