"""The small form of one row of the tables: its fields are what the row needs and what it may be given.

Every page that offers a button uses these, so an action looks and answers the same everywhere.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.forms import ClearTextField, PhoneField
from stations.models import Venue
from suggestions import clocks, staging
from suggestions.actors import Actor
from suggestions.enums import AnswerClass, CaseLevel, Outcome, Publicity, RatingLevel, ToldBy
from suggestions.errors import DoorError, Stale
from suggestions.inputs import LIMITS, Target
from suggestions.models import (
    Assignment,
    Category,
    ClockRule,
    DeclineReason,
    HandlingUnit,
    Suggestion,
    TransferBody,
)
from suggestions.selectors import visible_to
from suggestions.services import perform
from suggestions.workflow import Move


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
}
# The same name asks for different things in different rows.
LABELS_OF = {
    ("decline", "text"): _("Explanation to the resident"),
    ("transfer", "text"): _("Explanation to the resident"),
    ("supplement", "text"): _("Your answer"),
    ("add_note", "text"): _("Your note"),
    ("comment", "text"): _("Comment"),
    ("draft", "text"): _("Reply to the resident"),
    ("withdraw", "reason"): _("Reason, if you like"),
    ("rate_ok", "reason"): _("A sentence, if you like"),
    ("rate_bad", "reason"): _("What is not right yet?"),
    ("rate_bad_direct", "reason"): _("What is not right yet?"),
    ("rate_bad_again", "reason"): _("What is not right yet?"),
}
ONE_LINE = frozenset({"title", "leader", "who", "publicity_reason"})
# Filled in from the chosen decline reason where left empty.
FROM_DECLINE_REASON = ("text", "where_to_go")


def _text(context: Context, name: str) -> forms.Field:
    label = LABELS_OF.get((context.move.action, name)) or LABELS[name]
    required = context.required and not (context.move.action == "decline" and name in FROM_DECLINE_REASON)
    single = name in ONE_LINE
    widget = None if single else forms.Textarea(attrs={"rows": 3 if LIMITS[name] <= 1000 else 8})
    return ClearTextField(
        label=label, required=required, max_length=LIMITS[name], single_line=single,
        **({"widget": widget} if widget else {}),
    )  # fmt: skip


def _choice(
    label: Any, choices: type, *, radio: bool = False, leave_out: Sequence[str] = ()
) -> Callable[[Context], dict[str, forms.Field]]:
    def build(context: Context) -> dict[str, forms.Field]:
        options = [option for option in choices.choices if option[0] not in leave_out]  # type: ignore[attr-defined]
        widget = forms.RadioSelect if radio else forms.Select
        if not radio:
            options = [("", _("Please choose")), *options]
        return {"": forms.ChoiceField(label=label, choices=options, required=context.required, widget=widget)}

    return build


def _row_of(label: Any, rows: Callable[[], Any]) -> Callable[[Context], dict[str, forms.Field]]:
    def build(context: Context) -> dict[str, forms.Field]:
        return {
            "": forms.ModelChoiceField(
                rows(), label=label, required=context.required, empty_label=_("Please choose")
            )
        }

    return build


def _units() -> Any:
    return HandlingUnit.objects.filter(is_active=True, coordination_only=False)


def _venues() -> Any:
    return Venue.objects.open()


def _level(context: Context) -> dict[str, forms.Field]:
    field = forms.ChoiceField(
        label=_("Level"), choices=[("", _("Please choose")), *CaseLevel.choices], initial=context.case.level
    )
    return {"": field}


def _category(context: Context) -> dict[str, forms.Field]:
    rows = Category.objects.filter(is_active=True)
    return {
        "": forms.ModelChoiceField(
            rows, label=_("Category"), initial=context.case.category_id, empty_label=_("Please choose")
        )
    }


def _rating(context: Context) -> dict[str, forms.Field]:
    choices = [option for option in RatingLevel.choices if option[0] != RatingLevel.DISSATISFIED]
    return {"": forms.ChoiceField(label=_("Rating"), choices=choices, widget=forms.RadioSelect)}


def _assignments(context: Context) -> dict[str, forms.Field]:
    return {
        "unit": forms.ModelChoiceField(
            _units(), label=_("Lead unit"), required=False, empty_label=_("Please choose")
        ),
        "venue": forms.ModelChoiceField(
            _venues(), label=_("or a venue"), required=False, empty_label=_("Please choose")
        ),
    }


def _due(context: Context) -> dict[str, forms.Field]:
    told = clocks.reply_due(context.case)
    initial = told if told and told >= clock.today() else clocks.limit(ClockRule.Key.REPLY, clock.today())
    # The format is HTML's own, whatever the language of the page.
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return {"": forms.DateField(label=_("Due"), initial=initial, widget=widget)}


def _lead(context: Context) -> dict[str, forms.Field]:
    help_text = _("Number of the case that answers for both")
    return {"": forms.CharField(label=_("Lead case"), max_length=20, help_text=help_text)}


def _contact(context: Context) -> dict[str, forms.Field]:
    return {
        "name": ClearTextField(label=_("Name or form of address"), max_length=20, single_line=True),
        "phone": PhoneField(label=_("Phone")),
    }


def _flags(context: Context) -> dict[str, forms.Field]:
    choices = [("is_urgent", _("urgent")), ("is_key", _("key case")), ("is_supervised", _("supervised"))]
    case = context.case
    return {
        "": forms.MultipleChoiceField(
            label=_("Marks"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            initial=[name for name, _label in choices if getattr(case, name)],
        )
    }  # fmt: skip


def _may_publish(context: Context) -> dict[str, forms.Field]:
    label = _("May be published without personal data")
    return {"": forms.BooleanField(label=label, required=False, initial=context.case.may_publish)}


def _may_share(context: Context) -> dict[str, forms.Field]:
    label = _("The handling unit may see name and phone")
    contact = getattr(context.case, "contact", None)
    initial = bool(contact and contact.may_share)
    return {"": forms.BooleanField(label=label, required=False, initial=initial)}


def _answer_class(context: Context) -> dict[str, forms.Field]:
    if not isinstance(context.target, Assignment) or context.target.unit_id is None:
        return {}
    return {
        "": forms.ChoiceField(
            label=_("Class of the reply"), choices=AnswerClass.choices, widget=forms.RadioSelect
        )
    }


def _same_person(context: Context) -> dict[str, forms.Field]:
    label = _("The same person raised it twice (not counted again)")
    return {"": forms.BooleanField(label=label, required=False)}


def _photos(context: Context) -> dict[str, forms.Field]:
    field = PhotosField(
        label=_("Photos"), required=False, widget=PhotosInput(attrs={"accept": "image/*", "multiple": True})
    )
    return {"": field}


# Input name → its form fields; "" stands for the input's own name. (action, name) wins over name.
FIELDS: dict[Any, Callable[[Context], dict[str, forms.Field]]] = {
    "category": _category,
    "level": _level,
    ("rate_ok", "level"): _rating,
    "code": _row_of(_("Reason"), lambda: DeclineReason.objects.filter(is_active=True)),
    "body": _row_of(_("Goes to"), lambda: TransferBody.objects.filter(is_active=True)),
    "proposed_unit": _row_of(_("Which unit should handle it?"), _units),
    "unit": _row_of(_("Handling unit"), _units),
    "venue": _row_of(_("Venue"), _venues),
    "assignments": _assignments,
    "due": _due,
    "lead": _lead,
    "same_person": _same_person,
    "contact": _contact,
    "flags": _flags,
    "may_publish": _may_publish,
    "may_share": _may_share,
    "how": _choice(_("How"), ToldBy, leave_out=(ToldBy.PORTAL,)),
    "outcome": _choice(_("Conclusion"), Outcome, radio=True),
    "publicity": _choice(_("May the reply be made public?"), Publicity, radio=True),
    "answer_class": _answer_class,
    "photos": _photos,
}
# Asked only of somebody who acts for the resident.
ON_BEHALF = frozenset({"how", "who"})
# An input's errors stand at this field where it has none of its own name.
ERROR_FIELD = {"assignments": "unit", "contact": "phone"}


class ActionForm(forms.Form):
    """Fields of one row of the tables; `given()` is what `perform` takes. Photos wait under `form_token`."""

    def __init__(self, context: Context, *, names: Sequence[str], **kwargs: Any) -> None:
        self.context, self.names = context, names
        super().__init__(**kwargs)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=context.target.version, required=False
        )
        for name in names:
            self.fields |= _fields_of(context, name)
        if "photos" in self.fields:
            self.fields["form_token"] = forms.CharField(
                widget=forms.HiddenInput, initial=secrets.token_urlsafe(24), max_length=40, required=False
            )

    @property
    def seen_version(self) -> int:
        """The version of the page the person acted from; -1 (never true) if it was tampered with."""
        version = self.cleaned_data.get("version")
        return -1 if version is None else version

    def clean_lead(self) -> Suggestion:
        number = self.cleaned_data["lead"].strip()
        user = self.context.actor.user
        case = visible_to(user).filter(number=number).first() if user else None
        if case is None:
            raise ValidationError(_("There is no case with this number."))
        return case

    def clean_photos(self) -> list[Any]:
        token = self.photo_token
        errors = []
        for upload in self.cleaned_data["photos"]:
            try:
                staging.stage(token, upload)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return list(staging.staged(token))

    @property
    def photo_token(self) -> str:
        """Kept over a failed attempt, so the photos are still there at the next one."""
        return str(self.data.get("form_token") or "")[:40] or str(self.fields["form_token"].initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        reason = data.get("code")
        if isinstance(reason, DeclineReason):
            for name, text in (("text", reason.text), ("where_to_go", reason.where_to_go)):
                data[name] = data.get(name) or text
        return data

    def given(self) -> dict[str, Any]:
        """The inputs for `perform`."""
        data = self.cleaned_data
        values = {name: data[name] for name in self.names if name in data}
        if "assignments" in self.names:
            picked = [Target(unit=data.get("unit"))] if data.get("unit") else []
            picked += [Target(venue=data.get("venue"))] if data.get("venue") else []
            values["assignments"] = picked
        if "contact" in self.names:
            values["contact"] = {"name": data.get("name", ""), "phone": data.get("phone", "")}
        return values

    def add_door_errors(self, error: ValidationError) -> None:
        for name, problems in error.error_dict.items():
            field = name if name in self.fields else ERROR_FIELD.get(name, NON_FIELD_ERRORS)
            self.add_error(None if field == NON_FIELD_ERRORS else field, problems)


def _fields_of(context: Context, name: str) -> dict[str, forms.Field]:
    context = Context(context.move, context.target, context.actor, name in context.move.needs)
    build = FIELDS.get((context.move.action, name)) or FIELDS.get(name)
    built = build(context) if build else {"": _text(context, name)}
    return {key or name: field for key, field in built.items()}


def action_form(
    move: Move, *, actor: Actor, target: Suggestion | Assignment, data: Any = None, files: Any = None,
    initial: dict[str, Any] | None = None,
) -> ActionForm:  # fmt: skip
    """The form of one row; unbound without `data`."""
    context = Context(move, target, actor, True)
    return ActionForm(context, names=[*move.needs, *move.may], data=data, files=files, initial=initial)


def run(form: ActionForm) -> Suggestion | Assignment | None:
    """Do what the form asks. None: not done, errors are on the form; `form.stale` if somebody was faster."""
    form.stale = False  # type: ignore[attr-defined]
    if not form.is_valid():
        return None
    context = form.context
    try:
        return perform(
            context.move.action, target=context.target, actor=context.actor,
            seen_version=form.seen_version, **form.given(),
        )  # fmt: skip
    except ValidationError as error:
        form.add_door_errors(error)
    except Stale as error:
        form.stale = True  # type: ignore[attr-defined]
        form.add_error(None, str(error))
    except DoorError as error:
        form.add_error(None, str(error))
    return None
