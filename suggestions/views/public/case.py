"""One number, three faces: the own case, a published one, or the question for the code."""

import io
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congress_portal.accounts.models import User
from congress_portal.common.audience import public
from congress_portal.notices import inbox
from congress_portal.notices.models import UNREAD
from suggestions import dates, hands, tracking, verdicts
from suggestions.enums import State
from suggestions.forms.tracking import RateForm
from suggestions.letters import letters
from suggestions.models import Publication, Suggestion
from suggestions.selectors import public as published
from suggestions.selectors import visible_to
from suggestions.services import available_moves

from . import access, confirming, rating
from .pages import ACTIONS, ASKED
from .track import ask_code


@public
@never_cache
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The tracking page for owner and holder; for others the public page, or the question for the code."""
    mine = access.open_mine(request, number)
    if mine is not None:
        return _follow(request, mine)
    publication = published().filter(suggestion__number=number).first()
    if publication is not None:
        return _published(request, publication)
    return ask_code(request, number, desk_url=desk_address(request, number))


def _follow(request: HttpRequest, mine: Suggestion) -> HttpResponse:
    user = access.user_of(request)
    if user and user.pk == mine.resident_id:
        _read(user, mine.number)
    moves = available_moves(access.actor_for(request, mine), mine)
    names = {move.action for move in moves}
    levels = tracking.rating_moves(moves)
    current, earlier = letters(mine)
    context = _stands(mine) | {
        "case": mine,
        "entries": tracking.timeline(mine),
        "letters": current,
        "earlier": earlier,
        "unit_says": verdicts.unit_says(current),
        "you_say": verdicts.you_say(mine),
        "looks": tracking.looks(mine),
        "photos": [{"url": reverse("photo", args=[row.pk])} for row in mine.photos.all()],
        "rate_form": RateForm(initial={"version": mine.version}) if levels else None,
        "window": dates.window(mine),
        "second": mine.redo_count > 0,
        "actions": [
            (page, _address(mine, name))
            for name, page in ACTIONS.items()
            if name in names and name not in ASKED
        ],
        "asks": tracking.question(mine) if "supplement" in names else "",
        "asks_url": _address(mine, "supplement"),
        "to_confirm": len(tracking.contacts_to_confirm(mine)) if confirming.CONFIRM in names else 0,
        "confirm_url": _address(mine, confirming.CONFIRM),
        "rate_url": _address(mine, rating.KEPT) if rating.KEPT in names else "",
        "why_not_withdrawn": tracking.why_not_withdrawn(mine) if mine.replied_at else "",
        "withdraw_url": _address(mine, "withdraw"),
        "facts": tracking.facts(mine),
        "by_code": access.holds(request.session, mine.pk),
        "desk_url": desk_address(request, mine.number),
    }
    return render(request, "suggestions/case.html", context)


def _read(user: User, number: str) -> None:
    """What was told of the case is read on its page; nothing is written where nothing is new."""
    if inbox.notices_of(user).filter(UNREAD, number=number).exists():
        inbox.mark_read(user, number=number)


def _stands(mine: Suggestion) -> dict[str, Any]:
    """Where it is now: the bar, who has it, the next date, how it ended."""
    lead = mine.merged_into_id or mine.pk
    joined = Suggestion.objects.filter(merged_into=lead, is_repeat=False).exclude(state=State.WITHDRAWN)
    return {
        "steps": tracking.steps(mine),
        "ending": tracking.ending(mine),
        "now_with": hands.now_with(mine),
        "hands": hands.hands(mine),
        "again": hands.again(mine),
        "others": "" if mine.is_repeat else hands.others(mine, joined=joined.count()),
        "due": dates.due(mine),
        "finished": tracking.finished(mine),
        "was_disputed": tracking.was_disputed(mine),
    }


def _address(mine: Suggestion, action: str) -> str:
    return reverse("suggestion_action", args=[mine.number, action])


def _published(request: HttpRequest, publication: Publication) -> HttpResponse:
    row = publication.suggestion
    context = {
        "publication": publication,
        "case": row,
        "facts": tracking.public_facts(row),
        "desk_url": desk_address(request, row.number),
    }
    return render(request, "suggestions/public_case.html", context)


def desk_address(request: HttpRequest, number: str) -> str:
    """Where staff work on this case, for those who may see it there; "" for everybody else."""
    user = access.user_of(request)
    row = visible_to(user).filter(number=number).exclude(resident=user).only("pk").first() if user else None
    if row is None or user is None:
        return ""
    try:
        if user.is_staff:
            return reverse("admin:suggestions_suggestion_change", args=[row.pk])
        return reverse("desk_case", args=[number])
    except NoReverseMatch:
        return ""


@public
@require_safe
def qr(request: HttpRequest, number: str) -> HttpResponse:
    """The address of the tracking page as a QR code; of any number, so it says nothing."""
    address = request.build_absolute_uri(reverse("suggestion", args=[number]))
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", scale=4, border=2, xmldecl=False)
    response = HttpResponse(buffer.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=86400"
    return response
