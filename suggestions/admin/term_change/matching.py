"""Who each row is: the list with its filters, the plain ones together, the others one by one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.common.text import clean_line
from deputies.matching import CERTAIN, Reason
from deputies.models import TermChange, TermChangeStatus, TermMatch, TermRow
from suggestions.errors import DoorError
from suggestions.forms.term_change import MatchForm
from suggestions.term_change import candidates
from suggestions.term_change.drafting import agree, decide

from .upload import sent

PER_PAGE = 50
FILTERS = {
    "todo": Q(is_confirmed=False),
    "open": Q(is_confirmed=False, match=TermMatch.OPEN),
    "done": Q(is_confirmed=True),
    "all": Q(),
}
TAGS = {TermMatch.OPEN: "waiting", TermMatch.SAME: "done", TermMatch.NEW: "moving"}


def rows(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    show = request.GET.get("show", "")
    counts = change.rows.aggregate(**{name: Count("pk", filter=found) for name, found in FILTERS.items()})
    if show not in FILTERS:
        show = "todo" if counts["todo"] else "all"
    name = clean_line(request.GET.get("name", ""))[:20]
    found = change.rows.filter(FILTERS[show]).select_related("deputy")
    if name:
        found = found.filter(Q(name__icontains=name) | Q(organisation__icontains=name))
    page = Paginator(found.order_by("line"), PER_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    told(listed)
    may_decide = own.has_change_permission(request) and change.status == TermChangeStatus.DRAFT
    return own.render(
        request,
        "rows",
        {
            "title": _("Match people"), "change": change, "page": page, "rows": listed, "name": name,
            "show": show, "tabs": _tabs(show, name, counts), "counts": counts, "may_decide": may_decide,
            "certain": _certain(change) if may_decide else [], "reserved": _address(own, change, show, name),
        },
    )  # fmt: skip


def told(found: list[TermRow]) -> None:
    """Each row gets `.known` (people of the name), `.reason` and `.tag`, in a fixed number of queries."""
    matched = [row.deputy for row in found if row.deputy]
    people = candidates.known((row.name for row in found), matched)
    for row in found:
        more = row.__dict__
        more["known"] = [row.deputy] if row.deputy else people.get(row.name, [])
        more["reason"] = Reason(row.match_reason).label if row.match_reason in Reason.values else ""
        more["tag"] = TAGS[TermMatch(row.match)]


def _tabs(show: str, name: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "todo": _("To decide"), "open": _("In doubt"), "done": _("Decided"), "all": _("All rows"),
    }  # fmt: skip
    return [
        {
            "label": label, "url": f"?{_query(key, name)}", "current": key == show, "count": counts[key],
        }
        for key, label in labels.items()
    ]  # fmt: skip


def _query(show: str, name: str, page: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({key: value for key, value in (("show", show), ("name", name), ("page", page)) if value})
    return query.urlencode()


def _address(own: Any, change: TermChange, show: str, name: str) -> str:
    return f"{own.address(change, 'rows')}?{_query(show, name)}"


def _certain(change: TermChange) -> list[dict[str, Any]]:
    """The two kinds that may be confirmed together, if there are any."""
    plain = Q()
    for match, reason in CERTAIN.items():
        plain |= Q(match=match, match_reason=reason)
    found = change.rows.filter(plain, is_confirmed=False).order_by().values_list("match")
    counts = dict(found.annotate(count=Count("pk")))
    words = {
        TermMatch.SAME: _("Confirm all with the same name and unit: %(count)d"),
        TermMatch.NEW: _("Confirm all as new whose name nobody has: %(count)d"),
    }
    return [
        {"match": match, "label": words[match] % {"count": counts[match]}}
        for match in CERTAIN
        if counts.get(match)
    ]


def agree_all(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    own.check_clerk(request)
    match = request.POST.get("match", "")
    if request.method == "POST" and match in CERTAIN:
        user: Any = request.user
        try:
            count = agree(change, match, user=user)
        except DoorError as error:
            messages.error(request, str(error))
            return redirect(own.address(change))
        text = ngettext("%(count)d row is confirmed.", "%(count)d rows are confirmed.", count)
        messages.success(request, text % {"count": count})
    return redirect(own.address(change, "rows"))


def row(request: HttpRequest, own: Any, change: TermChange, pk: int) -> HttpResponse:
    found = change.rows.select_related("deputy", "change").filter(pk=pk).first()
    if found is None:
        raise Http404
    own.check_clerk(request)
    if not own.is_draft(request, change):
        return redirect(own.address(change, "rows"))
    also = [found.deputy] if found.deputy else []
    known = candidates.known([found.name], also).get(found.name, [])
    form = MatchForm(sent(request), row=found, known=known)
    if request.method == "POST" and form.is_valid():
        answer = _decide(request, own, change, found, form)
        if answer is not None:
            return answer
    following = _following(change, found)
    told([found])
    context = {
        "title": _("Row %(line)d: %(name)s") % {"line": found.line, "name": found.name},
        "change": change, "row": found, "form": form, "facts": _facts(found), "next": following,
    }  # fmt: skip
    return own.render(request, "row", context)


def _decide(
    request: HttpRequest, own: Any, change: TermChange, found: TermRow, form: MatchForm
) -> HttpResponse | None:
    user: Any = request.user
    given = form.cleaned_data
    try:
        decide(found, match=given["match"], deputy=given["deputy"], user=user)
    except DoorError as error:
        form.add_error("who", str(error.message))
        return None
    following = _following(change, found)
    if following is None:
        messages.success(request, _("It is decided for everybody who it is."))
        return redirect(own.address(change))
    return redirect(own.address(change, "row", following.pk))


def _following(change: TermChange, found: TermRow) -> TermRow | None:
    """The next row to decide, those in doubt first; after the last the first again."""
    waiting: QuerySet[TermRow] = change.rows.filter(is_confirmed=False).exclude(pk=found.pk)
    doubtful = waiting.filter(match=TermMatch.OPEN)
    for these in (doubtful, waiting):
        following = (
            these.filter(line__gt=found.line).order_by("line").first() or these.order_by("line").first()
        )
        if following:
            return following
    return None


def _facts(found: TermRow) -> list[tuple[str, str]]:
    """What the file says, without empty cells."""
    said = (
        (_("Name"), found.name),
        (_("Gender"), found.get_gender_display()),
        (_("Ethnicity"), found.ethnicity),
        (_("Organisation"), found.organisation),
        (_("Position"), found.position),
        (_("Electoral district"), found.electoral_district),
        (_("Electing unit"), found.electing_unit),
        (_("Delegation"), found.delegation),
        (_("Certificate number"), found.certificate_number),
        (_("Venues"), found.venues),
    )
    return [(label, value) for label, value in said if value]
