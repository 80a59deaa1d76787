"""Fields of intake and of what keeps the state: kind, level, grounds, points, marks, consent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from congress_portal.common.forms import ClearTextField, PhoneField
from suggestions.enums import CaseLevel
from suggestions.inputs import LIMITS
from suggestions.models import Category, DeclineReason, TransferBody
from suggestions.points import split_points

from .base import PLEASE, Context, Fields, points_of


def grounds(*outcomes: str, two_person: bool = False) -> Callable[[Context], Any]:
    return lambda _context: DeclineReason.objects.filter(
        is_active=True, outcome__in=outcomes, two_person=two_person
    )


# 和平区, 新民市, 法库县; 区信访局 is none.
DISTRICT = Q(name__regex=r"^[^区市县]{1,6}[区市县]$")


def bodies(context: Context) -> QuerySet[TransferBody]:
    """Where a case may go: the districts around first, for that is where most of them belong."""
    later = Case(When(DISTRICT, then=Value(0)), default=Value(1))
    return TransferBody.objects.filter(is_active=True).order_by(later, "pk")


def body_named_in(text: str) -> int | None:
    """The key of the one district the text names; None if it names none or several."""
    rows = TransferBody.objects.filter(DISTRICT, is_active=True).values_list("pk", "name")
    named = [pk for pk, name in rows if name in text]
    return named[0] if len(named) == 1 else None


def level(context: Context) -> Fields:
    usual = context.case.category.usual_level if context.case.category else ""
    field = forms.ChoiceField(
        label=_("Level"), choices=[("", PLEASE), *CaseLevel.choices], initial=context.case.level or usual
    )
    return {"": field}


def category(context: Context) -> Fields:
    rows = Category.objects.filter(is_active=True)
    return {
        "": forms.ModelChoiceField(
            rows, label=_("Category"), initial=context.case.category_id, empty_label=PLEASE
        )
    }


def lead(context: Context) -> Fields:
    help_text = _("Number of the case that answers for both")
    return {"": forms.CharField(label=_("Lead case"), max_length=20, help_text=help_text)}


def contact(context: Context) -> Fields:
    return {
        "name": ClearTextField(label=_("Name or form of address"), max_length=20, single_line=True),
        "phone": PhoneField(label=_("Phone")),
    }


def flags(context: Context) -> Fields:
    choices = [("is_urgent", _("urgent")), ("is_key", _("key case"))]
    case = context.case
    return {
        "": forms.MultipleChoiceField(
            label=_("Marks"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            initial=[name for name, _label in choices if getattr(case, name)],
        )
    }  # fmt: skip


def may_publish(context: Context) -> Fields:
    label = _("May be published without personal data")
    return {"": forms.BooleanField(label=label, required=False, initial=context.case.may_publish)}


def may_share(context: Context) -> Fields:
    label = _("The handling unit may see name and phone")
    contact = getattr(context.case, "contact", None)
    initial = bool(contact and contact.may_share)
    return {"": forms.BooleanField(label=label, required=False, initial=initial)}


def points_asked(context: Context) -> Fields:
    known = [point.text for point in points_of(context.case)] or split_points(context.case.text)
    return {
        "": ClearTextField(
            label=_("Points to be answered, one a line"), required=False, max_length=LIMITS["text"],
            initial="\n".join(known), widget=forms.Textarea(attrs={"rows": max(2, len(known))}),
            help_text=_("Leave it empty if it is about one thing."),
        )
    }  # fmt: skip


def same_person(context: Context) -> Fields:
    label = _("The same person raised it twice (not counted again)")
    return {"": forms.BooleanField(label=label, required=False)}
