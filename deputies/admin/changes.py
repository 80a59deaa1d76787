"""What happened to one mandate: the list of it, the form for more, and how a mistake is struck out."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from congress_portal.common import clock
from deputies import services
from deputies.forms import ChangeForm, StrikeForm
from deputies.models import Mandate, MandateEvent, MandateStatus

from .base import RosterAccess


def changes_view(request: HttpRequest, mandates: Any, pk: int) -> HttpResponse:
    """All that is recorded of the mandate, newest first, and for clerks the form. `mandates`: the admin."""
    if not mandates.has_view_permission(request):
        raise PermissionDenied
    may_change = mandates.has_change_permission(request)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    mandate = mandate_or_404(pk)
    first = {"kind": request.GET.get("kind", "")[:12], "effective_on": clock.today()}
    if first["kind"] == "BY_ELECTION":
        first["effective_on"] = mandate.starts_on
    form = ChangeForm(request.POST or None, mandate=mandate, initial=first)
    if request.method == "POST":
        event = form.record(request.user)  # type: ignore[arg-type]
        if event is not None:
            said = {"change": event.get_kind_display(), "day": event.effective_on.isoformat()}
            messages.success(request, _("Recorded: %(change)s, effective on %(day)s.") % said)
            return redirect(address(mandate))
    context = {
        **_frame(request, mandates, mandate),
        "title": _("Changes of the mandate"),
        "form": form if may_change and form.is_possible else None,
        "is_closed": mandate.congress.frozen_at is not None,
        "entries": _entries(mandate, may_change=may_change),
    }
    return TemplateResponse(request, "admin/deputies/changes.html", context)


def strike_view(request: HttpRequest, mandates: Any, pk: int, event: int) -> HttpResponse:
    """Asks why a change is taken back."""
    if not mandates.has_change_permission(request):
        raise PermissionDenied
    mandate = mandate_or_404(pk)
    row = mandate.events.filter(pk=event).first()
    if row is None:
        raise Http404
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.strike(row, request.user):  # type: ignore[arg-type]
        messages.success(request, _("Struck out: %(change)s.") % {"change": row.get_kind_display()})
        return redirect(address(mandate))
    context = {
        **_frame(request, mandates, mandate),
        "title": _("Strike out: %(change)s") % {"change": row.get_kind_display()},
        "form": form,
        "event": row,
    }
    return TemplateResponse(request, "admin/deputies/strike.html", context)


def address(mandate: Mandate) -> str:
    return reverse("admin:deputies_mandate_changes", args=[mandate.pk])


def mandate_or_404(pk: int) -> Mandate:
    """The mandate with person, congress and today's `.status`."""
    rows = Mandate.objects.with_status(clock.today()).select_related("deputy", "congress")
    # No key of a row is longer.
    mandate = rows.filter(pk=pk).first() if pk < 1 << 62 else None
    if mandate is None:
        raise Http404
    return mandate


def _frame(request: HttpRequest, mandates: Any, mandate: Any) -> dict[str, Any]:
    rows = [
        (_("Status today"), MandateStatus(mandate.status).label),
        (_("Congress"), mandate.congress),
        (_("Elected by"), mandate.electoral_district or mandate.electing_unit),
        (_("Delegation"), mandate.delegation),
        (pgettext("mandate", "From"), mandate.starts_on.isoformat()),
        (_("First day out of office"), mandate.ends_on.isoformat() if mandate.ends_on else ""),
    ]
    return {
        **mandates.admin_site.each_context(request),
        "opts": mandates.opts,
        "mandate": mandate,
        "facts": [{"label": label, "value": value or "—"} for label, value in rows],
        "list_url": reverse("admin:deputies_mandate_changelist"),
        "mandate_url": reverse("admin:deputies_mandate_change", args=[mandate.pk]),
        "changes_url": address(mandate),
    }


def _entries(mandate: Mandate, *, may_change: bool) -> list[dict[str, Any]]:
    """What the page shows of each change; only the last one that counts can be struck out."""
    counting = services.changes_of(mandate)
    last = counting[-1].pk if counting else None
    may_change = may_change and mandate.congress.frozen_at is None
    rows = mandate.events.select_related("recorded_by", "struck_out_by").order_by("-effective_on", "-pk")
    return [
        {
            "event": row,
            "is_ahead": row.effective_on > clock.today() and row.struck_out_at is None,
            "until": row.until if row.kind == "SUSPENDED" else None,
            "strike_url": reverse("admin:deputies_mandate_strike", args=[mandate.pk, row.pk])
            if may_change and row.struck_out_at is None and (row.pk == last or row.kind == "BY_ELECTION")
            else "",
        }
        for row in rows
    ]


@admin.register(MandateEvent)
class MandateEventAdmin(RosterAccess, admin.ModelAdmin):
    """All changes of all mandates, for looking; each is recorded at its mandate."""

    actions = None
    list_per_page = 50
    list_display = [
        "effective_on", "deputy", "congress", "kind", "announced_on", "document_number", "recorded_by",
        "is_struck_out",
    ]  # fmt: skip
    list_display_links = None
    list_filter = [
        "kind", "mandate__congress__level", "mandate__congress", ("struck_out_at", admin.EmptyFieldListFilter)
    ]  # fmt: skip
    list_select_related = ["mandate__deputy", "mandate__congress", "recorded_by"]
    search_fields = [
        "mandate__deputy__name", "mandate__deputy__key", "mandate__deputy__pinyin", "document_number",
    ]  # fmt: skip
    ordering = ["-effective_on", "-pk"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[MandateEvent]:
        return super().get_queryset(request).select_related("mandate__deputy", "mandate__congress")

    @admin.display(description=gettext_lazy("deputy"), ordering="mandate__deputy__sort_key")
    def deputy(self, event: MandateEvent) -> str:
        person = event.mandate.deputy
        return format_html('<a href="{}">{} {}</a>', address(event.mandate), person.key, person.name)

    @admin.display(description=gettext_lazy("congress"))
    def congress(self, event: MandateEvent) -> str:
        return str(event.mandate.congress)

    @admin.display(description=gettext_lazy("struck out"))
    def is_struck_out(self, event: MandateEvent) -> str:
        return event.struck_out_reason or "—"
