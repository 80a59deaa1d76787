"""What the case list of the office offers beside itself: saved filters, marks, the due calendar."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress_portal.accounts.models import User
from congress_portal.common.pages import capped_counts
from congress_portal.exports.listing import ExportsList
from suggestions.lists import bookmarks, due, saved
from suggestions.models import SavedFilter, Suggestion
from suggestions.selectors import visible_to
from suggestions.views.lists import due as due_page
from suggestions.views.lists import marks
from suggestions.views.lists import saved as saved_pages
from suggestions.views.lists.sides import Side

from .filters import FILTERS, Filter

# What narrows the list besides its filters: words, and the order.
SEARCH, ORDER = "q", "o"
KNOWN: saved.Known = {
    **{str(each.parameter_name): each.understands for each in FILTERS},
    SEARCH: lambda value: bool(value.strip()),
    ORDER: lambda value: value.isascii() and all(part.lstrip("-").isdigit() for part in value.split(".")),
}


class OwnLists(ExportsList):
    """Mixed into the admin of cases."""

    def list_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            self.sheet_path(),
            path("saved/", view(self.saved_view), name="suggestions_suggestion_saved"),
            path(
                "saved/<int:pk>/rename/", view(self.rename_view), name="suggestions_suggestion_saved_rename"
            ),
            path("saved/<int:pk>/delete/", view(self.drop_view), name="suggestions_suggestion_saved_delete"),
            path("due/", view(self.due_view), name="suggestions_suggestion_due"),
            path("<int:pk>/mark/", view(self.mark_view), name="suggestions_suggestion_mark"),
        ]

    @method_decorator(never_cache)
    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def saved_view(self, request: HttpRequest) -> HttpResponse:
        return saved_pages.index(request, self.side(request))

    @method_decorator(require_POST)
    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return saved_pages.rename(request, self.side(request), pk)

    @method_decorator(require_POST)
    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return saved_pages.delete(request, self.side(request), pk)

    @method_decorator(never_cache)
    @method_decorator(require_safe)
    def due_view(self, request: HttpRequest) -> HttpResponse:
        side = self.side(request)
        return due_page.index(request, side, due.office(request.user))  # type: ignore[arg-type]

    @method_decorator(require_POST)
    def mark_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        side, case = self.side(request), self.get_case(request, pk)  # type: ignore[attr-defined]
        return marks.mark(request, side, case, case_url=self.address(request, case))  # type: ignore[attr-defined]

    def side(self, request: HttpRequest, specs: Iterable[Any] = ()) -> Side:
        """`specs`: the filters a page has made already."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        made: dict[str, Filter] = {spec.parameter_name: spec for spec in specs}
        everything = visible_to(request.user)  # type: ignore[arg-type]

        def cases(given: Mapping[str, str]) -> QuerySet[Suggestion]:
            found = everything
            for each in FILTERS:
                name = str(each.parameter_name)
                if name in given:
                    # Filled with its choices once, however many lists are narrowed by it.
                    made.setdefault(name, each(request, {}, Suggestion, self))
                    found = made[name].narrow(found, given[name])
            return self.get_search_results(request, found, given.get(SEARCH, ""))[0]

        return Side(
            where=SavedFilter.Where.OFFICE, home="admin:suggestions_suggestion_changelist",
            prefix="admin:suggestions_suggestion_", folder="admin/suggestions/lists", known=KNOWN,
            cases=cases, frame={**self.admin_site.each_context(request), "opts": self.opts},
        )  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            response.context_data |= self._around(request, response.context_data["cl"])
        return response

    def _around(self, request: HttpRequest, found: ChangeList) -> dict[str, Any]:
        user: Any = request.user
        side = self.side(request, found.filter_specs)
        return {
            "saved": saved_pages.links(request, side),
            "saved_url": side.url("saved"),
            "due_url": side.url("due"),
            "mine_url": side.list_of({"mine": "1"}),
            "mine_count": capped_counts(
                User.objects.filter(pk=user.pk), [bookmarks.mine(visible_to(user), user)]
            )[0],
            "nothing_to_export": not found.result_count,
            "mine_empty": set(found.params) == {"mine"},
            "query": saved.read(request.GET.urlencode(), KNOWN).text,
        }

    def mark_panel(self, request: HttpRequest, case: Suggestion) -> dict[str, Any]:
        return marks.panel(request, case, reverse("admin:suggestions_suggestion_mark", args=[case.pk]))
