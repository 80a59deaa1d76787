"""The day itself: the old term's record closes, and what those who leave held comes free."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_update_with_history

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock
from deputies.models import Congress, Deputy, Mandate, TermChange, TermChangeStatus
from stations.models import (
    Posting,
    ReceptionPlan,
    ReceptionSession,
    RoleDuty,
    RotaPlace,
    Venue,
)
from stations.services.reception import SessionError, take_leave
from stations.services.venues import hold as hold_venues
from suggestions.actors import SYSTEM
from suggestions.claims import left_behind
from suggestions.errors import DoorError, Refused, WrongState
from suggestions.models import Suggestion
from suggestions.services import perform

from . import hand_over, plan
from .confirming import BATCH, end
from .drafting import locked

# What the file says about somebody known, newer than what is stored.
PERSON = ("gender", "ethnicity", "organisation", "position")


def is_due(change: TermChange) -> bool:
    """Confirmed, and its day has come."""
    return change.status == TermChangeStatus.CONFIRMED and change.switch_on <= clock.today()


def run_due() -> int:
    """Carry out every confirmed change whose day has come; how many."""
    done = 0
    waiting = TermChange.objects.filter(
        status=TermChangeStatus.CONFIRMED, switch_on__lte=clock.today()
    ).order_by("switch_on")
    for change in list(waiting):
        try:
            carry_out(change)
        except WrongState:
            # Somebody pressed the button between the list and the lock.
            continue
        done += 1
    return done


def carry_out(change: TermChange, *, by: User | None = None) -> TermChange:
    """Close the old term: all of it or nothing. Cases keep number, venue and dates.

    Refused before the day; WrongState if it is done already or was taken back.
    """
    # What is kept in words is in the language of the site, whoever presses the button.
    with override(settings.LANGUAGE_CODE), transaction.atomic():
        change = locked(change, TermChangeStatus.CONFIRMED)
        if change.switch_on > clock.today():
            raise Refused(_("The new term begins on %(day)s only.") % {"day": change.switch_on.isoformat()})
        change.old = lock(Congress.objects.filter(pk=change.old_id)).get()
        said = {"default_user": by, "default_change_reason": str(change)[:100], "batch_size": BATCH}
        # An ending struck out since the confirmation gave its mandate the open end back.
        end(change.old.mandates.filter(plan.from_day_on(change.switch_on)), change.switch_on, Mandate, said)
        _hold(change)
        listed, moved = hand_over.collect(change), plan.moved(change)
        done = {
            "claims": _release_claims(change),
            "turns": _free_turns(change, moved),
            "days": _free_days(change, moved, by),
            "roles": len(end(plan.roles(change, moved), change.switch_on, RoleDuty, said)),
            "postings": len(end(plan.postings(change), change.switch_on, Posting, said)),
            "people": _update_people(change, said),
        }
        change.old.frozen_at = clock.now()
        change.old.save(update_fields=["frozen_at"])
        change.status, change.done_at = TermChangeStatus.DONE, clock.now()
        change.result |= {"done": done, "done_by": str(by) if by else "", "hand_over": listed}
        change.save()
        return change


def _hold(change: TermChange) -> None:
    """Cases, venues, plans, days, each by number, as everybody locks them: nobody waits in a circle.

    The venues, because a merger at the same moment would carry on what ends here.
    """
    followed = plan.claims(change).values("suggestion")
    cases = Suggestion.objects.filter(Q(pk__in=followed) | Q(merged_into__in=followed))
    list(lock(cases.order_by("pk")).values_list("pk", flat=True))
    moved = plan.moved(change)
    turns, days = plan.turns(change, moved), plan.days(change, moved)
    places = {
        *plan.postings(change).values_list("venue", flat=True),
        *plan.roles(change, moved).values_list("venue", flat=True),
        *turns.values_list("plan__venue", flat=True),
        *days.values_list("session__venue", flat=True),
    }
    hold_venues(*Venue.objects.filter(pk__in=places))
    list(lock(ReceptionPlan.objects.filter(pk__in=turns.values("plan")).order_by("pk")))
    list(lock(ReceptionSession.objects.filter(pk__in=days.values("session")).order_by("pk")))


def _release_claims(change: TermChange) -> int:
    """Through the one door, one event a case."""
    marks = plan.claims(change).order_by()
    count = marks.count()
    for case in Suggestion.objects.filter(pk__in=marks.values("suggestion")).order_by("pk"):
        perform("unclaim", target=case, actor=SYSTEM, seen_version=case.version)
    return count


def release_left_behind() -> int:
    """Take the marks of people who left office otherwise off their cases; how many cases."""
    released = 0
    for key in list(left_behind().order_by("suggestion").values_list("suggestion", flat=True).distinct()):
        case = Suggestion.objects.get(pk=key)
        try:
            perform("unclaim", target=case, actor=SYSTEM, seen_version=case.version)
        except DoorError:
            # Somebody acted between the list and the lock; tomorrow it is looked at again.
            continue
        released += 1
    return released


def _free_turns(change: TermChange, moved: list[int]) -> int:
    _count, by_model = plan.turns(change, moved).delete()
    return by_model.get(RotaPlace._meta.label, 0)  # noqa: SLF001  Django documents it


def _free_days(change: TermChange, moved: list[int], by: User | None) -> int:
    """Turns on announced and proposed days are open for a substitute; the office reads why."""
    freed = 0
    for duty in plan.days(change, moved).select_related("session").order_by("session", "pk"):
        try:
            take_leave(duty, reason=_("Change of term"), by=by)
        except SessionError:
            # The day was over before the change was carried out.
            continue
        freed += 1
    return freed


def _update_people(change: TermChange, said: dict[str, Any]) -> int:
    """Unit and post of people known, as the file has them; they hold from this day."""
    changed = []
    for row in change.rows.filter(deputy__isnull=False).select_related("deputy"):
        told = {name: getattr(row, name) for name in PERSON if getattr(row, name)}
        if any(getattr(row.deputy, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(row.deputy, name, value)
            changed.append(row.deputy)
    if changed:
        bulk_update_with_history(changed, Deputy, list(PERSON), **said)
    return len(changed)
