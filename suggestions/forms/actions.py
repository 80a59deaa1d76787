"""The small form of one row of the tables: its fields are what the row needs and what it may be given.

Every page that offers a button uses these, so an action looks and answers the same everywhere.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from suggestions import grounds, phrases, staging
from suggestions.actors import Actor
from suggestions.errors import DoorError, Stale
from suggestions.models import Assignment, DeclineReason, Suggestion
from suggestions.selectors import visible_to
from suggestions.services import perform
from suggestions.workflow import Move

from .fields import COMPOSED, ERROR_FIELD, Context, fields_of
from .fields.reply import incomplete_promises

CHOICES = (forms.ChoiceField, forms.ModelChoiceField)
# Whether there is something to choose → what is said where nothing was given.
MISSING = {False: _("Please fill this in."), True: _("Please choose one of the options.")}


class ActionForm(forms.Form):
    """Fields of one row of the tables; `given()` is what `perform` takes. Photos wait under `form_token`.

    `takes_words`: its page adds a template to what was typed (`around.look`); else a link begins with it.
    """

    takes_words = True

    def __init__(self, context: Context, *, names: Sequence[str], **kwargs: Any) -> None:
        self.context, self.names = context, names
        super().__init__(**kwargs)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=context.target.version, required=False
        )
        for name in names:
            self.fields |= fields_of(context, name)
        for field in self.fields.values():
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = MISSING[isinstance(field, CHOICES)]
        offered = phrases.field_of(context.move.action)
        if offered in self.fields:
            self.fields[offered].phrases = SimpleLazyObject(  # type: ignore[attr-defined]
                lambda: phrases.offered(context.move.action, context.case)
            )
        if "photos" in self.fields:
            self.fields["form_token"] = forms.CharField(
                widget=forms.HiddenInput, initial=secrets.token_urlsafe(24), max_length=40, required=False
            )

    @property
    def seen_version(self) -> int:
        """The version of the page the person acted from; -1 (never true) if it was tampered with."""
        version = self.cleaned_data.get("version")
        return -1 if version is None else version

    @property
    def ground(self) -> DeclineReason | None:
        """The ground it was begun with or sent with."""
        code = str(self["code"].value() or "") if "code" in self.fields else ""
        return DeclineReason.objects.filter(pk=code).first() if code.isdecimal() else None

    def hide_chosen_ground(self) -> None:
        """Chosen on the page before it brought its words: a change here would leave the other ground's."""
        if self.ground or self.context.move.action in grounds.BEGIN_WITH_A_GROUND:
            self.fields["code"].widget = self.fields["code"].hidden_widget()

    def clean_lead(self) -> Suggestion:
        number = self.cleaned_data["lead"].strip()
        case = self.readable().filter(number=number).first()
        if case is None:
            raise ValidationError(_("There is no case with this number."))
        return case

    def readable(self) -> QuerySet[Suggestion]:
        """The cases that may be named."""
        user = self.context.actor.user
        return visible_to(user) if user else Suggestion.objects.none()

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
            for name, words in (("text", reason.text), ("where_to_go", reason.where_to_go)):
                data[name] = data.get(name) or words
        for name, problem in incomplete_promises(data):
            self.add_error(name, problem)
        return data

    def given(self) -> dict[str, Any]:
        """The inputs for `perform`."""
        data = self.cleaned_data
        values = {name: data[name] for name in self.names if name in data}
        return values | {name: COMPOSED[name](data) for name in self.names if name in COMPOSED}

    def add_door_errors(self, error: ValidationError) -> None:
        for name, problems in error.error_dict.items():
            field = name if name in self.fields else ERROR_FIELD.get(name, NON_FIELD_ERRORS)
            self.add_error(field if field in self.fields else None, problems)


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
