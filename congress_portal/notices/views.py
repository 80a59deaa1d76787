"""The inbox and its settings, for everybody who is signed in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress_portal.common.audience import signed_in
from congress_portal.common.pages import page_of

from . import inbox, kinds
from .forms import SettingsForm
from .models import UNREAD, rules


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the person has been told, newest first; `?unread=1` only what has not been read."""
    user: Any = request.user
    rows = inbox.notices_of(user)
    only_unread = request.GET.get("unread") == "1"
    page = page_of(rows.filter(UNREAD) if only_unread else rows, request.GET.get("page", ""))
    context = {
        "page": page,
        "rows": [(row, kinds.label_of(row.kind)) for row in page.object_list],
        "only_unread": only_unread,
        # What comes in after this page was made is not marked by its button.
        "newest": page.object_list[0].posted_at.isoformat() if page.object_list and page.number == 1 else "",
    }
    return render(request, "notices/inbox.html", context)


@signed_in
@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and lead on to what it is about; 404 for anybody else's."""
    user: Any = request.user
    notice = inbox.notices_of(user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    inbox.mark_read(user, pk=pk)
    return redirect(notice.path or "inbox")


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice (`notice`), or all up to the date of the newest that was shown (`upto`), as read."""
    user: Any = request.user
    one, upto = request.POST.get("notice", ""), _moment(request.POST.get("upto", ""))
    if one.isascii() and one.isdigit() and len(one) < 19:
        inbox.mark_read(user, pk=int(one))
    elif upto:
        inbox.mark_read(user, upto=upto)
    return redirect("inbox")


def _moment(sent: str) -> datetime | None:
    """What a browser sent, as an aware moment; None for nonsense."""
    try:
        found = datetime.fromisoformat(sent)
    except ValueError:
        return None
    return None if is_naive(found) else found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Which notices reach the person, by which channel, and at which address."""
    form = SettingsForm(request.POST or None, user=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("inbox_settings")
    return render(request, "notices/settings.html", {"form": form, "rules": rules()})
