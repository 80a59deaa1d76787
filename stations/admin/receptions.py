"""Reception days in the staff's site: the list, the page of a day with its steps, notices, attendance."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from deputies.admin import PlaceAdmin
from stations import daybook
from stations.models import GONE, ReceptionSession, SessionChange, SessionStatus
from stations.plan_words import with_weekday
from stations.planning_forms import hours
from stations.rota import attended_days, below_minimum, overlapping, rules, with_turns
from stations.services import reception
from stations.services.planning import SHAPE
from stations.services.venues import hold
from stations.views import planning

from .reception_filters import FILTERS, is_past

STAFF = daybook.Addresses(
    "admin:stations_receptionsession_change",
    "admin:stations_receptionsession_step",
    "admin:stations_receptionsession_turn",
)
ROWS_A_PAGE = 50
DETAILS = [name for name in SHAPE if name not in ("starts_at", "ends_at")]


class DayList(ChangeList):
    """The days of one page with their turns: as many queries for fifty days as for one."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        attach(self.result_list)


def attach(sessions: list[Any]) -> None:
    """The turns of many days, and what each of them asks for, read at once."""
    setting = rules()
    day: Any
    for day in with_turns(sessions):
        day.waiting = daybook.to_do(day, setting)


class DayForm(forms.ModelForm):
    """A day beside the plans; hours and date of an existing one change by its steps."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.instance.pk or self.errors:
            return given
        if hold(given["venue"])[0].status in GONE:
            raise ValidationError(
                {"venue": _now("This venue was merged or closed. Choose the one that took over.")}
            )
        if given["day"] < clock.today():
            raise ValidationError({"day": _now("This is over already.")})
        if given["day"] > clock.today() + reception.FURTHEST:
            raise ValidationError({"day": _now("This is too far ahead.")})
        if overlapping(given["venue"], given["day"], given["starts_at"], given["ends_at"]).exists():
            raise ValidationError({"day": _now("The venue has another reception day then.")})
        return given


@admin.register(ReceptionSession)
class ReceptionSessionAdmin(PlaceAdmin):
    form = DayForm
    list_display = ["when", "venue", "status_tag", "who", "to_do"]
    list_display_links = ["when"]
    list_filter = [*FILTERS]
    list_select_related = ["venue"]
    list_per_page = ROWS_A_PAGE
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["venue__name", "venue__code", "duties__deputy__name", "duties__deputy__pinyin", "theme"]
    autocomplete_fields = ["venue"]
    actions: Any = ["announce_chosen"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    change_list_template = "admin/stations/reception/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceptionSession]:
        return daybook.with_bookings(super().get_queryset(request))

    def get_ordering(self, request: HttpRequest) -> Any:
        if is_past(request):
            return ["-day", "-starts_at", "venue"]
        return ["-asks", "day", "starts_at", "venue"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DayList

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        """The same for a part of a file."""
        attach(rows)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return DETAILS if obj else ["venue", "day", "starts_at", "ends_at", *DETAILS]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Booked visits have their times by these.
        return ["slot_minutes", "seats"] if obj and obj.bookings.exists() else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.status in daybook.OPEN
        return is_open and super().has_change_permission(request, obj)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        name = "stations_receptionsession"
        return [
            path("announce/", view(self.announce_view), name=f"{name}_announce"),
            path("attendance/", view(self.attendance_view), name=f"{name}_attendance"),
            path("<int:pk>/change/", view(self.day_view), name=f"{name}_change"),
            path("<int:pk>/steps/<slug:step>/", view(self.step_view), name=f"{name}_step"),
            path("turns/<int:pk>/<slug:step>/", view(self.turn_view), name=f"{name}_turn"),
            path("<int:pk>/details/", view(self.details_view), name=f"{name}_details"),
            *(
                route
                for route in super().get_urls()
                if route.name in (f"{name}_changelist", f"{name}_add")
            ),
        ]  # fmt: skip

    @admin.display(description=_("date"), ordering="day")
    def when(self, session: ReceptionSession) -> str:
        return f"{with_weekday(session.day)} {hours(session.starts_at, session.ends_at)}"

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, session: ReceptionSession) -> SafeString:
        context = {"state": daybook.TAGS[session.status], "label": session.get_status_display()}
        return render_to_string("components/tag.html", context)

    @admin.display(description=_("who receives"))
    def who(self, session: Any) -> str:
        return "、".join(turn.deputy.name for turn in session.turns if turn.is_taken) or "—"

    @admin.display(description=_("to do"))
    def to_do(self, session: Any) -> SafeString:
        return render_to_string("admin/stations/reception/to_do.html", {"to_do": session.waiting})

    @admin.action(description=_("Publish notices"), permissions=["view"])
    def announce_chosen(self, request: HttpRequest, queryset: QuerySet[ReceptionSession]) -> HttpResponse:
        keys = queryset.order_by().values_list("pk", flat=True)[: planning.MOST_AT_ONCE]
        return redirect(
            f"{reverse('admin:stations_receptionsession_announce')}?ids={','.join(map(str, keys))}"
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            # Only what was typed: the day may have been moved or cancelled since this page was opened.
            obj.save(update_fields=form.changed_data)
        else:
            obj.planned_on = obj.day
            super().save_model(request, obj, form, change)
        if change and form.changed_data and obj.status == SessionStatus.PROPOSED:
            # From now on the proposal no longer follows its plan.
            reception.note(obj, SessionChange.Kind.DECIDED, request.user, lambda: _now("Details changed"))  # type: ignore[arg-type]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        messages.success(request, _now("The day is proposed. Now add the deputies who receive."))
        return redirect(STAFF.day(obj))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _now("The details are saved."))
        return redirect(STAFF.day(obj))

    def day_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One day with everything that can be done to it."""
        session = self._day(request, pk)
        context = daybook.page(session, request.user, STAFF)  # type: ignore[arg-type]
        if self.has_change_permission(request, session):
            context["details_url"] = reverse("admin:stations_receptionsession_details", args=[session.pk])
        return TemplateResponse(request, "admin/stations/reception/day.html", self._frame(request) | context)

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        session = self._day(request, pk)
        return planning.take_step(
            request, session, step, STAFF, template="admin/stations/reception/step.html",
            frame=self._frame(request),
        )  # fmt: skip

    def turn_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        self._demand_staff(request)
        duty = planning.turn_or_404(request.user, pk)
        return planning.take_step(
            request, duty.session, step, STAFF, duty=duty, template="admin/stations/reception/step.html",
            frame=self._frame(request),
        )  # fmt: skip

    def details_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Theme, room and the like; date, hours and people change by their steps."""
        self._day(request, pk)
        return self.changeform_view(request, str(pk), "")

    def announce_view(self, request: HttpRequest) -> HttpResponse:
        """Several notices at once: those marked in the list, else all whose last day comes near."""
        self._demand_staff(request)
        days = planning.to_announce(ReceptionSession.objects.all())
        keys = [key for key in request.GET.get("ids", "").split(",") if key.isdecimal() and len(key) <= 18]
        days = days.filter(pk__in=keys[: planning.MOST_AT_ONCE]) if keys else planning.soon(days)
        context = {
            **self._frame(request),
            **planning.announce_many(request, days, all_marked=bool(keys)),
            "title": _now("Publish notices"),
            "back_url": reverse("admin:stations_receptionsession_changelist"),
        }
        return TemplateResponse(request, "admin/stations/reception/announce.html", context)

    def attendance_view(self, request: HttpRequest) -> HttpResponse:
        """How often each deputy received this year; those below the minimum first."""
        self._demand_staff(request)
        year, minimum = clock.today().year, rules().yearly_minimum
        below = below_minimum(year, minimum)
        only_below = request.GET.get("show") != "all"
        rows = below if only_below else attended_days(year)
        context = {
            **self._frame(request),
            "title": _now("Reception days of each deputy this year"),
            "year": year,
            "minimum": minimum,
            "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
            "tabs": [
                {
                    "label": _now("Below the minimum"),
                    "url": "?",
                    "current": only_below,
                    "count": below.count(),
                },
                {"label": _now("All deputies"), "url": "?show=all", "current": not only_below},
            ],
        }
        return TemplateResponse(request, "admin/stations/reception/attendance.html", context)

    def _demand_staff(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _day(self, request: HttpRequest, pk: int) -> ReceptionSession:
        self._demand_staff(request)
        return planning.day_or_404(request.user, pk)

    def _frame(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}
