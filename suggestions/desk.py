"""What the desk lists: which cases wait for whom, which are the place's, which one has dealt with.

Reads only. What somebody may open is said by `selectors.visible_to` alone; here it is narrowed and sorted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import Http404
from django.utils.functional import Promise as LazyText
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from stations.models import LiaisonOfficer, Posting, PostingRole, Street, Venue, during

from .enums import AssignmentKind, AssignmentState, PromiseStatus, RequestKind, State
from .guards import IN_CHARGE
from .joined import with_joined
from .lists import bookmarks
from .models import (
    Assignment,
    Claim,
    Clock,
    Event,
    HandlingRequest,
    HandlingUnit,
    Promise,
    Reply,
    Suggestion,
)
from .permissions import CONVENER, GONE, STREET_LEVELS, committee_streets
from .selectors import (
    LIVE_ASSIGNMENT,
    assignments_of,
    in_charge_of,
    my_units,
    my_venues,
    of_streets,
    visible_to,
)
from .workflow import AT_WORK, COMMITTEE, COORDINATOR, DEPUTY, LEADER, LIAISON, OFFICER

Place = Venue | HandlingUnit | Street
WAITING, ALL, DONE, MINE = "waiting", "all", "done", "mine"
AT_VENUE = (LIAISON, DEPUTY, CONVENER)


def _always(user: User) -> Q:
    return Q()


def _not_told(user: User) -> Q:
    return Q(told_at=None)


def _nobody_follows(user: User) -> Q:
    return Q(~Exists(Claim.objects.filter(suggestion=OuterRef("pk"), released_at=None)))


def _to_do(user: User) -> Q:
    """An assisting row is signed for; the reply is written by the others."""
    return Q(state=AssignmentState.ISSUED) | Q(kind__in=IN_CHARGE)


def _by_others(user: User) -> Q:
    """Nobody signs off what he or she drafted; only the version now on its way counts."""
    versions = Reply.objects.filter(assignment=OuterRef("pk")).order_by("-pk")
    return Q(~Exact(Subquery(versions.values("drafted_by")[:1]), user.pk))


def _assisting(user: User) -> Q:
    """An opinion helps as long as the reply is not out."""
    leads = Assignment.objects.filter(LIVE_ASSIGNMENT, kind=AssignmentKind.LEAD)
    return Q(Exists(leads.filter(suggestion=OuterRef("suggestion"))), kind=AssignmentKind.ASSISTING)


def _missing(user: User) -> Q:
    """Its day is over and the lead waits for it."""
    return Q(kind=AssignmentKind.ASSISTING, unit_due__lt=clock.today())


def _coordinating(user: User) -> Q:
    return Q(kind=AssignmentKind.COORDINATOR)


def _replying(user: User) -> Q:
    return Q(kind__in=(AssignmentKind.LEAD, AssignmentKind.SEPARATE))


def _of_a_street(user: User) -> Q:
    return Q(level__in=STREET_LEVELS)


def _row_of_a_street(user: User) -> Q:
    return Q(suggestion__level__in=STREET_LEVELS, parent=None)


def _street_asked(user: User) -> Q:
    return _row_of_a_street(user) & _asked(RequestKind.EXTENSION)(user)


def _missing_of_a_street(user: User) -> Q:
    return _row_of_a_street(user) & _missing(user)


def _draft_of_a_venue(user: User) -> Q:
    return Q(venue__isnull=False) & _by_others(user)


def _asked(kind: str) -> Callable[[User], Q]:
    return lambda _user: Q(
        Exists(HandlingRequest.objects.filter(assignment=OuterRef("pk"), kind=kind, answered_at=None))
    )


def _question(user: User) -> Q:
    rows = HandlingRequest.objects.filter(kind=RequestKind.CONTACT, answered_at=None)
    return Q(Exists(rows.filter(assignment__suggestion=OuterRef("pk"))))


def _promise_back(user: User) -> Q:
    rows = Promise.objects.filter(status=PromiseStatus.OPEN, came_back_at__isnull=False, reported_at=None)
    return Q(Exists(rows.filter(assignment=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class Wait:
    """A kind of work: whose duty, in which states, on the case itself or on a row given to one's place."""

    duty: str
    states: tuple[str, ...]
    says: str | LazyText
    on_row: bool = False
    only: Callable[[User], Q] = _always


TO_DO = (AssignmentState.ISSUED, AssignmentState.IN_HAND)
RETURN_ASKED = AssignmentState.RETURN_ASKED
OPINION_DUE = (AssignmentState.IN_HAND, AssignmentState.MISSED)
NOT_GIVEN = (AssignmentState.ISSUED, AssignmentState.IN_HAND, RETURN_ASKED)
WAITS = (
    Wait(LIAISON, (State.SUBMITTED,), _("Decide on acceptance")),
    Wait(LIAISON, (State.REPLIED,), _("Tell the resident of the reply"), only=_not_told),
    Wait(LIAISON, (State.HANDLING,), _("A unit asks the resident something"), only=_question),
    Wait(LIAISON, TO_DO, _("Given to the venue"), on_row=True, only=_to_do),
    Wait(CONVENER, (AssignmentState.DRAFTED,), _("Sign off the draft"), on_row=True, only=_by_others),
    Wait(COMMITTEE, (State.SUBMITTED,), _("Decide on acceptance")),
    Wait(COMMITTEE, (State.ACCEPTED,), _("Assign it"), only=_of_a_street),
    Wait(COMMITTEE, (State.HANDLING,), _("A unit asks the resident something"), only=_question),
    Wait(COMMITTEE, (RETURN_ASKED,), _("Decide on the return"), on_row=True, only=_row_of_a_street),
    Wait(COMMITTEE, AT_WORK, _("Decide on more time"), on_row=True, only=_street_asked),
    Wait(COMMITTEE, NOT_GIVEN, _("An opinion is overdue"), on_row=True, only=_missing_of_a_street),
    Wait(COMMITTEE, (AssignmentState.DRAFTED,), _("Sign off the draft"), on_row=True, only=_draft_of_a_venue),
    Wait(COORDINATOR, (RETURN_ASKED,), _("Decide on the return"), on_row=True),
    Wait(COORDINATOR, AT_WORK, _("Decide on more time"), on_row=True, only=_asked(RequestKind.EXTENSION)),
    Wait(COORDINATOR, NOT_GIVEN, _("An opinion is overdue"), on_row=True, only=_missing),
    Wait(DEPUTY, TO_DO, _("Given to the venue"), on_row=True, only=_to_do),
    Wait(DEPUTY, (State.ACCEPTED,), _("You may answer or follow this")),
    Wait(DEPUTY, (State.HANDLING,), _("No deputy follows this yet"), only=_nobody_follows),
    Wait(OFFICER, (AssignmentState.ISSUED,), _("Sign for it"), on_row=True),
    Wait(OFFICER, (AssignmentState.IN_HAND,), _("Dispatch it to units"), on_row=True, only=_coordinating),
    Wait(OFFICER, OPINION_DUE, _("Give the opinion"), on_row=True, only=_assisting),
    Wait(OFFICER, (AssignmentState.IN_HAND,), _("Draft the reply"), on_row=True, only=_replying),
    Wait(OFFICER, (AssignmentState.RELEASED,), _("Report on a promise"), on_row=True, only=_promise_back),
    Wait(OFFICER, (RETURN_ASKED,), _("The congress decides on the return"), on_row=True),
    Wait(LEADER, (AssignmentState.DRAFTED,), _("Sign off the draft"), on_row=True, only=_by_others),
)


@dataclass(frozen=True)
class Duties:
    """What a user is at the desk today: duty → ids of the venues or units where it is held."""

    user: User
    held: dict[str, set[int]] = field(default_factory=dict)

    @cached_property
    def venues(self) -> list[Venue]:
        return list(my_venues(self.user).order_by("code"))

    @cached_property
    def streets(self) -> list[Street]:
        return list(Street.objects.filter(pk__in=committee_streets(self.user)))

    @cached_property
    def units(self) -> list[HandlingUnit]:
        return [row.unit for row in my_units(self.user).select_related("unit").order_by("unit__code")]

    @property
    def at_venue(self) -> bool:
        return any(self.held.get(duty) for duty in AT_VENUE)

    @property
    def places(self) -> list[Place]:
        return [*self.streets, *self.venues, *self.units]


def duties_of(user: User) -> Duties:
    """The duties in force today; ended postings, mandates and memberships are gone at once."""
    day, duties = clock.today(), Duties(user)

    def hold(duty: str, place: int) -> None:
        duties.held.setdefault(duty, set()).add(place)

    for venue in LiaisonOfficer.objects.filter(during(day), user=user).values_list("venue", flat=True):
        hold(LIAISON, venue)
    postings = Posting.objects.live(day).filter(deputy__user=user)
    for venue, role in postings.values_list("venue", "role"):
        hold(DEPUTY, venue)
        if role == PostingRole.CONVENER:
            hold(CONVENER, venue)
    for unit, leads in my_units(user).values_list("unit", "is_leader"):
        hold(LEADER if leads else OFFICER, unit)
    for unit in (
        my_units(user).filter(is_leader=False, unit__is_coordinator=True).values_list("unit", flat=True)
    ):
        hold(COORDINATOR, unit)
    for street in committee_streets(user):
        hold(COMMITTEE, street)
    return duties


def may_register(user: User) -> bool:
    """Whether the user registers for others: at a venue, or for a street."""
    return my_venues(user).exists() or bool(committee_streets(user))


def scope(user: User) -> QuerySet[Suggestion]:
    """Cases of the user's places: what one raised as a resident, or sees as a clerk, is not on the desk."""
    return visible_to(user).filter(in_charge_of(user))


def get_case(user: User, number: str) -> Suggestion:
    """One case of the desk; 404 tells a stranger nothing about whether it exists."""
    found = scope(user).select_related(
        "venue", "category", "street", "community", "deputy_asked", "merged_into", "registered_by"
    )
    case = found.filter(number=number).first()
    if case is None:
        raise Http404
    return case


def get_row(user: User, pk: int) -> Assignment:
    """One row of a case of the user's places; what may be done with it says the table. Else 404."""
    rows = Assignment.objects.exclude(state__in=GONE).filter(suggestion__in=scope(user).values("pk"))
    row = rows.select_related("suggestion", "unit", "venue").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _condition(wait: Wait, duties: Duties) -> Q:
    """The kind of work as a condition on suggestions."""
    places = duties.held[wait.duty]
    if not wait.on_row:
        at = of_streets(places) if wait.duty == COMMITTEE else Q(venue__in=places)
        return at & Q(state__in=wait.states) & wait.only(duties.user)
    rows = Assignment.objects.filter(AT[wait.duty](places), wait.only(duties.user), state__in=wait.states)
    return Q(pk__in=rows.values("suggestion"))


# Duty → condition on the rows that are its concern, from the ids of the places where it is held.
AT: dict[str, Callable[[set[int]], Q]] = {
    **{duty: lambda places: Q(venue__in=places) for duty in AT_VENUE},
    OFFICER: lambda places: Q(unit__in=places),
    LEADER: lambda places: Q(unit__in=places),
    COORDINATOR: lambda places: Q(parent__unit__in=places),
    COMMITTEE: lambda places: of_streets(places, "suggestion__") | Q(venue__street__in=places),
}


def waiting(duties: Duties) -> QuerySet[Suggestion]:
    """What the user can move on now, nearest date first; `why` is the place in WAITS."""
    kinds = [
        (index, _condition(wait, duties)) for index, wait in enumerate(WAITS) if duties.held.get(wait.duty)
    ]
    if not kinds:
        return Suggestion.objects.none()
    why = Case(*(When(condition, then=Value(index)) for index, condition in kinds))
    cases = scope(duties.user).filter(reduce(or_, (condition for _index, condition in kinds)))
    # A unit's own date may be earlier than the one told to the resident.
    own = assignments_of(duties.user).filter(LIVE_ASSIGNMENT, suggestion=OuterRef("pk")).order_by("unit_due")
    due = Coalesce(Subquery(own.values("unit_due")[:1]), "due_on")
    return cases.annotate(why=why, my_due=due).order_by(F("my_due").asc(nulls_last=True), "received_at", "pk")


def everything(duties: Duties) -> QuerySet[Suggestion]:
    """All cases of the user's places: running ones by date, then the latest."""
    return scope(duties.user).order_by(F("due_on").asc(nulls_last=True), "-received_at", "-pk")


def done(duties: Duties) -> QuerySet[Suggestion]:
    """What the user has dealt with and has not before him or her now, latest first."""
    mine = Event.objects.filter(actor=duties.user, suggestion=OuterRef("pk")).order_by("-happened_at")
    touched = Event.objects.filter(actor=duties.user).values("suggestion")
    return (
        scope(duties.user)
        .filter(pk__in=touched)
        .exclude(pk__in=waiting(duties).order_by().values("pk"))
        .annotate(acted_at=Subquery(mine.values("happened_at")[:1]))
        .order_by("-acted_at", "-pk")
    )


def marked(duties: Duties) -> QuerySet[Suggestion]:
    """我的清单, as far as the user may see it today."""
    return bookmarks.mine(everything(duties), duties.user)


TABS: dict[str, Callable[[Duties], QuerySet[Suggestion]]] = {
    WAITING: waiting,
    ALL: everything,
    DONE: done,
    MINE: marked,
}


def at_place(cases: QuerySet[Suggestion], place: Place) -> QuerySet[Suggestion]:
    """Those that belong or were given to one place."""
    if isinstance(place, Street):
        return cases.filter(of_streets({place.pk}))
    if isinstance(place, Venue):
        rows = Assignment.objects.filter(venue=place)
        return cases.filter(Q(venue=place) | Q(pk__in=rows.values("suggestion")))
    return cases.filter(pk__in=Assignment.objects.filter(unit=place).values("suggestion"))


def matching(cases: QuerySet[Suggestion], words: str) -> QuerySet[Suggestion]:
    """Those whose number begins with, or whose title contains, the words."""
    return cases.filter(Q(number__startswith=words) | Q(title__icontains=words)) if words else cases


def with_row_parts(cases: QuerySet[Suggestion], user: User) -> QuerySet[Suggestion]:
    """With what a line of the list shows; `own_rows` are the live rows given to one's places."""
    own = assignments_of(user).filter(LIVE_ASSIGNMENT).select_related("unit", "venue").order_by("unit_due")
    return (
        bookmarks.with_marks(with_joined(cases), user)
        .select_related("venue", "street", "community")
        .prefetch_related(
            Prefetch("assignments", queryset=own, to_attr="own_rows"),
            Prefetch("clocks", queryset=Clock.objects.filter(stopped_at=None)),
        )
    )
