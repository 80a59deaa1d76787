"""The key list and the letters of supervision as the office reads them: what is open, late, answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import pgettext_lazy

from congress_portal.accounts.models import User
from congress_portal.common import clock

from .enums import AssignmentState as A
from .lateness import red_before
from .models import Assignment, Clock, Suggestion, Supervision, SupervisionLetter
from .selectors import overdue, visible_to
from .why import explain
from .workflow import LIVE

ANSWERED, GONE = (A.RELEASED, A.GIVEN), (A.RETURNED, A.RECALLED, A.MISSED)
ON_ITS_WAY = (A.DRAFTED, A.SIGNED)


@dataclass(frozen=True, slots=True)
class LetterState:
    """How a letter stands: `tag` is the colour of its tag, `states` those of the row it went to."""

    key: str
    label: str | LazyText
    tag: str
    states: tuple[str, ...]
    is_late: bool | None = None

    def condition(self, today: date) -> Q:
        found = Q(assignment__state__in=self.states)
        if self.is_late is None:
            return found
        return found & (Q(reply_by__lt=today) if self.is_late else Q(reply_by__gte=today))


WAITING = tuple(state for state in LIVE if state not in ON_ITS_WAY)
LETTER_STATES = (
    LetterState("answered", pgettext_lazy("letter", "Answered"), "done", ANSWERED),
    LetterState("gone", pgettext_lazy("letter", "No longer with it"), "stopped", GONE),
    LetterState("drafted", pgettext_lazy("letter", "Reply on its way"), "answered", ON_ITS_WAY, False),
    LetterState("waiting", pgettext_lazy("letter", "Waits for an answer"), "waiting", WAITING, False),
    LetterState("late", pgettext_lazy("letter", "Answer overdue"), "overdue", LIVE, True),
)
BY_KEY = {each.key: each for each in LETTER_STATES}


def state_of(letter: SupervisionLetter) -> LetterState:
    """The one state the letter is in today."""
    late = letter.reply_by < clock.today()
    return next(
        each for each in LETTER_STATES
        if letter.assignment.state in each.states and each.is_late in (None, late)
    )  # fmt: skip


def answered_at(letter: SupervisionLetter) -> datetime | None:
    """When whoever it went to replied, after it was issued; a letter only goes to whoever has not."""
    return letter.assignment.ended_at if letter.assignment.state in ANSWERED else None


def key_list(user: User) -> QuerySet[Supervision]:
    """Key cases the user may see, with what the list shows: rows of handling, their letters, the clocks."""
    rows = Assignment.objects.select_related("unit", "venue").prefetch_related("letters").order_by("pk")
    return (
        Supervision.objects.filter(suggestion__in=visible_to(user))
        .select_related("suggestion__street", "suggestion__community", "suggestion__category", "body")
        .prefetch_related(
            Prefetch("suggestion__assignments", rows),
            Prefetch("suggestion__clocks", Clock.objects.filter(stopped_at=None)),
        )
    )


def letters(user: User) -> QuerySet[SupervisionLetter]:
    """The register, as far as the user may see its cases."""
    return SupervisionLetter.objects.filter(assignment__suggestion__in=visible_to(user)).select_related(
        "assignment__suggestion__street", "assignment__suggestion__community",
        "assignment__suggestion__category", "assignment__unit", "assignment__venue", "issued_by",
    )  # fmt: skip


def newest_letter(supervision: Supervision) -> SupervisionLetter | None:
    """The last letter on the case, to whomever."""
    found = []
    for row in supervision.suggestion.assignments.all():
        for letter in row.letters.all():
            letter.assignment = row
            found.append(letter)
    return max(found, key=lambda letter: letter.pk, default=None)


def of_case(case: Suggestion) -> dict[str, Any]:
    """The supervision of one case that goes on, and all letters on it, newest first: two queries."""
    written = SupervisionLetter.objects.filter(assignment__suggestion=case).order_by("-pk")
    return {
        "supervision": case.supervisions.filter(ended_at=None).select_related("body").first(),
        "letters": shown(written.select_related("assignment__unit", "assignment__venue", "issued_by")),
    }


def shown(rows: Iterable[SupervisionLetter]) -> list[dict[str, Any]]:
    """Letters as a page shows them: with their state, when they were answered, why they end on their day."""
    return [
        {"letter": each, "state": state_of(each), "answered": answered_at(each), "why": explain(each)}
        for each in rows
    ]


def figures(user: User) -> dict[str, Any]:
    """For the index: open key cases, yellow and red ones of them, open letters, overdue ones. Two queries."""
    today = clock.today()
    going_on = Supervision.objects.filter(suggestion=OuterRef("pk"), ended_at=None)
    late, bound = overdue(today), red_before(today)
    counts = visible_to(user).filter(Exists(going_on)).aggregate(
        supervised=Count("pk"),
        supervised_yellow=Count("pk", filter=late & Q(due_on__gte=bound)),
        supervised_red=Count("pk", filter=late & Q(due_on__lt=bound)),
    )  # fmt: skip
    return counts | letters(user).order_by().aggregate(
        letters=Count("pk", filter=Q(assignment__state__in=LIVE)),
        letters_late=Count("pk", filter=BY_KEY["late"].condition(today)),
    )  # fmt: skip
