"""The resident's own list: who has each case, by when, what is new, and what waits for the resident.

What waits is worked out for a whole page in a fixed number of queries; a test holds it to the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.accounts.models import User
from congress_portal.notices.inbox import notices_of
from congress_portal.notices.models import UNREAD

from . import dates, hands
from . import workflow as w
from .enums import PromiseStatus, State
from .models import Assignment, ContactLog, Event, Promise, Rating, Suggestion

# Where the office's own word for a state says nothing to a resident.
PLAIN_STATES = {
    State.SUPPLEMENTING: pgettext_lazy("state, to the resident", "Waits for your answer"),
    State.DECLINE_REVIEW: pgettext_lazy("state, to the resident", "Being checked"),
    State.ACCEPTED: pgettext_lazy("state, to the resident", "Accepted"),
    State.MERGED: pgettext_lazy("state, to the resident", "Handled together with others"),
    State.DISPUTED: pgettext_lazy("state, to the resident", "Being looked into"),
}
WAITS = {
    "supplement": _("Answer our question"),
    w.RATE: _("Rate the reply"),
    "confirm_contact": _("Did they get in touch with you?"),
    "rate_kept_promise": _("Rate what has been done"),
}


@dataclass(slots=True)
class Row:
    """One case as the list shows it."""

    case: Suggestion
    state: str | LazyText
    now_with: str
    due: dates.Due | None
    window: dates.Window | None
    is_new: bool
    waits: list[tuple[str | LazyText, str]] = field(default_factory=list)


def cases_of(user: User) -> QuerySet[Suggestion]:
    """The user's cases, newest first, with what a row needs."""
    given = Assignment.objects.select_related("unit", "venue")
    moves = Event.objects.filter(action__in=("redate", "recalculate"))
    rows = Suggestion.objects.filter(resident=user).select_related(
        "community", "street", "venue", "merged_into"
    ).prefetch_related(
        "clocks", "merged_into__clocks",
        Prefetch("assignments", given), Prefetch("merged_into__assignments", given),
        Prefetch("events", moves), Prefetch("merged_into__events", moves),
    )  # fmt: skip
    return rows.order_by("-received_at", "-pk")


def rows(user: User, cases: Iterable[Suggestion]) -> list[Row]:
    """The cases of one page, in four queries more, however many they are."""
    cases = list(cases)
    numbers = [case.number for case in cases]
    new = set(notices_of(user).filter(UNREAD, number__in=numbers).order_by().values_list("number", flat=True))
    contacts, promises = _unconfirmed(cases), _kept_unrated(cases)
    found = []
    for case in cases:
        names = [
            *(["supplement"] if case.state == State.SUPPLEMENTING else []),
            *(["rate"] if case.state == State.REPLIED else []),
            *(["confirm_contact"] if case.pk in contacts and case.state in w.HANDLED else []),
            *(["rate_kept_promise"] if case.pk in promises and case.state == State.CLOSED else []),
        ]
        found.append(
            Row(
                case=case,
                state=PLAIN_STATES.get(State(case.state)) or case.get_state_display(),
                now_with=hands.now_with(case),
                due=dates.due(case),
                window=dates.window(case),
                is_new=case.number in new,
                waits=[
                    (WAITS[name], reverse("suggestion_action", args=[case.number, name])) for name in names
                ],
            )
        )
    return found


def _unconfirmed(cases: list[Suggestion]) -> set[int]:
    logs = ContactLog.objects.filter(assignment__suggestion__in=cases, confirmed=None)
    return set(logs.order_by().values_list("assignment__suggestion", flat=True))


def _kept_unrated(cases: list[Suggestion]) -> set[int]:
    """Those where something promised was kept after the last rating."""
    kept = Promise.objects.filter(status=PromiseStatus.KEPT, assignment__replies__suggestion__in=cases)
    last = dict(kept.order_by().values_list("assignment__replies__suggestion").annotate(Max("settled_at")))
    rated = Rating.objects.filter(suggestion__in=last)
    given = dict(rated.order_by().values_list("suggestion").annotate(Max("rated_at")))
    return {pk for pk, moment in last.items() if pk not in given or given[pk] < moment}
