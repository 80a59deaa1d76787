"""Actions of the case list: choose, look at what would happen to each case, do it, read what was done."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suggestions import bulk
from suggestions.actors import Actor
from suggestions.forms.bulk import FORMS, BulkForm
from suggestions.models import Suggestion

TITLES: dict[str, str | Promise] = {
    "accept": gettext_lazy("Accept several cases"),
    "assign": gettext_lazy("Assign several cases"),
    "merge": gettext_lazy("Join several cases"),
}
# The button that acts; the other one, and coming from the list, only show what would happen.
DO = "do"


@admin.action(description=gettext_lazy("Accept"), permissions=["work"])
def bulk_accept(cases: Any, request: HttpRequest, queryset: QuerySet[Suggestion]) -> HttpResponse | None:
    return _page(cases, request, queryset, "accept")


@admin.action(description=gettext_lazy("Assign"), permissions=["work"])
def bulk_assign(cases: Any, request: HttpRequest, queryset: QuerySet[Suggestion]) -> HttpResponse | None:
    return _page(cases, request, queryset, "assign")


@admin.action(description=gettext_lazy("Join to another"), permissions=["work"])
def bulk_merge(cases: Any, request: HttpRequest, queryset: QuerySet[Suggestion]) -> HttpResponse | None:
    return _page(cases, request, queryset, "merge")


ACTIONS = [bulk_accept, bulk_assign, bulk_merge]


def _page(
    cases: Any, request: HttpRequest, queryset: QuerySet[Suggestion], action: str
) -> HttpResponse | None:
    """None: back to the list, with a message that says why."""
    step = request.POST.get("step", "")
    # Once chosen they stay chosen: a case that has left the list meanwhile is told about, not left out.
    pks = (
        posted_keys(request)
        if step
        else list(queryset.order_by().values_list("pk", flat=True)[: bulk.MOST + 1])
    )
    if len(pks) > bulk.MOST:
        text = _("At most %(count)d cases at once. Choose fewer, or narrow the list.")
        messages.error(request, text % {"count": bulk.MOST})
        return None
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    found = bulk.chosen(pks, actor.person)
    form = FORMS[action](request.POST if step else None, cases=found, user=actor.person)
    bound = form if step else _with_defaults(form, action, found, actor)
    valid = bound.is_valid()
    lines = bound.lines() if valid else [bulk.Line(case, "") for case in found]
    same = step == DO and request.POST.get("stamp") == bound.stamp()
    if valid and same:
        outcomes = bulk.carry_out(action, lines, actor, _versions(request), missing=len(pks) - len(found))
        return _result(cases, request, action, outcomes)
    if valid:
        bulk.rehearse(action, lines, actor)
    context = {
        "form": bound if step else form,
        "lines": lines,
        "ready": sum(not line.why_not and not line.stays for line in lines) if valid else 0,
        "stamp": bound.stamp(),
        "changed": step == DO and valid,
        "missing": len(pks) - len(found),
        "valid": valid,
    }
    return _render(cases, request, action, "page", context)


def _with_defaults(form: BulkForm, action: str, found: list[Suggestion], actor: Actor) -> BulkForm:
    """The form as if it had been sent as it is first shown."""
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    filled = {name: str(value) for name, value in data.items() if value not in (None, False)}
    return FORMS[action](filled, cases=found, user=actor.person)


def posted_keys(request: HttpRequest) -> list[int]:
    """Keys of the ticked cases, each once; what could be no key is left out."""
    sent = request.POST.getlist("_selected_action")
    return [int(pk) for pk in dict.fromkeys(sent) if pk.isascii() and pk.isdecimal() and len(pk) < 18]


def _versions(request: HttpRequest) -> dict[int, int]:
    """Key → version of the page that was looked at."""
    pairs = (sent.partition(":") for sent in request.POST.getlist("seen"))
    return {
        int(pk): int(version)
        for pk, _colon, version in pairs
        if pk.isdecimal() and version.isdecimal() and len(pk) < 18 and len(version) < 10
    }


def _result(cases: Any, request: HttpRequest, action: str, outcomes: list[bulk.Outcome]) -> TemplateResponse:
    context = {
        "outcomes": sorted(outcomes, key=lambda outcome: outcome.done),
        "done": sum(outcome.done for outcome in outcomes),
        "failed": sum(not outcome.done for outcome in outcomes),
    }
    return _render(cases, request, action, "result", context)


def _render(
    cases: Any, request: HttpRequest, action: str, name: str, context: dict[str, Any]
) -> TemplateResponse:
    context = {
        **cases.frame(request),
        "title": TITLES[action],
        "action": f"bulk_{action}",
        "list_url": request.get_full_path(),
        **context,
    }
    return TemplateResponse(request, f"admin/suggestions/bulk/{name}.html", context)
