"""While a change is prepared: its set-up, the rows of its file, who each row is."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock
from deputies.matching import CERTAIN, Reason, person_of, propose
from deputies.models import Congress, Deputy, TermChange, TermChangeStatus, TermMatch, TermRow
from suggestions.errors import Refused, WrongState

FURTHEST = timedelta(days=2 * 366)


def locked(change: TermChange, *statuses: str) -> TermChange:
    """The row for us alone, in one of `statuses`; WrongState if somebody has moved it on meanwhile."""
    row = lock(TermChange.objects.filter(pk=change.pk)).get()
    if row.status not in statuses:
        raise WrongState(
            _("Meanwhile this change of term is “%(status)s”.") % {"status": row.get_status_display()}
        )
    return row


def set_up(
    change: TermChange | None, *, old: Congress, ordinal: int, switch_on: date, user: User
) -> TermChange:
    """Begin a change, or correct the beginning of a draft. ValidationError by field."""
    with transaction.atomic():
        # Two clerks who begin at the same moment: the second finds the first one's.
        old = lock(Congress.objects.filter(pk=old.pk)).get()
        if change is not None:
            change = locked(change, TermChangeStatus.DRAFT)
        _check_set_up(change, old, ordinal, switch_on)
        new = change.new if change else Congress()
        found = Congress.objects.filter(level=old.level, area=old.area, ordinal=ordinal).exclude(pk=new.pk)
        if existing := found.first():
            if change or existing.mandates.exists() or TermChange.objects.filter(new=existing).exists():
                raise ValidationError({"ordinal": _("This term is there already.")})
            new = existing
        new.level, new.area, new.ordinal = old.level, old.area, ordinal
        new.starts_on, new.ends_on = switch_on, None
        new.save()
        change = change or TermChange()
        change.old, change.new, change.switch_on = old, new, switch_on
        _touch(change, user)
        return change


def _check_set_up(change: TermChange | None, old: Congress, ordinal: int, switch_on: date) -> None:
    problems = {}
    others = TermChange.objects.filter(old=old)
    if change:
        others = others.exclude(pk=change.pk)
    if old.frozen_at:
        problems["old"] = _("The record of this term is closed.")
    elif others.exists():
        problems["old"] = _("A change from this term is there already; open that one.")
    elif change and change.old_id != old.pk and change.rows.exists():
        problems["old"] = _("The file is taken over already, so the term cannot be another one now.")
    if ordinal <= old.ordinal:
        problems["ordinal"] = _("The next term has a higher number than %(number)d.") % {
            "number": old.ordinal
        }
    if switch_on <= old.starts_on:
        problems["switch_on"] = _("The old term begins on %(day)s only; this day must be later.") % {
            "day": old.starts_on.isoformat()
        }
    elif switch_on > clock.today() + FURTHEST:
        problems["switch_on"] = _("The date is too far away.")
    if problems:
        raise ValidationError(problems)


def _touch(change: TermChange, user: User) -> None:
    """Whoever had a hand in the draft cannot confirm it."""
    change.result["hands"] = sorted({*change.result.get("hands", []), user.pk})
    change.prepared_by, change.prepared_at = user, clock.now()
    change.save()


def keep_decisions(change: TermChange, rows: Sequence[TermRow]) -> None:
    """Propose a match for each row of a new file; what was decided about the same person stays decided."""
    decided = {person_of(row): row for row in change.rows.filter(is_confirmed=True).select_related("deputy")}
    # Two lines that say the same about the person cannot be told apart, so both are asked again.
    twins = Counter(person_of(row) for row in [*rows, *change.rows.all()])
    asked = []
    for row in rows:
        before = decided.get(person_of(row))
        if before is None or twins[person_of(row)] > 2:
            asked.append(row)
            continue
        row.match, row.deputy, row.match_reason = before.match, before.deputy, before.match_reason
        row.is_confirmed = True
    propose(asked, [row.deputy_id for row in rows if row.is_confirmed and row.deputy_id])


def replace_rows(change: TermChange, rows: Sequence[TermRow], *, user: User, file_name: str) -> None:
    """The rows of a checked file in the place of those that were there."""
    with transaction.atomic():
        change = locked(change, TermChangeStatus.DRAFT)
        keep_decisions(change, rows)
        change.rows.all().delete()
        TermRow.objects.bulk_create(rows, batch_size=500)
        change.file_name = file_name[:120]
        _touch(change, user)


def decide(row: TermRow, *, match: str, deputy: Deputy | None, user: User) -> TermRow:
    """Say who a row is: SAME with the person, NEW, or OPEN again. Refused if another row has the person."""
    with transaction.atomic():
        change = locked(row.change, TermChangeStatus.DRAFT)
        row = change.rows.get(pk=row.pk)
        deputy = deputy if match == TermMatch.SAME else None
        if deputy is not None:
            _take_from_others(row, deputy)
        if (row.match, row.deputy_id) != (match, deputy.pk if deputy else None):
            row.match_reason = Reason.CHOSEN
        row.match, row.deputy, row.is_confirmed = match, deputy, match != TermMatch.OPEN
        row.save()
        _touch(change, user)
        return row


def _take_from_others(row: TermRow, deputy: Deputy) -> None:
    """A person is elected once: a proposal elsewhere is taken back, a decision stands."""
    other = TermRow.objects.filter(change=row.change_id, deputy=deputy).exclude(pk=row.pk).first()
    if other is None:
        return
    if other.is_confirmed:
        raise Refused(
            _("%(key)s %(name)s is row %(line)d already. Decide that row anew first.")
            % {"key": deputy.key, "name": deputy.name, "line": other.line}
        )
    other.match, other.deputy, other.match_reason = TermMatch.OPEN, None, Reason.TWICE
    other.save()


def agree(change: TermChange, match: str, *, user: User) -> int:
    """Confirm all proposals of one kind that leave no doubt; how many."""
    with transaction.atomic():
        change = locked(change, TermChangeStatus.DRAFT)
        count = certain(change, match).update(is_confirmed=True)
        _touch(change, user)
        return count


def certain(change: TermChange, match: str) -> Any:
    """Rows not decided yet whose proposal leaves no doubt."""
    return change.rows.filter(
        is_confirmed=False, match=match, match_reason=CERTAIN.get(TermMatch(match), "-")
    )
