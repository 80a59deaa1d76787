"""Fields of handling: whom to assign to, until when, what was asked of or heard from the resident."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock, workdays
from congress_portal.common.templatetags.portal import zh_date
from congress_portal.common.text import sentences
from suggestions import clocks, why
from suggestions.enums import AssignmentKind, ClockKind, ClockUnit, RequestKind
from suggestions.inputs import Target
from suggestions.models import ClockRule, ContactLog, HandlingUnit

from .base import PLEASE, Context, Fields, date_field, units, venues

LETTER_DAYS = 5
Key = ClockRule.Key


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
            initial=AssignmentKind.LEAD, required=False, help_text=_(
                "The lead answers for all and takes up the opinions of those who help. "
                "Separately, each answers for its own part."
            ),
        ),
        "unit": forms.ModelChoiceField(
            units(context), label=_("Lead unit"), required=False, empty_label=PLEASE, initial=usual,
            help_text=_("Separately: the first of the units"),
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
            offices, label=_("Coordinator office"), required=False, empty_label=PLEASE,
            help_text=_("It names the units itself; nobody else is chosen here."),
        )  # fmt: skip
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
    """The day told to the resident while it lies ahead, else the usual one; why that day, and the last."""
    told, today = clocks.running(context.case).get(ClockKind.REPLY), clock.today()
    ahead = told if told and told.due_on >= today else None
    found = why.explain(ahead) if ahead else why.of_rule(ClockRule.objects.get(key=Key.REPLY), today)
    limits, action = DUE_LIMITS.get(context.move.action), context.move.action
    last = limits(context) if limits else None
    words = ""
    if action == "assign" and ahead:
        words = _("Not later than %(date)s, the day told to the resident.") % {"date": zh_date(last)}
    elif last:
        words = _("Not later than %(date)s, the longest that is allowed.") % {"date": zh_date(last)}
    return {"": date_field(_("Due"), initial=found.day, help_text=sentences(found.full, words), last=last)}


DUE_LIMITS: dict[str, Callable[[Context], date]] = {
    "assign": lambda context: clocks.last_to_assign(context.case, clock.today()),
    "redate": lambda context: clocks.latest_reply(context.case, clock.today()),
}


def answer_until(context: Context) -> Fields:
    """Of a letter of supervision: a week's work, unless somebody writes another day."""
    day = workdays.add_workdays(clock.today(), LETTER_DAYS)
    words = why.counted(clock.today(), LETTER_DAYS, ClockUnit.WORKDAYS, day).full
    return {"": date_field(_("Answer until"), initial=day, help_text=words)}


def due_of_row(context: Context) -> Fields:
    """Until when the row already runs; the wanted day where one was asked for."""
    row = context.row
    asked = row.requests.filter(kind=RequestKind.EXTENSION, answered_at=None).first()
    last = clocks.last_to_extend(row, clock.today())
    words = _("Now due on %(date)s; at the latest %(last)s.") % {
        "date": zh_date(row.unit_due), "last": zh_date(last)
    }  # fmt: skip
    initial = asked.wanted_due if asked else None
    return {"": date_field(_("New date"), initial=initial, help_text=words, last=last)}


def due_within_row(context: Context) -> Fields:
    last = context.row.unit_due
    words = _("Not later than %(date)s, your own date.") % {"date": zh_date(last)}
    return {"": date_field(_("Due"), initial=last, help_text=words, last=last)}


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
