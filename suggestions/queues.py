"""What waits in the district office: a table of queues. The index counts them, the case list shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.accounts.models import Role, User
from congress_portal.common import clock
from stations.models import Venue

from .enums import AssignmentKind, AssignmentState, PromiseStatus, RequestKind, State
from .guards import IN_CHARGE
from .lateness import red_before
from .models import Assignment, HandlingRequest, HandlingUnit, Promise, Suggestion
from .permissions import is_orphaned
from .selectors import enters_office, overdue, visible_to
from .workflow import ANY, LIVE, OPEN


@dataclass(frozen=True, slots=True)
class Queue:
    """`roles` work it off, everybody else in the office may look. `condition` is on suggestions."""

    key: str
    label: str | LazyText
    roles: tuple[str, ...]
    condition: Callable[[], Q]
    states: tuple[str, ...] = OPEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """One queue as it stands: how many, how many of them late, when the oldest was received."""

    queue: Queue
    count: int
    late: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with overdue cases. `key` names them in the case list's filter; no row: the office itself."""

    key: str
    row: HandlingUnit | Venue | None
    count: int
    red: int
    oldest: date

    @property
    def yellow(self) -> int:
        return self.count - self.red


def _with_row(state: str) -> Callable[[], Q]:
    """Cases in hand with an assignment in `state`."""

    def condition() -> Q:
        rows = Assignment.objects.filter(suggestion=OuterRef("pk"), state=state)
        return Q(state=State.HANDLING) & Q(Exists(rows))

    return condition


def _asked(*kinds: str) -> Callable[[], Q]:
    """Cases with a request of a handler that waits for an answer."""

    def condition() -> Q:
        rows = HandlingRequest.objects.filter(
            assignment__suggestion=OuterRef("pk"), kind__in=kinds, answered_at=None
        )
        return Q(Exists(rows))

    return condition


def _opinion_missing() -> Q:
    """Cases in hand where an assisting unit has let its day go by, so that the reply cannot be released."""
    rows = Assignment.objects.filter(
        suggestion=OuterRef("pk"), kind=AssignmentKind.ASSISTING, state__in=LIVE, unit_due__lt=clock.today()
    )
    return Q(state=State.HANDLING) & Q(Exists(rows))


def _promises(**given: Any) -> Callable[[], Q]:
    """Cases with an open promise that came back; `given` narrows them."""

    def condition() -> Q:
        rows = Promise.objects.filter(suggestion=OuterRef("pk"), status=PromiseStatus.OPEN, **given)
        return Q(Exists(rows))

    return condition


# fmt: off
# ruff: noqa: E501 - a table reads best with one row a line
QUEUES = (
    Queue("to_accept",  pgettext_lazy("queue", "To accept"),            (Role.CLERK,),               lambda: Q(state=State.SUBMITTED)),
    Queue("sensitive",  pgettext_lazy("queue", "Refusals to confirm"),  (Role.HEAD, Role.SECRECY),   lambda: Q(state=State.DECLINE_REVIEW)),
    Queue("to_assign",  pgettext_lazy("queue", "To assign"),            (Role.CLERK,),               lambda: Q(state=State.ACCEPTED)),
    Queue("returned",   pgettext_lazy("queue", "Return asked"),         (Role.CLERK,),               _with_row(AssignmentState.RETURN_ASKED)),
    Queue("asked",      pgettext_lazy("queue", "Asked by handlers"),    (Role.CLERK,),               _asked(RequestKind.EXTENSION, RequestKind.ESCALATION, RequestKind.CONTACT)),
    Queue("opinions",   pgettext_lazy("queue", "Opinions overdue"),     (Role.CLERK,),               _opinion_missing),
    Queue("to_review",  pgettext_lazy("queue", "To review"),            (Role.REVIEWER,),            _with_row(AssignmentState.SIGNED)),
    Queue("disputed",   pgettext_lazy("queue", "Disputed"),             (Role.HEAD,),                lambda: Q(state=State.DISPUTED)),
    Queue("promises",   pgettext_lazy("queue", "Promises reported on"), (Role.REVIEWER,),            _promises(reported_at__isnull=False), ANY),
    Queue("promised",   pgettext_lazy("queue", "Promises that are due"), (Role.CLERK,),              _promises(came_back_at__isnull=False, reported_at=None), ANY),
    Queue("supervised", pgettext_lazy("queue", "Supervised"),           (Role.HEAD,),                lambda: Q(is_supervised=True)),
    Queue("urgent",     pgettext_lazy("queue", "Urgent"),               (Role.CLERK, Role.HEAD),     lambda: Q(is_urgent=True)),
    Queue("untold",     pgettext_lazy("queue", "Resident not told yet"), (Role.CLERK,),              lambda: Q(state=State.REPLIED, told_at=None)),
    Queue("overdue",    pgettext_lazy("queue", "Overdue"),              (Role.CLERK, Role.HEAD),     overdue),
    Queue("no_place",   pgettext_lazy("queue", "No venue yet"),         (Role.CLERK,),               lambda: Q(venue=None)),
    Queue("orphaned",   pgettext_lazy("queue", "Nobody at the venue"),  (Role.CLERK, Role.HEAD),     is_orphaned),
    Queue("to_prepare", pgettext_lazy("queue", "Could be published"),   (Role.CLERK,),               lambda: Q(may_publish=True, publication=None), (State.CLOSED,)),
    Queue("to_publish", pgettext_lazy("queue", "Waits for the second person"), (Role.CLERK, Role.REVIEWER), lambda: Q(may_publish=True, publication__isnull=False, publication__published_at=None), (State.CLOSED,)),
)
# fmt: on
BY_KEY = {queue.key: queue for queue in QUEUES}
OFFICE = "office"
OFFICE_LABEL = _("District office")


def cases_in(key: str, cases: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Those of `cases` that stand in the queue. KeyError for an unknown key."""
    queue = BY_KEY[key]
    return cases.filter(queue.condition(), state__in=queue.states)


def waiting(cases: QuerySet[Suggestion]) -> list[Waiting]:
    """Every queue of `cases` with its figures, in the table's order: a query for each set of states."""
    figures: dict[str, int | datetime | None] = {}
    late = overdue()
    for states in dict.fromkeys(queue.states for queue in QUEUES):
        columns: dict[str, Count | Min] = {}
        for queue in QUEUES:
            if queue.states == states:
                condition = queue.condition()
                columns |= {
                    queue.key: Count("pk", filter=condition),
                    f"{queue.key}_late": Count("pk", filter=condition & late),
                    f"{queue.key}_oldest": Min("received_at", filter=condition),
                }
        figures |= cases.filter(state__in=states).aggregate(**columns)
    return [
        Waiting(queue, figures[queue.key], figures[f"{queue.key}_late"], figures[f"{queue.key}_oldest"])  # type: ignore[arg-type]
        for queue in QUEUES
    ]


def for_user(user: User) -> tuple[list[Waiting], list[Waiting]]:
    """The queues the user works off, and those of colleagues; both empty for whoever sees no cases."""
    if not enters_office(user):
        return [], []
    own: list[Waiting] = []
    others: list[Waiting] = []
    for line in waiting(visible_to(user)):
        (own if user.has_role(*line.queue.roles) else others).append(line)
    return own, others


def with_owner(cases: QuerySet[Suggestion]) -> QuerySet[Any]:
    """`cases` with `owner_unit` and `owner_venue`: who must act next; both NULL: the district office."""
    live = Assignment.objects.filter(suggestion=OuterRef("pk"), state__in=LIVE, kind__in=IN_CHARGE).order_by(
        "pk"
    )
    return cases.annotate(
        owner_unit=Case(
            When(state=State.HANDLING, then=Subquery(live.values("unit")[:1])), output_field=BigIntegerField()
        ),
        owner_venue=Case(
            When(state=State.HANDLING, then=Subquery(live.values("venue")[:1])),
            When(state=State.SUBMITTED, then=F("venue")),
            output_field=BigIntegerField(),
        ),
    )


def owned_by(key: str, cases: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Those of `cases` the owner `key` ("u5", "v3", "office") must act on; nothing for any other key."""
    rows = with_owner(cases)
    if key == OFFICE:
        return rows.filter(owner_unit=None, owner_venue=None)
    column = {"u": "owner_unit", "v": "owner_venue"}.get(key[:1])
    return rows.filter(**{column: int(key[1:])}) if column and key[1:].isdecimal() else rows.none()


def overdue_by_owner(cases: QuerySet[Suggestion]) -> list[Owner]:
    """Who is late with how many of `cases`, most first: three queries."""
    late = with_owner(cases.filter(overdue()))
    red = Count("pk", filter=Q(due_on__lt=red_before(clock.today())))
    groups = late.order_by().values("owner_unit", "owner_venue")
    groups = groups.annotate(count=Count("pk"), red=red, oldest=Min("due_on"))
    lines = list(groups.order_by("-count", "oldest"))
    units = HandlingUnit.objects.in_bulk({line["owner_unit"] for line in lines} - {None})
    venues = Venue.objects.in_bulk({line["owner_venue"] for line in lines} - {None})
    return [_owner(line, units, venues) for line in lines]


def _owner(line: dict, units: dict[int, HandlingUnit], venues: dict[int, Venue]) -> Owner:
    unit, venue = line["owner_unit"], line["owner_venue"]
    key = f"u{unit}" if unit else f"v{venue}" if venue else OFFICE
    return Owner(key, units.get(unit) or venues.get(venue), line["count"], line["red"], line["oldest"])
