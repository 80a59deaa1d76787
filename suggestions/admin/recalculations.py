"""Open dates counted anew: past runs with their lines, what a run would do, and the button that does it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common import workdays
from suggestions import recalculation, timeline
from suggestions.enums import ClockKind
from suggestions.models import Recalculation
from suggestions.selectors import sees_all, visible_to

from .base import Register

# A page of thousands of lines helps nobody; the figures above count all of them.
SHOWN = 200
WHAT = {kind.value: kind.label for kind in ClockKind} | timeline.DATES


@admin.register(Recalculation)
class RecalculationAdmin(Register):
    """Whoever keeps the calendar may have the dates counted anew; the office reads what came of it."""

    list_display = ["ran", "asked_by", "years", "looked_at", "moved", "kept"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return sees_all(request.user) or self.may_count(request)  # type: ignore[arg-type]

    def may_count(self, request: HttpRequest) -> bool:
        return request.user.has_perm("common.change_calendarday")

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, "suggestions_recalculation"
        return [
            *super().get_urls(),
            path("count/", view(self.count_view), name=f"{name}_count"),
            path("<int:object_id>/", view(self.run_view), name=f"{name}_run"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recalculation]:
        return super().get_queryset(request).select_related("by").defer("lines")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {
            "needed": recalculation.is_needed(), "calendar_missing": workdays.missing_ahead(),
            "may_count": self.may_count(request), "title": _("Dates counted anew"),
        }  # fmt: skip
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("time"), ordering="ran_at")
    def ran(self, run: Recalculation) -> SafeString:
        return render_to_string("admin/suggestions/oversight/run_link.html", {"run": run})

    @admin.display(description=gettext_lazy("asked for by"))
    def asked_by(self, run: Recalculation) -> str:
        return str(run.by or _("The daily job"))

    def count_view(self, request: HttpRequest) -> HttpResponse:
        """What would move and what would stay; a POST does it."""
        if not self.may_count(request):
            raise PermissionDenied
        if request.method == "POST":
            run = recalculation.run(by=request.user)  # type: ignore[arg-type]
            said = _("Counted anew: %(moved)d dates moved, %(kept)d kept.")
            messages.success(request, said % {"moved": run.moved, "kept": run.kept})
            return redirect("admin:suggestions_recalculation_run", run.pk)
        workdays.forget()
        found = recalculation.plan()
        context = {
            "title": _("Count open dates anew"), "looked_at": found.looked_at,
            "moved": len(found.having(recalculation.MOVED)), "kept": len(found.having(recalculation.KEPT)),
            "calendar_missing": workdays.missing_ahead(), "needed": recalculation.is_needed(),
        }  # fmt: skip
        context |= self.lines(request, [line.written() for line in found.lines])
        return self.page(request, "admin/suggestions/oversight/count.html", context)

    def run_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """One past run with its lines."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = Recalculation.objects.select_related("by").filter(pk=object_id).first()
        if run is None:
            raise Http404
        context = {"title": _("Dates counted anew"), "run": run, "asked_by": self.asked_by(run)}
        context |= {"looked_at": run.looked_at, "moved": run.moved, "kept": run.kept}
        context |= self.lines(request, run.lines)
        return self.page(request, "admin/suggestions/oversight/run.html", context)

    def lines(self, request: HttpRequest, lines: list[dict[str, str]]) -> dict[str, Any]:
        """What is shown of them, those that moved first; a case is named to whoever may see it."""
        shown = sorted(lines, key=lambda line: line["done"] != recalculation.MOVED)[:SHOWN]
        numbers = {line["number"] for line in shown}
        visible = visible_to(request.user).filter(number__in=numbers)  # type: ignore[arg-type]
        seen = dict(visible.values_list("number", "pk"))
        return {
            "lines": [_line(line, seen.get(line["number"])) for line in shown],
            "unshown": max(0, len(lines) - SHOWN),
        }

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, frame | context)


def _line(line: dict[str, str], pk: int | None) -> dict[str, Any]:
    """A line as the page shows it: dates as days, the case only to whom it is visible (`pk`)."""
    return {
        "number": line["number"] if pk else "",
        "url": reverse("admin:suggestions_suggestion_change", args=[pk]) if pk else "",
        "label": WHAT.get(line["what"], line["what"]),
        "of": line["of"],
        "before": parse_date(line["from"]),
        "after": parse_date(line["to"]),
        "moved": line["done"] == recalculation.MOVED,
    }
