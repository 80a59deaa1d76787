"""What a reply promised comes back on its day, is reported on, and is settled; the resident reads how."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common.templatetags.portal import zh_date
from suggestions.enums import PromiseStatus, State
from suggestions.models import Promise, Reply
from suggestions.steps import Step

from .shared import attach_photos, class_label, row_of


def make_promises(step: Step, reply: Reply) -> None:
    """Rows of what the released reply promises; they take the place of what the same unit promised before."""
    row = row_of(step)
    earlier = Promise.objects.filter(
        suggestion=step.suggestion, assignment__unit=row.unit_id, status=PromiseStatus.OPEN
    )
    if reply.promised:
        earlier.update(
            status=PromiseStatus.MOVED, settled_at=step.now, settled_by=step.actor.person,
            note=_("Promised anew in the reply of round %(round)d") % {"round": row.round},
        )  # fmt: skip
    for promised in reply.promised:
        Promise.objects.create(
            suggestion=step.suggestion, assignment=row, reply=reply, text=promised["text"],
            due_on=date.fromisoformat(promised["due"]), status=PromiseStatus.OPEN,
        )  # fmt: skip


def promise_due(step: Step) -> None:
    promise = _own(step)
    step.data = _told(promise)
    promise.came_back_at = step.now
    promise.save(update_fields=["came_back_at"])


def report_promise(step: Step) -> None:
    promise = _own(step)
    step.note, step.data = step.inputs["report"], _told(promise)
    attach_photos(step.suggestion, step.inputs["photos"] or (), step)
    promise.report, promise.reported_by, promise.reported_at = step.note, step.actor.person, step.now
    promise.wanted_due = step.inputs["due"]
    promise.save()


def settle_promise(step: Step) -> None:
    """Kept, broken or moved to a later day; whichever it is, the resident is told in words."""
    promise, verdict, due = _own(step), step.inputs["verdict"], step.inputs["due"]
    reply = step.inputs["reply"] or (promise.report if verdict == PromiseStatus.KEPT else "")
    _demand(promise, verdict, due, reply)
    step.note = step.inputs["note"]
    step.data = _told(promise) | {"verdict": verdict, **({"due": due.isoformat()} if due else {})}
    promise.status, promise.note = verdict, step.note
    promise.settled_by, promise.settled_at = step.actor.person, step.now
    if verdict == PromiseStatus.MOVED:
        promise.moved_to = Promise.objects.create(
            suggestion=promise.suggestion, assignment=promise.assignment, reply=promise.reply,
            text=promise.text, due_on=due, status=PromiseStatus.OPEN,
        )  # fmt: skip
    promise.save()
    case = step.suggestion
    given = {"promise": promise, "reply": reply, "answer_class": step.inputs["answer_class"]}
    # Whoever was answered by this reply reads what came of it; who still waits will be.
    answered = case.merged.exclude(state__in=(State.MERGED, State.WITHDRAWN)).order_by("pk")
    for told in (case, *answered.filter(replies__assignment=promise.assignment).distinct()):
        step.follow("follow_up", told, **given)


def follow_up(step: Step) -> None:
    """A reply of its own, beside the one that made the promise."""
    promise, case = step.inputs["promise"], step.suggestion
    own = promise.suggestion_id == case.pk
    code = step.inputs["answer_class"] or ""
    reply = Reply.objects.create(
        suggestion=case, assignment=promise.assignment, round=promise.reply.round if own else case.round,
        text=step.inputs["reply"], answer_class=code, class_label=class_label(code),
        publicity=promise.reply.publicity, drafted_by=promise.reported_by or step.actor.person,
        drafted_at=step.now, released_by=step.actor.person, released_at=step.now,
    )  # fmt: skip
    step.data = _told(promise) | {"verdict": promise.status}
    if own:
        promise.follow_up = reply
        promise.save(update_fields=["follow_up"])


def _own(step: Step) -> Promise:
    """The row as the lock on its case found it."""
    return Promise.objects.select_related("reply").get(pk=step.inputs["promise"].pk)


def _told(promise: Promise) -> dict[str, str]:
    return {"promise": promise.text, "day": promise.due_on.isoformat()}


def _demand(promise: Promise, verdict: str, due: date | None, reply: str) -> None:
    errors = {}
    if verdict == PromiseStatus.OPEN:
        errors["verdict"] = _("Please choose one of the options.")
    if verdict == PromiseStatus.KEPT and not promise.reported_at:
        errors["verdict"] = _("Nobody has reported on it yet.")
    if verdict == PromiseStatus.MOVED and (due is None or due <= promise.due_on):
        errors["due"] = _("Name a later day than %(date)s.") % {"date": zh_date(promise.due_on)}
    elif verdict != PromiseStatus.MOVED and due:
        errors["due"] = _("A new date goes with “moved” only.")
    if not reply:
        errors["reply"] = _("Say to the resident what became of it.")
    if errors:
        raise ValidationError(errors)
