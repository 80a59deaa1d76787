"""The case list and the case page. Nothing here can edit a field: buttons lead to the forms of `actions`."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.forms import CheckboxInput
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common.lists import words
from congress_portal.common.masking import mask_text
from congress_portal.common.read_only import ReadOnly
from congress_portal.exports.listing import shows
from suggestions import intake, joined, outcomes, queues
from suggestions.actors import Actor
from suggestions.casefile import level_of
from suggestions.enums import CaseLevel
from suggestions.lists import bookmarks, columns
from suggestions.models import Assignment, Clock, Suggestion
from suggestions.selectors import enters_office, visible_to
from suggestions.why import of_case

from . import actions, bulk, casefile, register, reveals, workbench
from .filters import FILTERS, MORE
from .lists import OwnLists


def _fact(label: str, words: str) -> SafeString:
    """A cell that names its column where the heads of the columns are not shown."""
    empty = "" if words else " data-empty"
    return format_html('<span class="fact" data-label="{}"{}>{}</span>', label, empty, words or "—")


@admin.register(Suggestion)
class CaseAdmin(OwnLists, ReadOnly):
    list_display = [
        "case", "state_tag", "venue", "received", "due_date", "level_code", "handled", "rated", "mark",
    ]  # fmt: skip
    list_filter = [*FILTERS]
    list_select_related = ["venue", "community", "street", "category"]
    list_per_page = 50
    actions = bulk.ACTIONS
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["number", "title", "text"]
    search_help_text = gettext_lazy("Number, title or words of the text")
    # One name per index the database has, so that a long list is never sorted as a whole.
    ordering = ["-received_at", "-id"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return enters_office(request.user)  # type: ignore[arg-type]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_work_permission(self, request: HttpRequest) -> bool:
        """Who may do the actions of the list; each case is decided at the door."""
        return workbench.may_work(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        running = Prefetch("clocks", Clock.objects.filter(stopped_at=None))
        found = visible_to(request.user).defer("text").prefetch_related(running)  # type: ignore[arg-type]
        return bookmarks.with_marks(joined.with_joined(found), request.user)  # type: ignore[arg-type]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes = super().get_changelist_instance(request)
        self.prepare_rows(request, changes.result_list)
        return changes

    def prepare_rows(self, request: HttpRequest, rows: Iterable[Any]) -> None:
        """The two facts of all cases of a page, or of a part of a file, are read at once."""
        outcomes.attach(rows, request.user)  # type: ignore[arg-type]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """One's own notes stand in one's own list only."""
        if request.GET.get("mine") != "1":
            return self.list_display  # type: ignore[return-value]
        return [*self.list_display[:-1], "own_note", self.list_display[-1]]

    def get_ordering(self, request: HttpRequest) -> Any:
        """In a queue, and on a day of the calendar, what is due first stands first."""
        by_date = request.GET.get("queue") or request.GET.get("due")
        return ["due_on", "received_at"] if by_date else list(self.ordering)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="suggestions_suggestion_changelist"),
            path("intake/", view(self.intake_view), name="suggestions_suggestion_intake"),
            path("register/", view(self.register_view), name="suggestions_suggestion_register"),
            path("<int:pk>/registered/", view(self.slip_view), name="suggestions_suggestion_registered"),
            path("<int:pk>/grounds/", view(self.grounds_view), name="suggestions_suggestion_grounds"),
            *self.list_urls(),
            path("<int:pk>/change/", view(self.case_view), name="suggestions_suggestion_change"),
            path("<int:pk>/contact/", view(self.contact_view), name="suggestions_suggestion_contact"),
            path("<int:pk>/do/<slug:action>/", view(self.do_view), name="suggestions_suggestion_do"),
        ]

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, case: Suggestion) -> SafeString:
        """Django's, but its label hides what the title hides."""
        attrs = {
            "class": "action-select",
            "aria-label": _("Choose %(case)s") % {"case": mask_text(str(case))},
        }
        return CheckboxInput(attrs, lambda _value: False).render(ACTION_CHECKBOX_NAME, str(case.pk))

    @admin.display(description=gettext_lazy("suggestion"), ordering="number")
    @shows(columns.NUMBER, columns.TITLE, columns.MARKS, columns.CATEGORY, columns.AREA)
    def case(self, case: Suggestion) -> SafeString:
        return render_to_string("admin/suggestions/list_case.html", columns.cell(case))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    @shows(columns.STATE)
    def state_tag(self, case: Suggestion) -> str:
        context = {"state": case.state, "label": words(columns.STATE.value(case))}
        return render_to_string("components/tag.html", context)

    @admin.display(description=gettext_lazy("received"), ordering="received_at")
    @shows(columns.RECEIVED)
    def received(self, case: Suggestion) -> str:
        return words(columns.RECEIVED.value(case))

    @admin.display(description=gettext_lazy("due"), ordering="due_on")
    @shows(columns.DUE)
    def due_date(self, case: Suggestion) -> str:
        if case.due_on is None:
            return "—"
        shown = {"date": case.due_on, "level": level_of(case.due_on), "why": of_case(case)}
        return render_to_string("components/due.html", shown)

    @admin.display(description=gettext_lazy("level"), ordering="level")
    @shows(columns.LEVEL)
    def level_code(self, case: Suggestion) -> str:
        name = CaseLevel(case.level).label if case.level else "—"
        return format_html('<span title="{}">{}</span>', name, case.level or "—")

    @admin.display(description=gettext_lazy("the handler says"))
    @shows(columns.HANDLED)
    def handled(self, case: Suggestion) -> str:
        return _fact(_("The handler says"), words(columns.HANDLED.value(case)))

    @admin.display(description=gettext_lazy("the resident says"))
    @shows(columns.RATED)
    def rated(self, case: Suggestion) -> str:
        return _fact(_("The resident says"), words(columns.RATED.value(case)))

    @admin.display(description=gettext_lazy("My note"))
    @shows(columns.OWN_NOTE)
    def own_note(self, case: Suggestion) -> str:
        return words(columns.OWN_NOTE.value(case))

    @admin.display(description=gettext_lazy("My list"))
    @shows()
    def mark(self, case: Any) -> SafeString:
        url = reverse("admin:suggestions_suggestion_mark", args=[case.pk])
        context = {"url": url, "marked": case.is_marked, "number": case.number}
        return render_to_string("lists/mark_button.html", context)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        queue = queues.BY_KEY.get(request.GET.get("queue", ""))
        title = queue.label if queue else _("Suggestions")
        more_open = any(request.GET.get(str(each.parameter_name)) for each in MORE)
        context = {
            "title": title,
            "more_open": more_open,
            **workbench.ways_in(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def response_action(self, request: HttpRequest, queryset: QuerySet[Suggestion], *rest: Any) -> Any:
        """Django takes every ticked box for a key and fails on any other word."""
        posted = request.POST.copy()
        posted.setlist("_selected_action", [str(pk) for pk in bulk.posted_keys(request)])
        request.POST = posted  # type: ignore[assignment]
        return super().response_action(request, queryset, *rest)

    def case_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self.get_case(request, pk)
        context = casefile.context(case, Actor(user=request.user))  # type: ignore[arg-type]
        context |= self.way_back(request) | self.next_in_queue(request, case) | self.mark_panel(request, case)
        return TemplateResponse(request, "admin/suggestions/case.html", self.frame(request) | context)

    def do_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        return actions.do(request, self, target=self.get_case(request, pk), action=action)

    def intake_view(self, request: HttpRequest) -> HttpResponse:
        return workbench.view(request, self)

    def register_view(self, request: HttpRequest) -> HttpResponse:
        return register.view(request, self)

    def slip_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return register.slip(request, self, self.get_case(request, pk))

    def grounds_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return actions.choose_ground(request, self, self.get_case(request, pk))

    def contact_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return reveals.contact_view(request, self, self.get_case(request, pk))

    def get_case(self, request: HttpRequest, pk: int) -> Suggestion:
        """The case, 403 for whoever has no role here, 404 if there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = (
            visible_to(request.user)  # type: ignore[arg-type]
            .select_related("venue", "community", "street", "category", "decline_reason", "merged_into")
            .select_related("registered_by", "deputy_asked", "publication", "contact")
            .filter(pk=pk)
            .first()
        )
        if case is None:
            raise Http404
        return case

    def frame(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}

    def get_preserved_filters(self, request: HttpRequest) -> str:
        """The list, or the queue of the workbench, the person came from; every link of the case keeps it."""
        queue = self.worked_queue(request)
        return urlencode({"intake": queue}) if queue else super().get_preserved_filters(request)

    def worked_queue(self, request: HttpRequest) -> str:
        """The queue that is being worked off at the workbench; "" for none."""
        queue = request.GET.get("intake", "")
        return queue if queue in intake.QUEUES else ""

    def list_address(self, request: HttpRequest) -> str:
        queue = self.worked_queue(request)
        return workbench.address(queue) if queue else reverse("admin:suggestions_suggestion_changelist")

    def address_after(self, request: HttpRequest, case: Suggestion) -> str:
        """Where to go when something was done: the workbench opens the next case."""
        return self.list_address(request) if self.worked_queue(request) else self.address(request, case)

    def address(self, request: HttpRequest, case: Suggestion) -> str:
        """The case page, with the list the person came from; or the workbench, still at this case."""
        queue = self.worked_queue(request)
        if queue:
            return workbench.address(queue, case)
        filters = self.get_preserved_filters(request)
        return reverse("admin:suggestions_suggestion_change", args=[case.pk]) + (
            f"?{filters}" if filters else ""
        )

    def way_back(self, request: HttpRequest) -> dict[str, str]:
        preserved = request.GET.get("_changelist_filters", "")
        address = self.list_address(request)
        return {
            "back_url": f"{address}?{preserved}" if preserved else address,
            "keep": self.get_preserved_filters(request),
        }

    def next_in_queue(self, request: HttpRequest, case: Suggestion) -> dict[str, Any]:
        """The case a person working off a queue comes to next."""
        key = dict(parse_qsl(request.GET.get("_changelist_filters", ""))).get("queue", "")
        if key not in queues.BY_KEY:
            return {}
        rows = queues.cases_in(key, visible_to(request.user)).exclude(pk=case.pk)  # type: ignore[arg-type]
        following = rows.order_by("due_on", "received_at").first()
        return {"queue": queues.BY_KEY[key], "next": following}


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly):
    """Only the addresses of the buttons: assignments are shown on the page of their case."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return enters_office(request.user)  # type: ignore[arg-type]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.do_view)
        return [path("<int:pk>/do/<slug:action>/", view, name="suggestions_assignment_do")]

    def do_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        cases: CaseAdmin = self.admin_site.get_model_admin(Suggestion)  # type: ignore[assignment]
        row = Assignment.objects.select_related("unit", "venue", "proposed_unit").filter(pk=pk).first()
        if not self.has_view_permission(request):
            raise PermissionDenied
        if row is None:
            raise Http404
        row.suggestion = cases.get_case(request, row.suggestion_id)
        return actions.do(request, cases, target=row, action=action)
