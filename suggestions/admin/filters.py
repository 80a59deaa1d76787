"""What the case list can be narrowed by: each filter is one parameter of the address, so figures can link."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.choosing import LONGEST_KEY
from stations.models import Street, Venue, VenueKind
from suggestions import metrics, queues
from suggestions.enums import CaseLevel, State
from suggestions.lateness import LATE, OVERDUE, red_before
from suggestions.lists import bookmarks, due
from suggestions.lists.due import Due, understood
from suggestions.models import Category, HandlingUnit, Suggestion
from suggestions.selectors import overdue
from suggestions.views.lists.due import words as due_words
from suggestions.workflow import OPEN

Choices = Iterable[tuple[str, Any]]
Cases = QuerySet[Suggestion]


class Filter(SimpleListFilter):
    """`is_first` stands beside the search; `is_quiet` is reached by links only and shown once it is set."""

    is_first = is_quiet = False

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.user: Any = request.user
        super().__init__(request, params, model, model_admin)

    @staticmethod
    def understands(value: str) -> bool:  # noqa: ARG004  those with a closed vocabulary look at it
        """Whether the value may be kept in a saved filter: of a closed vocabulary only what it has today."""
        return True

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        value = self.value()
        return self.narrow(queryset, value) if value else queryset

    def narrow(self, cases: Cases, value: str) -> Cases:
        raise NotImplementedError


class ColumnFilter(Filter):
    """A column that holds exactly the value."""

    column = ""

    def narrow(self, cases: Cases, value: str) -> Cases:
        known = {str(key) for key, _label in self.lookup_choices}
        return (
            cases.filter(**{self.column or str(self.parameter_name): value})
            if value in known
            else cases.none()
        )


class RowFilter(ColumnFilter):
    """A foreign key; "none" finds the cases without one."""

    model: type[Street] | type[Venue] | type[Category]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        rows = [(str(row.pk), str(row)) for row in self.model.objects.all()]
        return [*rows, ("none", _("not named"))]

    @staticmethod
    def understands(value: str) -> bool:
        return value == "none" or _is_key(value)

    def narrow(self, cases: Cases, value: str) -> Cases:
        if value == "none":
            return cases.filter(**{f"{self.parameter_name}__isnull": True})
        return super().narrow(cases, value)


class QueueFilter(Filter):
    is_first = True
    title, parameter_name = pgettext_lazy("filter", "Queue"), "queue"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(queue.key, queue.label) for queue in queues.QUEUES]

    @staticmethod
    def understands(value: str) -> bool:
        return value in queues.BY_KEY

    def narrow(self, cases: Cases, value: str) -> Cases:
        return queues.cases_in(value, cases) if value in queues.BY_KEY else cases.none()


class StateFilter(Filter):
    is_first = True
    title, parameter_name = _("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [("open", pgettext_lazy("filter", "All open")), *State.choices]

    @staticmethod
    def understands(value: str) -> bool:
        return value == "open" or value in State.values

    def narrow(self, cases: Cases, value: str) -> Cases:
        return cases.filter(state__in=OPEN if value == "open" else [value])


class VenueFilter(RowFilter):
    is_first = True
    title, parameter_name, model = _("venue"), "venue", Venue


class KindFilter(ColumnFilter):
    title, parameter_name, column = pgettext_lazy("filter", "Kind of venue"), "kind", "venue__kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return VenueKind.choices

    @staticmethod
    def understands(value: str) -> bool:
        return value in VenueKind.values


class StreetFilter(RowFilter):
    title, parameter_name, model = _("street"), "street", Street


class CategoryFilter(RowFilter):
    title, parameter_name, model = _("category"), "category", Category


class LevelFilter(ColumnFilter):
    title, parameter_name = _("level"), "level"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return CaseLevel.choices

    @staticmethod
    def understands(value: str) -> bool:
        return value in CaseLevel.values


class MonthFilter(Filter):
    """Month of acceptance, or a range of months that a figure counts."""

    title, parameter_name = pgettext_lazy("filter", "Accepted in"), "accepted"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        months = [f"{day:%Y-%m}" for day in reversed(metrics.Period.latest(24).months())]
        value = self.value()
        return [(month, month) for month in ([value, *months] if value and value not in months else months)]

    def narrow(self, cases: Cases, value: str) -> Cases:
        try:
            return cases.filter(metrics.Period.parse(value).condition())
        except ValueError:
            return cases.none()

    @staticmethod
    def understands(value: str) -> bool:
        try:
            metrics.Period.parse(value)
        except ValueError:
            return False
        return True


class FigureFilter(Filter):
    """Exactly the cases behind one figure of the index."""

    title, parameter_name, is_quiet = pgettext_lazy("filter", "Figure"), "figure", True

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(name, label) for name, (label, _condition) in metrics.FIGURES.items()]

    @staticmethod
    def understands(value: str) -> bool:
        return value in metrics.FIGURES

    def narrow(self, cases: Cases, value: str) -> Cases:
        if value not in metrics.FIGURES:
            return cases.none()
        return cases.filter(metrics.counting(), metrics.FIGURES[value][1])


class OwnerFilter(Filter):
    """Who must act next: "u5" a unit, "v3" a venue, "office"."""

    title, parameter_name, is_quiet = pgettext_lazy("filter", "With"), "owner", True

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        value = self.value() or ""
        models: dict[str, Any] = {"u": HandlingUnit, "v": Venue}
        if value == queues.OFFICE:
            return [(value, queues.OFFICE_LABEL)]
        row = None
        if value[:1] in models and value[1:].isdecimal():
            row = models[value[0]].objects.filter(pk=int(value[1:])).first()
        return [(value, row or _("unknown"))] if value else []

    def narrow(self, cases: Cases, value: str) -> Cases:
        return queues.owned_by(value, cases)

    @staticmethod
    def understands(value: str) -> bool:
        return value == queues.OFFICE or (value[:1] in ("u", "v") and _is_key(value[1:]))


class DueFilter(Filter):
    """What the due calendar counts: 2026-10-10, late, or one kind of these, 2026-10-10.REPLY."""

    title, parameter_name, is_quiet = pgettext_lazy("filter", "Due"), "due", True

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        value = self.value()
        if not value:
            return []
        return [(value, due_words(Due.parse(value)) if understood(value) else _("no such day"))]

    def narrow(self, cases: Cases, value: str) -> Cases:
        if not understood(value):
            return cases.none()
        return due.office(self.user).narrow(cases, Due.parse(value))

    @staticmethod
    def understands(value: str) -> bool:
        return understood(value)


class MineFilter(Filter):
    """我的清单: the cases one has marked."""

    title, parameter_name, is_quiet = _("My list"), "mine", True

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [("1", pgettext_lazy("filter", "only what I marked"))]

    def narrow(self, cases: Cases, value: str) -> Cases:
        return bookmarks.mine(cases, self.user) if value == "1" else cases.none()

    @staticmethod
    def understands(value: str) -> bool:
        return value == "1"


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


class LateFilter(Filter):
    """How far over the date it is, where one of ours is late."""

    title, parameter_name = pgettext_lazy("filter", "Overdue"), "late"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(LATE, pgettext_lazy("overdue", "Yellow")), (OVERDUE, pgettext_lazy("overdue", "Red"))]

    def narrow(self, cases: Cases, value: str) -> Cases:
        bound = red_before(clock.today())
        far = {LATE: Q(due_on__gte=bound), OVERDUE: Q(due_on__lt=bound)}
        return cases.filter(overdue(), far[value]) if value in far else cases.none()

    @staticmethod
    def understands(value: str) -> bool:
        return value in (LATE, OVERDUE)


MORE = [StreetFilter, KindFilter, CategoryFilter, LevelFilter, MonthFilter, LateFilter]
FILTERS = [QueueFilter, StateFilter, VenueFilter, *MORE, FigureFilter, OwnerFilter, DueFilter, MineFilter]
