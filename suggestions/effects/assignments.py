"""Effects of the assignment table."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.sequences import next_value
from congress_portal.common.templatetags.portal import zh_date
from suggestions import workflow
from suggestions.enums import Publicity
from suggestions.guards import REPLIERS, latest_draft
from suggestions.models import Assignment, AssistingOpinion, Point, Reply, ReplyClass
from suggestions.steps import Step

from .promises import make_promises
from .shared import class_label, issue_rows, mark_draft, row_of, settle


def sign(step: Step) -> None:
    step.changes |= {"signed_for_at": step.now, "signed_for_by": step.actor.user}


def ask_return(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.data = {"proposed_unit": step.inputs["proposed_unit"].name}
    step.changes |= {"return_reason": step.note, "proposed_unit": step.inputs["proposed_unit"]}
    if row_of(step).signed_for_at is None:
        # Whoever hands a case back has received it, and a refused return puts it in hand.
        sign(step)


def cancel_return(step: Step) -> None:
    step.note = step.inputs["reason"]


refuse_return = cancel_return


def approve_return(step: Step) -> None:
    step.note = step.inputs["note"]
    step.changes["ended_at"] = step.now
    settle(step)


def draft(step: Step) -> None:
    row, answer_class = row_of(step), step.inputs["answer_class"] or ""
    if row.unit_id and not answer_class:
        raise ValidationError({"answer_class": _("A unit's reply has a class.")})
    if row.venue_id and answer_class:
        raise ValidationError({"answer_class": _("A venue's reply has no class.")})
    promised = [{"text": text, "due": day.isoformat()} for text, day in step.inputs["promises"] or []]
    _demand_promises(answer_class, promised)
    opening, answers = step.inputs["text"], step.inputs["answers"] or []
    points = list(step.suggestion.points.all())
    missing = [str(point.number) for point in points if not "".join(answers[point.number - 1 : point.number])]
    if missing:
        raise ValidationError(
            {
                "answers": _("Every point is answered; still open: %(points)s.")
                % {"points": "、".join(missing)}
            }
        )
    Reply.objects.create(
        suggestion=step.suggestion, assignment=row, round=row.round, answer_class=answer_class,
        text=letter(opening, points, answers), opening=opening if points else "",
        answers=answers[: len(points)], promised=promised,
        drafted_by=step.actor.person, drafted_at=step.now,
    )  # fmt: skip


def letter(opening: str, points: list[Point], answers: list[str]) -> str:
    """The words of the reply as the resident reads them: each point with its answer below."""
    parts = [
        f"{chinese_numeral(point.number)}、{point.text}\n{answer}"
        for point, answer in zip(points, answers, strict=False)
    ]
    return "\n\n".join([opening, *parts])


def _demand_promises(answer_class: str, promised: list[dict[str, str]]) -> None:
    if not answer_class:
        return
    known = ReplyClass.objects.filter(code=answer_class, is_active=True).first()
    if known is None:
        raise ValidationError({"answer_class": _("This class is not in use.")})
    if known.needs_promise and not promised:
        raise ValidationError({"promises": _("A reply of this class says what is done by which day.")})


def sign_off(step: Step) -> None:
    step.note = step.inputs["note"]
    mark_draft(step, signed_by=step.actor.person, signed_at=step.now)


def send_back(step: Step) -> None:
    step.note = step.inputs["reason"]


def release(step: Step) -> None:
    if step.inputs["publicity"] != Publicity.OPEN and not step.inputs["publicity_reason"]:
        raise ValidationError({"publicity_reason": _("Say why the reply is not open.")})
    reply = latest_draft(row_of(step))
    assert reply is not None, "a signed row has a draft"
    code = step.inputs["answer_class"] or reply.answer_class
    if code != reply.answer_class:
        # Whoever reviews may correct the class, but not add what was not promised.
        _demand_promises(code, reply.promised)
        step.data = {"from": reply.answer_class, "class": code}
    mark_draft(
        step, released_by=step.actor.person, released_at=step.now, publicity=step.inputs["publicity"],
        publicity_reason=step.inputs["publicity_reason"], answer_class=code, class_label=class_label(code),
        document_number=_document_number(row_of(step)),
    )  # fmt: skip
    make_promises(step, reply)
    step.changes["ended_at"] = step.now
    settle(step)


def _document_number(row: Assignment) -> str:
    """沈河民建〔2026〕3号: no leading zeros, counted by unit and year; "" for who numbers no letters."""
    if row.unit is None or not row.unit.document_mark:
        return ""
    year = clock.today().year
    return f"{row.unit.document_mark}〔{year}〕{next_value(f'reply-{row.unit.code}-{year}')}号"


def dispatch(step: Step) -> None:
    row, due = row_of(step), step.inputs["due"]
    if due > row.unit_due:
        last = zh_date(row.unit_due)
        raise ValidationError({"due": _("Not later than %(date)s, your own date.") % {"date": last}})
    step.note = step.inputs["instructions"]
    step.data = {"due": due.isoformat()}
    issue_rows(step, step.inputs["assignments"], due=due, round=row.round, parent=row)


def child_done(step: Step) -> None:
    step.changes["ended_at"] = step.now
    settle(step)


def child_gone(step: Step) -> None:
    """Assisting units had nobody left to help."""
    _recall_children(step, _("The lead row is gone"))


def give_opinion(step: Step) -> None:
    step.changes["ended_at"] = step.now
    AssistingOpinion.objects.create(
        assignment=row_of(step), text=step.inputs["text"], given_by=step.actor.person, given_at=step.now
    )


def mark_missed(step: Step) -> None:
    step.changes["ended_at"] = step.now


def recall(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["ended_at"] = step.now
    _recall_children(step, step.note)
    settle(step)


def _recall_children(step: Step, reason: str) -> None:
    for child in row_of(step).children.filter(state__in=workflow.LIVE).order_by("pk"):
        step.follow("recall", child, reason=reason)


def hand_over(step: Step) -> None:
    """The row goes on at the new venue as it stands, its date kept; nobody has a case twice in a round."""
    row, venue = row_of(step), step.inputs["venue"]
    step.note = step.inputs["reason"]
    step.data = {"from": str(row.assignee), "to": venue.name}
    step.changes["venue"] = venue
    there = step.suggestion.assignments.filter(venue=venue, round=row.round, state__in=workflow.LIVE)
    # Whoever replies is kept before whoever only assists, then whoever is further on.
    order = sorted([row, *there.exclude(pk=row.pk)], key=_standing)
    for other in order[:-1]:
        step.follow("recall", row if other.pk == row.pk else other, reason=step.note)


def _standing(row: Assignment) -> tuple[bool, int, int]:
    return row.kind in REPLIERS, workflow.LIVE.index(row.state), -row.pk
