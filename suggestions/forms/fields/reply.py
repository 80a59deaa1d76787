"""Fields of the reply and what follows it: class, answers by point, promises, ratings."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.forms import ClearTextField
from suggestions.enums import PromiseStatus, Publicity, RatingLevel
from suggestions.guards import latest_draft
from suggestions.inputs import LIMITS, MAX_PROMISES, PROMISE_LENGTH
from suggestions.models import ReplyClass

from .base import Context, Fields, date_field, points_of, text

# All that one reply may make; the page folds away the rows nobody needs.
PROMISE_ROWS = MAX_PROMISES


def rating(context: Context) -> Fields:
    left_out = RatingLevel.DISSATISFIED if context.move.action == "rate_ok" else None
    choices = [option for option in RatingLevel.choices if option[0] != left_out]
    return {"": forms.ChoiceField(label=_("Result"), choices=choices, widget=forms.RadioSelect)}


def answer_class(context: Context) -> Fields:
    """Only a unit's reply has a class; whoever reviews may correct it."""
    if context.row.unit_id is None:
        return {}
    action = context.move.action
    classes: list[tuple[str, Any]] = [
        (row.code, _class_in_words(row)) for row in ReplyClass.objects.filter(is_active=True)
    ]
    initial: str | None = None
    words: Any = ""
    if action == "release":
        draft = latest_draft(context.row)
        initial = draft.answer_class if draft else None
        words = _("Correct it where the letter says something else.")
    if action == "settle_promise":
        classes = [("", _("None")), *classes]
        initial, words = "", _("Where this changes the class of the reply, for example from B to A")
    return {
        "": forms.ChoiceField(
            label=_("Class of the reply"), choices=classes, widget=forms.RadioSelect,
            required=action == "draft", initial=initial, help_text=words,
        )
    }  # fmt: skip


def _class_in_words(row: ReplyClass) -> str:
    """What the office calls it, what the resident reads, and whether it needs a promise."""
    words = _("%(class)s (the resident reads: %(plain)s)") % {"class": row, "plain": row.plain}
    return f"{words} · {_('needs a dated promise')}" if row.needs_promise else words


def publicity(context: Context) -> Fields:
    words = {
        Publicity.OPEN: _("Open: it may be published without personal data"),
        Publicity.ON_REQUEST: _("On request: shown to whoever asks for it"),
        Publicity.CLOSED: _("Not open"),
    }
    return {
        "": forms.ChoiceField(
            label=_("May the reply be made public?"), choices=list(words.items()), widget=forms.RadioSelect,
            help_text=_("Unless it is open, say why below."),
        )
    }  # fmt: skip


def answers(context: Context) -> Fields:
    draft = latest_draft(context.row)
    kept = draft.answers if draft else []
    return {
        f"answer_{point.number}": ClearTextField(
            label=_("%(number)d. %(point)s") % {"number": point.number, "point": point.text},
            max_length=LIMITS["text"], widget=forms.Textarea(attrs={"rows": 4}),
            initial=kept[point.number - 1] if point.number <= len(kept) else "",
        )
        for point in points_of(context.case)
    }  # fmt: skip


def promises(context: Context) -> Fields:
    """Rows of a sentence and a day; a venue promises in words, only a unit's reply has a class that asks."""
    if context.row.unit_id is None:
        return {}
    draft = latest_draft(context.row)
    kept = draft.promised if draft else []
    fields: Fields = {}
    for place in range(1, PROMISE_ROWS + 1):
        known = kept[place - 1] if place <= len(kept) else {}
        fields[f"promise_{place}"] = ClearTextField(
            label=_("Promise %(number)d: what will be done") % {"number": place}, required=False,
            max_length=PROMISE_LENGTH, single_line=True, initial=known.get("text", ""),
        )  # fmt: skip
        fields[f"promise_{place}_day"] = date_field(
            _("by which day"), required=False, initial=known.get("due")
        )
    return fields


def promises_of(data: dict[str, Any]) -> list[tuple[str, Any]]:
    """(what, by which day) of the rows that were filled in; a day without words is one too."""
    places = range(1, 1 + sum(name.endswith("_day") for name in data if name.startswith("promise_")))
    rows = [(data.get(f"promise_{place}") or "", data.get(f"promise_{place}_day")) for place in places]
    return [(words, day) for words, day in rows if words or day]


def incomplete_promises(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(field, what is wrong) of the rows that lack one half, or whose day is over."""
    for place in range(1, PROMISE_ROWS + 1):
        name = f"promise_{place}"
        # A field that is not there has an error of its own already.
        if name in data and f"{name}_day" in data:
            words, day = data[name], data[f"{name}_day"]
            if words and day is None:
                yield f"{name}_day", _("Say by which day.")
            elif day and not words:
                yield name, _("Say what will be done by this day.")
            elif day and day < clock.today():
                yield f"{name}_day", _("The date must not be in the past.")


def open_promises(context: Context) -> Any:
    return context.row.promises.filter(status=PromiseStatus.OPEN)


def later_day(help_text: Any = "") -> Callable[[Context], Fields]:
    label = _("New date, if it takes longer")
    return lambda _context: {"": date_field(label, required=False, help_text=help_text)}


def became_of_it(context: Context) -> Fields:
    field = text(context, "reply")
    field.help_text = _("Left empty, the resident reads the unit's report of a promise that was kept.")
    return {"": field}
