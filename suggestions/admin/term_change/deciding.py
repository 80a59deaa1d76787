"""The three steps that count: confirm, take back, carry out. Each shows what it does before it does it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date
from deputies.models import TermChange, TermChangeStatus
from suggestions.errors import DoorError, Forbidden
from suggestions.term_change.carrying import carry_out, is_due
from suggestions.term_change.confirming import SIGNERS, confirm, refusal, undo
from suggestions.term_change.plan import Plan

SHOWN = 30


def confirm_page(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    """The effect for everybody who may look; the button for who may press it."""
    if request.method == "POST":
        return _do(request, own, change, confirm, _("Confirmed. It takes effect on %(day)s."))
    user: Any = request.user
    draft = change.status == TermChangeStatus.DRAFT
    plan = Plan(change)
    context = {
        "title": _("Effect of the change of term"),
        "change": change,
        "draft": draft,
        "figures": plan.figures if draft else change.result.get("figures", {}),
        "obstacles": plan.obstacles if draft else [],
        "why_not": refusal(change, user) if draft else "",
        "at_once": change.switch_on <= clock.today(),
        "empty": plan.empty if change.status != TermChangeStatus.DONE else [],
        "unposted": plan.unposted[:SHOWN] if draft else [],
        "unposted_more": max(0, len(plan.unposted) - SHOWN) if draft else 0,
    }
    return own.render(request, "effect", context)


def undo_page(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    user: Any = request.user
    if user.is_superuser or not user.has_role(*SIGNERS):
        raise PermissionDenied
    if request.method == "POST":
        return _do(request, own, change, undo, _("Taken back. The change of term is a draft again."))
    if change.status != TermChangeStatus.CONFIRMED or change.switch_on <= clock.today():
        messages.warning(request, _("This can no longer be taken back."))
        return redirect(own.address(change))
    text = _("Mandates, people and postings written at the confirmation go again, and the old seats have "
             "their open end back. The rows and their matches stay.")  # fmt: skip
    return _ask(
        request, own, change, title=_("Take the confirmation back?"), text=text, button=_("Take it back")
    )


def carry_out_page(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    user: Any = request.user
    if not own.has_change_permission(request) and not user.has_role(*SIGNERS):
        raise PermissionDenied
    if request.method == "POST":
        return _do(request, own, change, _carry_out, _("Done. The record of the old term is closed."))
    if not is_due(change):
        messages.warning(request, _("It is not the day yet, or it is done already."))
        return redirect(own.address(change))
    text = _("The record of the old term closes, and what those who leave held comes free. "
             "Otherwise the portal does it next night.")  # fmt: skip
    return _ask(
        request, own, change, title=_("Carry the change of term out now?"), text=text, button=_("Do it now")
    )


def _carry_out(change: TermChange, *, user: Any) -> TermChange:
    return carry_out(change, by=user)


def _do(
    request: HttpRequest, own: Any, change: TermChange, step: Callable[..., TermChange], told: str
) -> HttpResponse:
    try:
        change = step(change, user=request.user)
    except Forbidden as error:
        raise PermissionDenied(str(error)) from error
    except DoorError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told % {"day": zh_date(change.switch_on)})
    return redirect(own.address(change))


def _ask(
    request: HttpRequest, own: Any, change: TermChange, *, title: str, text: str, button: str
) -> HttpResponse:
    context = {"title": title, "text": text, "button": button, "change": change, "back": own.address(change)}
    return own.render(request, "ask", context)
