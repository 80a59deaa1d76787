"""What comes back by itself: reminders before and after a date, the plea to rate, promises on their day.

Run once a day. Every reminder is an event of its case with a mark that names date, row and rule, so none is
written twice, a missed night is made up for, and a date that moved is reminded of anew. Of several rules that
fit only the most urgent one speaks; a rule that is longer than the whole time was never meant for it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from congress_portal.common import clock, workdays
from congress_portal.common.clock import local_date

from .actors import SYSTEM
from .enums import AssignmentState, ClockKind, PromiseStatus, State
from .errors import DoorError
from .models import Assignment, Clock, Event, OfficeSetting, Promise, ReminderRule, Suggestion
from .notifications import RATE
from .services import perform
from .workflow import LIVE

OFFICE = _("Deputies' affairs commission of the district congress")
# Clocks of ours and who must act. While it is in hand the date of the row of handling counts instead.
OURS: dict[str, str | LazyText] = {
    ClockKind.ACCEPT: pgettext_lazy("reminder", "Intake"),
    ClockKind.REVIEW: _("A second person, to confirm the refusal"),
    ClockKind.ASSIGN: OFFICE,
    ClockKind.FEEDBACK: _("Whoever tells the resident"),
    ClockKind.CONCLUDE: _("Head of the deputies' affairs commission"),
}
CHUNK = 400


@dataclass(frozen=True, slots=True)
class Reminder:
    """One that is due now. `about` stands in the event's data; its keys are those of `inputs.ABOUT`."""

    case: Suggestion
    tone: str
    whom: str
    about: dict[str, Any]


def remind() -> Counter[str]:
    """Write every reminder whose day has come and that is not in its history yet. Tone → how many."""
    today = clock.today()
    written: Counter[str] = Counter()
    waiting = [*_dates(today), *_ratings(today)]
    for begin in range(0, len(waiting), CHUNK):
        part = waiting[begin : begin + CHUNK]
        known = _marks(part)
        for each in part:
            if each.about["mark"] not in known[each.case.pk] and _write(each):
                written[each.tone] += 1
    return written


def bring_promises_back() -> int:
    """Promises whose day has come are put before whoever made them, on concluded cases too. How many."""
    back = 0
    due = Promise.objects.filter(
        status=PromiseStatus.OPEN, came_back_at=None, due_on__lte=clock.today()
    ).select_related("assignment__suggestion")
    for promise in list(due):
        row = promise.assignment
        try:
            perform("promise_due", target=row, actor=SYSTEM, seen_version=row.version, promise=promise)
        except DoorError:
            # Settled or moved between the list and the lock.
            continue
        back += 1
    return back


def rule_for(rules: Iterable[ReminderRule], *, start: date, due: date, today: date) -> ReminderRule | None:
    """The most urgent rule that speaks today of a time from `start` to `due`."""
    left, whole = workdays.workdays_until(today, due), workdays.workdays_until(start, due)
    fitting = [
        rule for rule in rules
        if (0 <= left <= rule.days_before < whole) or (left <= rule.days_before < 0)
    ]  # fmt: skip
    return min(fitting, key=lambda rule: rule.days_before, default=None)


def rating_days() -> list[int]:
    """Days after the resident was told, from the settings of the office; what is no number is passed over."""
    parts = OfficeSetting.load().rating_reminders.replace("，", ",").split(",")
    return sorted({int(part) for part in map(str.strip, parts) if part.isdecimal() and int(part) > 0})


def _write(each: Reminder) -> bool:
    try:
        perform(
            "remind", target=each.case, actor=SYSTEM, seen_version=each.case.version, tone=each.tone,
            whom=each.whom[:200], about=each.about,
        )  # fmt: skip
    except DoorError:
        # Another run wrote it, or the case has ended since.
        return False
    return True


def _marks(part: list[Reminder]) -> dict[int, set[str]]:
    """Case → marks in its history."""
    marks: dict[int, set[str]] = {each.case.pk: set() for each in part}
    events = Event.objects.filter(action="remind", suggestion__in=marks)
    for case, data in events.values_list("suggestion", "data"):
        marks[case].add(data.get("mark", ""))
    return marks


def _dates(today: date) -> Iterator[Reminder]:
    rules = list(ReminderRule.objects.filter(is_active=True))
    ahead = max((rule.days_before for rule in rules), default=-1)
    last = workdays.add_workdays(today, max(ahead, 0))
    rows = Assignment.objects.filter(state__in=LIVE).filter(
        Q(unit_due__lte=last) | Q(state=AssignmentState.ISSUED, sign_due__lt=today)
    )
    for row in rows.select_related("unit", "venue", "suggestion").order_by("suggestion", "pk"):
        start = local_date(row.issued_at)
        found = rule_for(rules, start=start, due=row.unit_due, today=today)
        if found:
            yield _of_row(row, "unit_due", row.unit_due, found)
        if row.state == AssignmentState.ISSUED and row.sign_due and row.sign_due < min(today, row.unit_due):
            found = rule_for(rules, start=start, due=row.sign_due, today=today)
            if found:
                yield _of_row(row, "sign_due", row.sign_due, found)
    # Nobody has it in hand between two assignments, and the date told to the resident runs on.
    left_alone = Q(kind=ClockKind.REPLY, suggestion__state=State.ACCEPTED)
    running = Clock.objects.filter(stopped_at=None, due_on__lte=last).filter(Q(kind__in=OURS) | left_alone)
    for each in running.select_related("suggestion").order_by("suggestion", "pk"):
        found = rule_for(rules, start=local_date(each.started_at), due=each.due_on, today=today)
        if found:
            about = {"clock": each.kind}
            yield _reminder(each.suggestion, str(OURS.get(each.kind, OFFICE)), each.due_on, found, about)


def _of_row(row: Assignment, what: str, due: date, rule: ReminderRule) -> Reminder:
    """Whoever has the row to act on: what is signed off waits for the office."""
    waits = row.state in (AssignmentState.SIGNED, AssignmentState.RETURN_ASKED)
    whom = str(OFFICE) if waits else str(row.assignee)
    return _reminder(row.suggestion, whom, due, rule, {"row": row.pk, "what": what})


def _reminder(case: Suggestion, whom: str, due: date, rule: ReminderRule, about: dict[str, Any]) -> Reminder:
    if rule.tell_leader:
        whom = pgettext("reminder", "%(whom)s, copy to the leader") % {"whom": whom}
    mark = " ".join(map(str, (*about.values(), due.isoformat(), rule.days_before)))
    more = {"due": due.isoformat(), "rule": rule.days_before, "copy": rule.tell_leader, "mark": mark}
    return Reminder(case, rule.tone, whom, about | more)


def _ratings(today: date) -> Iterator[Reminder]:
    """Residents who were told and have not said whether they are content; only who can be reached."""
    days = rating_days()
    reachable = Q(resident__isnull=False) | ~Q(contact__phone_index="") & Q(contact__isnull=False)
    told = Suggestion.objects.filter(
        reachable, state=State.REPLIED, told_at__isnull=False, has_left=False, due_on__gte=today
    )
    for case in told.order_by("pk"):
        assert case.told_at is not None, "filtered above"
        told_on = local_date(case.told_at)
        past = [count for count in days if told_on + timedelta(days=count) <= today]
        if past:
            mark = f"{RATE} {told_on.isoformat()} {past[-1]}"
            about = {"due": case.due_on.isoformat() if case.due_on else "", "rule": past[-1], "mark": mark}
            yield Reminder(case, RATE, pgettext("reminder", "the resident"), about)
