"""What stands around the form of an action: the letter it decides on or is writing, opinions, templates.

Two buttons of such a form send nothing: `show` sets out what has been typed, `take` adds a template to it.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from suggestions import joined, levels, phrases, rowfile
from suggestions.effects.assignments import letter as set_out
from suggestions.enums import State
from suggestions.letters import frame
from suggestions.models import Assignment, Reply, ReplyClass, Suggestion
from suggestions.workflow import Move

from .actions import ActionForm
from .fields.reply import PROMISE_ROWS, promises_of

SHOW, TAKE = "show", "take"
# Forms that are laid out by hand; all others are their fields one below the other.
LAYOUTS = {
    "assign": "handling/fields/assign.html",
    "dispatch": "handling/fields/assign.html",
    "draft": "handling/fields/draft.html",
    "merge": "handling/fields/merge.html",
}
SHOWS = {"draft": gettext_lazy("Show the letter"), "merge": gettext_lazy("Show both")}
PLAIN = "components/form_fields.html"
# Whoever decides on a letter has it before the eyes.
DECIDES = frozenset({"sign_off", "send_back", "undo_draft", "release"})
# A second person decides on what a first has written for the resident.
SECOND_PERSON = frozenset({"confirm_decline", "refuse_decline"})
# Whoever judges a dispute has the resident's own words before the eyes.
JUDGES = frozenset({"conclude", "order_redo"})
ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply as the resident will read it, and below it what only staff reads."""

    title: str
    salutation: str
    text: str
    signer: str
    date: datetime.date | None
    result: str
    promised: list[tuple[str, datetime.date]] = field(default_factory=list)
    foot: str = ""


def context(
    form: ActionForm, *, move: Move, target: Suggestion | Assignment, show: Callable[[str], str]
) -> dict[str, Any]:
    """For the templates of both the desk and the office."""
    action = move.action
    found: dict[str, Any] = {
        "fields_template": LAYOUTS.get(action, PLAIN),
        "show_label": SHOWS.get(action, ""),
    }
    if isinstance(target, Assignment):
        found |= _of_row(target, action, show)
    elif action in JUDGES:
        found["redo_reason"] = show(levels.dispute_reason(target))
    elif action in SECOND_PERSON:
        found["proposal"] = _proposal(target, show)
    if action == "draft":
        found |= _promise_rows(form) | {"answers": _answers(form)}
        found["preview"] = _typed(form, target) if form.is_bound and SHOW in form.data else None
    if action == "merge":
        found["lead"] = _lead(form, show)
    return found


def asks_only_to_see(data: QueryDict) -> bool:
    """Whether the form was sent by one of the buttons that do nothing."""
    return SHOW in data or TAKE in data


def look(form: ActionForm, action: str) -> None:
    """Make a form that was sent by such a button one that is not sent yet: nothing in it is missing."""
    name = phrases.field_of(action)
    if TAKE in form.data and name:
        words = phrases.chosen(action, form.context.case, form.data[TAKE])
        typed = form.data.copy()  # type: ignore[attr-defined]
        typed[name] = "\n".join(filter(None, [typed.get(name, ""), words]))
        form.data = typed
    form.full_clean()
    for name, errors in list(form.errors.items()):
        if all(error.code == "required" for error in errors.as_data()):
            del form.errors[name]


def _of_row(row: Assignment, action: str, show: Callable[[str], str]) -> dict[str, Any]:
    rows = rowfile.rows_of(row.suggestion)
    same = next(each for each in rows if each.pk == row.pk)
    found: dict[str, Any] = {}
    if action in DECIDES | {"draft"}:
        # Whoever writes has them beside the text, whoever decides below the letter.
        found["beside" if action == "draft" else "opinions"] = rowfile.opinions(rows, same, show)
        found["redo_reason"] = show(levels.redo_reason(row.suggestion))
    draft = next(iter(same.replies.all()), None)
    if action in DECIDES and draft and draft.released_at is None:
        found["letter"] = _drafted(draft, same)
        found["told"] = joined.people(row.suggestion)
    if action in rowfile.ANSWERING or action == "escalate":
        found["asks"] = [{"ask": ask} for ask in rowfile.asks(rows, show) if ask.row.pk == row.pk]
    if action in ("report_promise", "settle_promise"):
        found["promises"] = [
            each for each in rowfile.promises(row.suggestion, show) if each["who"] == str(row.assignee)
        ]
    return found


def _proposal(case: Suggestion, show: Callable[[str], str]) -> dict[str, Any] | None:
    """The refusal as it was proposed: ground, words for the resident, who and when; None if none waits."""
    event = case.events.filter(action="propose_decline").select_related("actor").last()
    if event is None or case.state != State.DECLINE_REVIEW:
        return None
    return {
        "ground": case.decline_reason,
        "text": show(event.note),
        "where_to_go": event.data.get("where_to_go", ""),
        "who": event.actor,
        "when": event.happened_at,
    }


def _drafted(reply: Reply, row: Assignment) -> Letter:
    hands = ((_("Drafted by"), reply.drafted_by), (_("signed off by"), reply.signed_by))
    known = _class(reply.answer_class)
    foot = [str(known or ""), *(f"{word} {person}" for word, person in hands if person)]
    promised = [(each["text"], datetime.date.fromisoformat(each["due"])) for each in reply.promised]
    letter = _letter(row, reply.text, known, promised)
    return replace(
        letter,
        date=letter.date and local_date(reply.drafted_at),
        foot=" · ".join(filter(None, foot)),
    )


def _class(code: str) -> ReplyClass | None:
    return ReplyClass.objects.filter(code=code).first() if code else None


def _letter(
    row: Assignment, text: str, known: ReplyClass | None, promised: list[tuple[str, datetime.date]]
) -> Letter:
    signer = str(row.assignee)
    salutation, signed = frame(text, signer)
    return Letter(
        title=_('Reply to "%(title)s"') % {"title": row.suggestion.title},
        salutation=salutation,
        text=text,
        signer="" if signed else signer,
        date=None if signed else clock.today(),
        result=known.plain if known else "",
        promised=promised,
    )


def _typed(form: ActionForm, target: Suggestion | Assignment) -> Letter | None:
    """The letter out of what has been typed so far; an answer that is missing says so."""
    assert isinstance(target, Assignment), "only rows are drafted on"
    data = form.cleaned_data
    points = list(target.suggestion.points.all())
    answers = [data.get(f"answer_{point.number}") or _("(not answered yet)") for point in points]
    promised = [(words, day) for words, day in promises_of(data) if words and day]
    text = set_out(data.get("text", ""), points, answers)
    return _letter(target, text, _class(data.get("answer_class", "")), promised)


def _answers(form: ActionForm) -> list[BoundField]:
    """One field for each point."""
    return [form[name] for name in form.fields if name.startswith("answer_") and name[7:].isdigit()]


def _promise_rows(form: ActionForm) -> dict[str, Any]:
    """Rows of two fields: those that are filled in, and some more; the rest is folded away."""
    if "promise_1" not in form.fields:
        return {}
    rows = [(form[f"promise_{place}"], form[f"promise_{place}_day"]) for place in range(1, PROMISE_ROWS + 1)]
    filled = [place for place, row in enumerate(rows, 1) if any(part.value() or part.errors for part in row)]
    shown = max(ROWS_SHOWN, min(max(filled, default=0) + 1, PROMISE_ROWS))
    return {"promise_rows": rows[:shown], "more_rows": rows[shown:]}


def _lead(form: ActionForm, show: Callable[[str], str]) -> dict[str, Any] | None:
    """The case that would answer for both, once its number is known."""
    number = str(form["lead"].value() or "").strip()
    lead = form.readable().filter(number=number).first() if number else None
    if lead is None:
        return None
    return {
        "case": lead,
        "text": show(lead.text),
        "state_label": lead.get_state_display(),
        "takes": lead.state in (State.ACCEPTED, State.HANDLING),
        "people": joined.people(lead),
    }
