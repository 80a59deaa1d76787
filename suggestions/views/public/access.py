"""Whose case is it? The owner's by sign-in, or the holder's by number and code shown in this session."""

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from congress_portal.accounts.models import User
from suggestions import tracking
from suggestions.actors import Actor
from suggestions.models import Suggestion

HELD = "held"
# A family's cases in one browser; the oldest is asked for its code again.
MAX_HELD = 20


def hold(session: SessionBase, case: Suggestion) -> None:
    """Remember that number and code of the case were shown."""
    held = [pk for pk in session.get(HELD, []) if pk != case.pk]
    session[HELD] = [*held, case.pk][-MAX_HELD:]


def let_go(session: SessionBase, case_id: int) -> None:
    """Forget it, for people who share a phone or a computer."""
    session[HELD] = [pk for pk in session.get(HELD, []) if pk != case_id]


def holds(session: SessionBase, case_id: int) -> bool:
    return case_id in session.get(HELD, [])


def own_cases(request: HttpRequest) -> QuerySet[Suggestion]:
    """What this browser may follow: cases whose code was shown, and those of the account."""
    mine = Q(pk__in=request.session.get(HELD, []))
    user = user_of(request)
    return Suggestion.objects.filter(mine | Q(resident=user) if user and user.is_active else mine)


def user_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def actor_for(request: HttpRequest, case: Suggestion) -> Actor:
    return Actor(user=user_of(request), holder_of=case.pk if holds(request.session, case.pk) else None)


def is_mine(request: HttpRequest, case: Suggestion) -> bool:
    user = user_of(request)
    owner = user is not None and user.is_active and case.resident_id == user.pk
    # Whoever left it to the others has left it in every browser.
    return owner or (not case.has_left and holds(request.session, case.pk))


def open_mine(request: HttpRequest, number: str) -> Suggestion | None:
    """The case with everything its page shows, if this browser may follow it; None says nothing more.

    Whose it is comes first, from one small row: loading all of a stranger's case would take visibly longer
    than finding no case at all.
    """
    row = Suggestion.objects.filter(number=number).only("pk", "resident_id", "has_left").first()
    return tracking.load(row.pk) if row is not None and is_mine(request, row) else None
