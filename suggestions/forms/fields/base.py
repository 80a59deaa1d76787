"""What every field of the tables' forms stands on: its context, its label, the plain kinds of fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.forms import ClearTextField
from stations.models import Venue
from suggestions.actors import Actor
from suggestions.inputs import LIMITS
from suggestions.models import Assignment, HandlingUnit, Suggestion
from suggestions.workflow import Move

Fields = dict[str, forms.Field]


PLEASE = _("Please choose")


@dataclass(frozen=True, slots=True)
class Context:
    """What a field may look at to be built: the row of the table, its target, and who acts."""

    move: Move
    target: Suggestion | Assignment
    actor: Actor
    required: bool

    @property
    def case(self) -> Suggestion:
        return self.target.suggestion if isinstance(self.target, Assignment) else self.target

    @property
    def row(self) -> Assignment:
        assert isinstance(self.target, Assignment), "an input of the assignment table"
        return self.target


class PhotosInput(forms.FileInput):
    """One file input that takes several photos."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if isinstance(files, MultiValueDict) else []


class PhotosField(forms.FileField):
    """A list of uploads, possibly empty."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [upload for upload in data or [] if upload]


LABELS = {
    "text": _("Text"),
    "question": _("What do you want to ask?"),
    "reason": _("Reason"),
    "note": _("Note"),
    "reply": _("Reply to the resident"),
    "visit": _("Record of the visit"),
    "instructions": _("Instructions"),
    "where_to_go": _("Where to go instead"),
    "leader": _("Leader who supervises"),
    "who": _("Who told you"),
    "title": _("Public title"),
    "summary": _("Public summary"),
    "publicity_reason": _("Reason for the publicity"),
    "persons": _("Who was there"),
    "answer": _("The resident's answer"),
    "report": _("What has been done"),
}


# The same name asks for different things in different rows.
LABELS_OF = {
    ("decline", "text"): _("Explanation to the resident"),
    ("propose_decline", "text"): _("Explanation to the resident"),
    ("transfer", "text"): _("Explanation to the resident"),
    ("supplement", "text"): _("Your answer"),
    ("add_note", "text"): _("Your note"),
    ("comment", "text"): _("Comment"),
    ("draft", "text"): _("Reply to the resident"),
    ("give_opinion", "text"): _("Opinion for the lead unit; the resident can read it"),
    ("urge", "text"): _("What must be done"),
    ("log_contact", "summary"): _("What was said"),
    ("alarm", "note"): _("What the duty officer must know"),
    ("withdraw", "reason"): _("Reason, if you like"),
    ("rate_ok", "reason"): _("A sentence, if you like"),
    ("rate_kept_promise", "reason"): _("A sentence, if you like"),
    ("rate_bad", "reason"): _("What is not right yet?"),
    ("rate_bad_direct", "reason"): _("What is not right yet?"),
    ("rate_bad_again", "reason"): _("What is not right yet?"),
}


ONE_LINE = frozenset({"title", "leader", "who", "publicity_reason", "persons"})


# Filled in from the chosen ground where left empty.
FROM_GROUND = ("text", "where_to_go")


GROUNDED = ("decline", "propose_decline", "transfer")


def text(context: Context, name: str) -> forms.Field:
    label = LABELS_OF.get((context.move.action, name)) or LABELS[name]
    if (context.move.action, name) == ("draft", "text") and points_of(context.case):
        label = _("Opening words")
    required = context.required and not (context.move.action in GROUNDED and name in FROM_GROUND)
    single = name in ONE_LINE
    widget = None if single else forms.Textarea(attrs={"rows": 3 if LIMITS[name] <= 1000 else 8})
    return ClearTextField(
        label=label, required=required, max_length=LIMITS[name], single_line=single,
        **({"widget": widget} if widget else {}),
    )  # fmt: skip


def choice(
    label: Any, choices: type, *, radio: bool = False, leave_out: Sequence[str] = ()
) -> Callable[[Context], Fields]:
    def build(context: Context) -> Fields:
        options = [option for option in choices.choices if option[0] not in leave_out]  # type: ignore[attr-defined]
        widget = forms.RadioSelect if radio else forms.Select
        if not radio:
            options = [("", PLEASE), *options]
        return {"": forms.ChoiceField(label=label, choices=options, required=context.required, widget=widget)}

    return build


def row_field(
    label: Any, rows: Callable[[Context], Any], *, only: bool = False
) -> Callable[[Context], Fields]:
    """`only`: where there is one row to choose, it is chosen already."""

    def build(context: Context) -> Fields:
        found = rows(context)
        first = list(found[:2]) if only else []
        return {
            "": forms.ModelChoiceField(
                found, label=label, required=context.required, empty_label=PLEASE,
                initial=first[0].pk if len(first) == 1 else None,
            )
        }  # fmt: skip

    return build


def date_field(
    label: Any, *, initial: Any = None, required: bool = True, help_text: Any = "", last: date | None = None
) -> forms.Field:
    """`last` only keeps the calendar of the browser from offering more; the door decides."""
    attrs = {"type": "date", **({"max": last.isoformat()} if last else {})}
    # The format is HTML's own, whatever the language of the page.
    widget = forms.DateInput(attrs=attrs, format="%Y-%m-%d")
    return forms.DateField(
        label=label, initial=initial, required=required, widget=widget, help_text=help_text
    )


def day_field(label: Any) -> Callable[[Context], Fields]:
    return lambda context: {"": date_field(label, initial=clock.today(), required=context.required)}


def photos(context: Context) -> Fields:
    field = PhotosField(
        label=_("Photos"), required=False, widget=PhotosInput(attrs={"accept": "image/*", "multiple": True})
    )
    return {"": field}


def in_use(model: Any) -> Callable[[Context], Any]:
    return lambda _context: model.objects.filter(is_active=True)


def units(context: Context) -> Any:
    return HandlingUnit.objects.filter(is_active=True, coordination_only=False)


def venues(context: Context) -> Any:
    return Venue.objects.open()


def points_of(case: Suggestion) -> list[Any]:
    return list(case.points.all())
