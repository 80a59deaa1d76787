"""What the list of reception days can be narrowed by."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from stations import daybook
from stations.models import ReceptionSession, SessionStatus, Street, VenueKind
from stations.rota import OPEN, rules, with_turns

# Annotated as daybook.with_bookings does.
Days = QuerySet[Any]
MONTH = timedelta(days=31)


class Period(SimpleListFilter):
    """Without a choice what is coming."""

    title = _("period")
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("month", _("Next 31 days")),
            ("past", pgettext_lazy("reception days", "Past")),
            ("all", _("All")),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": pgettext_lazy("reception days", "Coming")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Days) -> Days:
        today = clock.today()
        if self.value() == "past":
            return queryset.filter(day__lt=today)
        if self.value() == "all":
            return queryset
        if self.value() == "month":
            return queryset.filter(day__range=(today, today + MONTH))
        return queryset.filter(day__gte=today)


def is_past(request: HttpRequest) -> bool:
    return request.GET.get("period") == "past"


class Waiting(SimpleListFilter):
    title = _("what waits")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("asks", _("A date to decide on")), ("gap", _("A turn nobody takes")),
            ("notice", _("A notice due within a week")), ("untold", _("People who booked are to be told")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: Days) -> Days:
        if self.value() == "asks":
            return queryset.filter(asks=True)
        if self.value() == "notice":
            last = clock.today() + timedelta(days=rules().notice_days) + daybook.WARN
            return queryset.filter(status=SessionStatus.PROPOSED, asks=False, day__lte=last)
        if self.value() == "untold":
            return queryset.filter(untold__gt=0)
        if self.value() == "gap":
            return queryset.filter(pk__in=_with_gaps())
        return queryset


def _with_gaps() -> list[int]:
    """Whether somebody is in office on the day is not asked day by day: one look at all that is coming."""
    rows = ReceptionSession.objects.filter(status__in=OPEN, day__gte=clock.today())
    return [each.pk for each in with_turns(rows) if each.gaps or not each.is_manned]  # type: ignore[attr-defined]


class OfStreet(SimpleListFilter):
    title = _("street")
    parameter_name = "street"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(street.code, street.name) for street in Street.objects.all()]

    def queryset(self, request: HttpRequest, queryset: Days) -> Days:
        known = {code for code, _name in self.lookup_choices}
        return queryset.filter(venue__street__code=self.value()) if self.value() in known else queryset


class OfKind(SimpleListFilter):
    title = _("kind of venue")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return VenueKind.choices

    def queryset(self, request: HttpRequest, queryset: Days) -> Days:
        return queryset.filter(venue__kind=self.value()) if self.value() in VenueKind.values else queryset


class OfStatus(SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return SessionStatus.choices

    def queryset(self, request: HttpRequest, queryset: Days) -> Days:
        return queryset.filter(status=self.value()) if self.value() in SessionStatus.values else queryset


FILTERS = (Period, Waiting, OfStatus, OfKind, OfStreet)
