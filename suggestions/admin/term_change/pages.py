"""The addresses of the guided step, who may open them, and the page that shows how far it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from deputies.admin import RosterAccess
from deputies.models import Congress, Level, TermChange, TermChangeStatus
from suggestions.forms.term_change import SetUpForm
from suggestions.selectors import sees_all
from suggestions.term_change.drafting import set_up

from . import deciding, lists, matching, stages, upload
from .upload import sent

Page = Callable[[HttpRequest, "TermChangeAdmin", TermChange], HttpResponse]


def with_change(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The change of the address as an argument; 403 for whoever may not look, 404 if there is none."""

    @wraps(page)
    def view(own: "TermChangeAdmin", request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
        if not own.has_view_permission(request):
            raise PermissionDenied
        found = TermChange.objects.select_related("old", "new", "prepared_by", "confirmed_by")
        change = found.filter(pk=pk).first()
        if change is None:
            raise Http404
        return page(own, request, change, **rest)

    return view


@admin.register(TermChange)
class TermChangeAdmin(RosterAccess, admin.ModelAdmin):
    """Clerks prepare; a reviewer or the head, who had no hand in it, confirms; the office looks."""

    view_on_site = False
    goes_out = False

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Any, name: str) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=f"deputies_termchange_{name}")

        return [
            page("", self.list_page, "changelist"),
            page("add/", self.add_page, "add"),
            page("<int:pk>/change/", self.stages_page, "change"),
            page("<int:pk>/set-up/", self.set_up_page, "set_up"),
            page("<int:pk>/file/", self.file_page, "file"),
            page("<int:pk>/file/template/", self.template_page, "template"),
            page("<int:pk>/file/take/", self.take_page, "take"),
            page("<int:pk>/rows/", self.rows_page, "rows"),
            page("<int:pk>/rows/agree/", self.agree_page, "agree"),
            page("<int:pk>/rows/<int:row>/", self.row_page, "row"),
            page("<int:pk>/confirm/", self.confirm_page, "confirm"),
            page("<int:pk>/undo/", self.undo_page, "undo"),
            page("<int:pk>/carry-out/", self.carry_out_page, "carry_out"),
            page("<int:pk>/hand-over/", self.hand_over_page, "hand_over"),
            page("<int:pk>/hand-over/xlsx/", self.hand_over_file, "hand_over_file"),
        ]

    # What all pages share ------------------------------------------------------------------------

    def address(self, change: TermChange, name: str = "change", *more: int) -> str:
        return reverse(f"admin:deputies_termchange_{name}", args=[change.pk, *more])

    def render(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/term_change/{template}.html", frame | context)

    def check_clerk(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def is_draft(self, request: HttpRequest, change: TermChange) -> bool:
        """Whether it can still be changed; if not, a message says so."""
        if change.status == TermChangeStatus.DRAFT:
            return True
        messages.warning(
            request,
            _("This change of term is “%(status)s” and can no longer be edited.")
            % {"status": change.get_status_display()},
        )
        return False

    # Pages ---------------------------------------------------------------------------------------

    def list_page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = TermChange.objects.select_related("old", "new").annotate(seats=Count("rows"))
        context = {
            "title": _("Changes of term"), "changes": list(found), "may_add": self.has_add_permission(request)
        }  # fmt: skip
        return self.render(request, "list", context)

    def add_page(self, request: HttpRequest) -> HttpResponse:
        self.check_clerk(request)
        return self._set_up(request, None)

    @with_change
    def stages_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return self.render(request, "stages", stages.context(request, self, change))

    @with_change
    def set_up_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        self.check_clerk(request)
        if not self.is_draft(request, change):
            return redirect(self.address(change))
        return self._set_up(request, change)

    def _set_up(self, request: HttpRequest, change: TermChange | None) -> HttpResponse:
        initial = None if change else _guess()
        form = SetUpForm(sent(request), change=change, initial=initial)
        if request.method == "POST" and form.is_valid():
            user: Any = request.user
            try:
                saved = set_up(change, user=user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect(self.address(saved))
        title = _("Begin a change of term") if change is None else _("Set up")
        back = self.address(change) if change else reverse("admin:deputies_termchange_changelist")
        return self.render(request, "set_up", {"title": title, "form": form, "change": change, "back": back})

    @with_change
    def file_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return upload.choose(request, self, change)

    @with_change
    def template_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return upload.template(request, self, change)

    @with_change
    def take_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return upload.take(request, self, change)

    @with_change
    def rows_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return matching.rows(request, self, change)

    @with_change
    def agree_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return matching.agree_all(request, self, change)

    @with_change
    def row_page(self, request: HttpRequest, change: TermChange, row: int) -> HttpResponse:
        return matching.row(request, self, change, row)

    @with_change
    def confirm_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return deciding.confirm_page(request, self, change)

    @with_change
    def undo_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return deciding.undo_page(request, self, change)

    @with_change
    def carry_out_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        return deciding.carry_out_page(request, self, change)

    @with_change
    def hand_over_page(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        self._check_cases(request)
        return lists.page(request, self, change)

    @with_change
    def hand_over_file(self, request: HttpRequest, change: TermChange) -> HttpResponse:
        self._check_cases(request)
        return lists.file(request, self, change)

    def _check_cases(self, request: HttpRequest) -> None:
        """The list names cases, which who only manages rosters does not see."""
        if not sees_all(request.user):  # type: ignore[arg-type]
            raise PermissionDenied


def _guess() -> dict[str, Any]:
    """The district's newest term, which is what changes most often here."""
    newest = Congress.objects.filter(level=Level.DISTRICT, frozen_at=None).order_by("-ordinal").first()
    return {"old": newest, "ordinal": newest.ordinal + 1} if newest else {}
