"""Fields of handling: whom to assign to, until when, what was asked of or heard from the resident."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock, workdays
from suggestions import clocks, why
from suggestions.enums import AssignmentKind, ClockKind, ClockUnit, RequestKind
from suggestions.inputs import Target
from suggestions.models import ClockRule, ContactLog, HandlingUnit

from .base import PLEASE, Context, Fields, date_field, units, venues

LETTER_DAYS = 5


def unit(context: Context) -> Fields:
    return {"": forms.ModelChoiceField(units(context), label=_("Handling unit"), empty_label=PLEASE)}


def assignments(context: Context) -> Fields:
    dispatching = context.move.action == "dispatch"
    ways = [
        (AssignmentKind.LEAD, _("One lead, others help")),
        (AssignmentKind.SEPARATE, _("Each handles and replies separately")),
    ]
    offices = HandlingUnit.objects.filter(is_active=True, is_coordinator=True)
    if not dispatching and offices.exists():
        ways.append((AssignmentKind.COORDINATOR, _("A coordinator office dispatches it")))
    usual = context.case.category.usual_unit_id if context.case.category else None
    fields: Fields = {
        "way": forms.ChoiceField(
            label=_("How is it handled?"), choices=ways, widget=forms.RadioSelect,
            initial=AssignmentKind.LEAD, required=False,
        ),
        "unit": forms.ModelChoiceField(
            units(context), label=_("Lead unit"), required=False, empty_label=PLEASE, initial=usual
        ),
    }  # fmt: skip
    if not dispatching:
        fields["venue"] = forms.ModelChoiceField(
            venues(context), label=_("or a venue"), required=False, empty_label=PLEASE
        )
    fields["others"] = forms.ModelMultipleChoiceField(
        units(context), label=_("Further units"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They help the lead, or handle it separately."),
    )  # fmt: skip
    if len(ways) == 3:
        fields["coordinator"] = forms.ModelChoiceField(
            offices, label=_("Coordinator office"), required=False, empty_label=PLEASE
        )
    return fields


def targets_of(data: dict[str, Any]) -> list[Target]:
    """Whom the fields of `assignments` name; a wrong mixture is for the door to refuse in words."""
    way = data.get("way") or AssignmentKind.LEAD
    others = list(data.get("others") or [])
    named = [Target(unit=data["unit"])] if data.get("unit") else []
    named += [Target(venue=data["venue"])] if data.get("venue") else []
    if way == AssignmentKind.COORDINATOR:
        office = data.get("coordinator")
        return [Target(kind=way, unit=office)] if office else []
    if way == AssignmentKind.SEPARATE:
        units = dict.fromkeys([*(target.unit for target in named if target.unit), *others])
        return [Target(kind=way, unit=unit) for unit in units] + [
            Target(kind=way, venue=target.venue) for target in named if target.venue
        ]
    return [*named, *(Target(kind=AssignmentKind.ASSISTING, unit=unit) for unit in others)]


def due(context: Context) -> Fields:
    """The day told to the resident while it lies ahead, else the usual one; and why that day."""
    told = clocks.running(context.case).get(ClockKind.REPLY)
    if told and told.due_on >= clock.today():
        found = why.explain(told)
    else:
        found = why.of_rule(ClockRule.objects.get(key=ClockRule.Key.REPLY), clock.today())
    return {"": date_field(_("Due"), initial=found.day, help_text=found.short)}


def answer_until(context: Context) -> Fields:
    """Of a letter of supervision: a week's work, unless somebody writes another day."""
    day = workdays.add_workdays(clock.today(), LETTER_DAYS)
    words = why.counted(clock.today(), LETTER_DAYS, ClockUnit.WORKDAYS, day).short
    return {"": date_field(_("Answer until"), initial=day, help_text=words)}


def due_of_row(context: Context) -> Fields:
    """Until when the row already runs; the wanted day where one was asked for."""
    asked = context.row.requests.filter(kind=RequestKind.EXTENSION, answered_at=None).first()
    now = _("Now due on %(date)s.") % {"date": context.row.unit_due}
    initial = asked.wanted_due if asked else None
    return {"": date_field(_("New date"), initial=initial, help_text=now)}


def due_within_row(context: Context) -> Fields:
    return {"": date_field(_("Due"), initial=context.row.unit_due)}


def unconfirmed(context: Context) -> Any:
    return ContactLog.objects.filter(assignment__suggestion=context.case, confirmed=None)


def confirmed(context: Context) -> Fields:
    choices = [("yes", _("Yes, it happened so")), ("no", _("No"))]
    return {
        "": forms.TypedChoiceField(
            label=_("Did this contact happen?"), choices=choices, widget=forms.RadioSelect,
            coerce=lambda value: value == "yes",
        )
    }  # fmt: skip
