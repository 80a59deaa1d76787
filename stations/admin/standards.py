"""Standards as rows, and the inspections by which venues are measured."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deputies.admin import RosterAdmin, RosterInline
from stations import evidence, standings
from stations.inspection_forms import BoardFilter, ChooseForm, InspectionForm
from stations.models import (
    Inspection,
    InspectionMark,
    StandardChecklist,
    StandardItem,
    Street,
    VenueKind,
)
from stations.services.standards import save_inspection

VENUES_A_PAGE = 50


class ChecklistForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("holds for"), required=False, choices=VenueKind, widget=forms.CheckboxSelectMultiple,
        help_text=_("Kinds of venue; none chosen means all"),
    )  # fmt: skip


class ItemForm(forms.ModelForm):
    """What was inspected keeps its words: a used line is taken out of use, and a new one added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "points" in self.fields:
            # Lines without points would leave nothing to divide by.
            self.fields["points"].min_value = 1  # type: ignore[attr-defined]
            self.fields["points"].widget.attrs["min"] = 1
        if "text" in self.fields and getattr(self.instance, "is_used", False):
            self.fields["text"].disabled = True

    def clean_points(self) -> int:
        points: int = self.cleaned_data["points"]
        if points < 1:
            raise ValidationError(_("At least one point."))
        return points


class ItemInline(RosterInline):
    model = StandardItem
    form = ItemForm
    fields = ["text", "points", "order", "is_active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StandardItem]:
        used = InspectionMark.objects.filter(item=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_used=Exists(used))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Lines that were never used; the others are protected by their marks.
        return self.has_change_permission(request, obj)


@admin.register(StandardChecklist)
class StandardChecklistAdmin(RosterAdmin):
    form = ChecklistForm
    fields = ["code", "name", "kinds", "is_active", "order"]
    list_display = ["name", "code", "holds_for_kinds", "is_active", "order"]
    search_fields = ["name", "code"]
    inlines = [ItemInline]

    @admin.display(description=_("holds for"))
    def holds_for_kinds(self, checklist: StandardChecklist) -> str:
        labels = [str(kind.label) for kind in VenueKind if kind.value in checklist.kinds]
        return "、".join(labels) or _now("All kinds")


@admin.register(Inspection)
class InspectionAdmin(RosterAdmin):
    """The list is Django's; a page is ours, made for a phone held in the venue."""

    list_display = ["venue", "checklist", "inspected_on", "met_of", "score_shown", "stars", "inspector"]
    list_filter = ["checklist", "venue__kind", "venue__street", "stars"]
    list_select_related = ["venue", "checklist"]
    search_fields = ["venue__name", "venue__code", "inspector"]
    date_hierarchy = "inspected_on"
    change_list_template = "admin/stations/inspections.html"

    @admin.display(description=_("requirements met"))
    def met_of(self, inspection: Inspection) -> str:
        return f"{inspection.met} / {inspection.total}"

    @admin.display(description=_("score"), ordering="score")
    def score_shown(self, inspection: Inspection) -> str:
        return str(inspection.score) if inspection.total else self.get_empty_value_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("board/", view(self.board_view), name="stations_inspection_board"),
            path("evidence/<int:pk>.jpg", view(self.evidence_view), name="stations_inspection_evidence"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """First the venue and the standard, by a form or a link of the board; then the lines to tick."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = ChooseForm(request.GET if "standard" in request.GET else None)
        if not chosen.is_valid():
            if not chosen.is_bound and request.GET.get("venue") in chosen.places:
                chosen.initial["venue"] = request.GET["venue"]
            return self._page(request, "choose", title=_now("New inspection"), form=chosen)
        venue, checklist = chosen.chosen_rows()
        inspection = Inspection(venue=venue, checklist=checklist)
        return self._inspect(request, inspection, title=_now("New inspection"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The inspection with its photos and what was changed; to be corrected by who keeps the rosters."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        inspection = self.model.objects.select_related("venue", "checklist").get(pk=found.pk)
        title = _now("Inspection of %(day)s") % {"day": inspection.inspected_on.isoformat()}
        if self.has_change_permission(request):
            return self._inspect(request, inspection, title=title)
        marks = inspection.marks.select_related("item").order_by("item__order", "item")
        changes = standings.changes_of(inspection)
        return self._page(request, "read", title=title, inspection=inspection, marks=marks, changes=changes)

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """Venues × standards, the longest neglected first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        checklists = StandardChecklist.objects.filter(is_active=True)
        form = BoardFilter(request.GET, streets=list(Street.objects.all()), checklists=list(checklists))
        chosen: dict[str, Any] = form.chosen("kind", "street", "standard", "open")
        only_open = bool(chosen.pop("open"))
        board = standings.board(**chosen, only_open=only_open)
        page = Paginator(board.rows, VENUES_A_PAGE).get_page(request.GET.get("page"))
        may_inspect = self.has_add_permission(request)
        return self._page(
            request, "board", title=_now("Standards: who meets what"), form=form, board=board, page=page,
            may_inspect=may_inspect,
        )  # fmt: skip

    def evidence_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The photo of a mark, for the office's staff only."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return evidence.response(
            InspectionMark.objects.filter(pk=pk).values_list("photo", flat=True).first() or ""
        )

    def _inspect(self, request: HttpRequest, inspection: Inspection, *, title: str) -> HttpResponse:
        user: Any = request.user
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = InspectionForm(*sent, inspection=inspection, inspector=user.name or user.get_username())
        if form.is_valid() and self._save(inspection, form):
            counts = {"venue": inspection.venue, "met": inspection.met, "total": inspection.total}
            messages.success(request, _now("Saved: %(venue)s meets %(met)d of %(total)d.") % counts)
            return redirect("admin:stations_inspection_board")
        changes = standings.changes_of(inspection) if inspection.pk else []
        return self._page(request, "inspect", title=title, form=form, inspection=inspection, changes=changes)

    def _save(self, inspection: Inspection, form: InspectionForm) -> bool:
        for name in ("inspected_on", "inspector", "stars", "note"):
            setattr(inspection, name, form.cleaned_data[name])
        try:
            save_inspection(inspection, form.given(), seen=form.seen_version())
        except ValidationError as error:
            form.add_error(None, error)
        return form.is_valid()

    def _page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/stations/standards/{name}.html", {**frame, **context})
