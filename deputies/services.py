"""The one way in which a mandate rests, goes on or ends between two elections, and how that is taken back.

What is refused comes as ValidationError by the name of the input; "" in it means the mandate as a whole.
"""

from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock

from .models import ENDINGS, Congress, Mandate, MandateChange, MandateEvent

NOT_ANNOUNCED = gettext_lazy("Only what has been announced takes effect. Write that day.")
LONGEST = {"document_number": 40, "note": 200, "reason": 200}


@transaction.atomic
def record_change(
    mandate: Mandate,
    kind: str,
    effective_on: date,
    announced_on: date | None = None,
    *,
    document_number: str = "",
    note: str = "",
    by: User | None = None,
) -> MandateEvent:
    """Write down what the standing committee announced; it counts from `effective_on`, which may be to come.

    An ending sets the mandate's first day out of office, a restoration closes the suspension before it.
    ValidationError if it cannot follow what is recorded already.
    """
    mandate = _locked(mandate)
    said = list(changes_of(mandate))
    problems: dict[str, Any] = {**_problems(mandate, said, kind, effective_on)}
    problems |= _problems_of_day(kind, effective_on, announced_on)
    problems |= _too_long(document_number=document_number, note=note)
    if problems:
        raise ValidationError(problems)
    event = MandateEvent(
        mandate=mandate, kind=kind, effective_on=effective_on, announced_on=announced_on,
        document_number=document_number, note=note, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    if kind in ENDINGS:
        event.until = mandate.ends_on
        _end(mandate, effective_on, by, str(MandateChange(kind).label))
    elif kind == MandateChange.RESTORED:
        rest = _open_suspension(said)
        assert rest is not None, "checked above"
        rest.until = effective_on
        rest.save(update_fields=["until"])
    event.save()
    return event


@transaction.atomic
def strike_out(event: MandateEvent, *, reason: str, by: User | None = None) -> MandateEvent:
    """Take a change back that should not have been recorded; the row stays, and what it closed is open again.

    ValidationError without a reason, or while a later change builds on it.
    """
    mandate = _locked(event.mandate)
    said = list(changes_of(mandate))
    event = lock(MandateEvent.objects.filter(pk=event.pk)).get()
    problems: dict[str, Any] = {**_too_long(reason=reason)}
    if not reason.strip():
        problems["reason"] = _("Say what was wrong with it.")
    if event.struck_out_at is not None:
        problems[NON_FIELD_ERRORS] = _("This change is struck out already.")
    elif event.kind != MandateChange.BY_ELECTION and said and said[-1].pk != event.pk:
        text = _("A later change builds on this one. Strike out “%(change)s” of %(day)s first.")
        problems[NON_FIELD_ERRORS] = _told(text, said[-1])
    if problems:
        raise ValidationError(problems)
    if event.kind in ENDINGS:
        _end(mandate, event.until, by, _("Struck out: %(reason)s") % {"reason": reason})
    elif event.kind == MandateChange.RESTORED:
        rest = [row for row in said if row.kind == MandateChange.SUSPENDED][-1]
        rest.until = None
        rest.save(update_fields=["until"])
    event.struck_out_at, event.struck_out_reason, event.struck_out_by = clock.now(), reason, by
    event.save(update_fields=["struck_out_at", "struck_out_reason", "struck_out_by"])
    return event


def possible_changes(mandate: Mandate) -> list[MandateChange]:
    """What may be recorded next, whatever the day; empty once the record of the term is closed."""
    if mandate.congress.frozen_at is not None:
        return []
    said = list(mandate.events.standing().order_by("effective_on", "pk"))
    kinds: list[MandateChange] = []
    if not any(row.kind in ENDINGS for row in said):
        rests = _open_suspension(said)
        kinds = [MandateChange.RESTORED if rests else MandateChange.SUSPENDED, *ENDINGS]
    began_late = mandate.starts_on > mandate.congress.starts_on
    if began_late and not any(row.kind == MandateChange.BY_ELECTION for row in said):
        kinds.append(MandateChange.BY_ELECTION)
    return kinds


def changes_of(mandate: Mandate) -> list[MandateEvent]:
    """What counts of the mandate after its beginning, in the order of its days."""
    rows = mandate.events.standing().exclude(kind=MandateChange.BY_ELECTION)
    return list(rows.order_by("effective_on", "pk"))


def against_changes(mandate: Mandate, said: list[MandateEvent]) -> tuple[str, str] | None:
    """(field, what to do) if the dates of the mandate do not fit what is recorded: `said`, by day."""
    if elected := next((row for row in said if row.kind == MandateChange.BY_ELECTION), None):
        if mandate.starts_on != elected.effective_on:
            text = _("The mandate began with the recorded “%(change)s”, %(day)s.")
            return "starts_on", _told(text, elected)
    changes = [row for row in said if row.kind != MandateChange.BY_ELECTION]
    if not changes:
        return None
    first, last = changes[0], changes[-1]
    if mandate.starts_on > first.effective_on:
        text = _("“%(change)s” is recorded for %(day)s. Choose that day or an earlier one.")
        return "starts_on", _told(text, first)
    if last.kind in ENDINGS and mandate.ends_on != last.effective_on:
        text = _("This day comes from the recorded “%(change)s”, %(day)s. Strike that out if it is wrong.")
        return "ends_on", _told(text, last)
    if last.kind not in ENDINGS and mandate.ends_on and mandate.ends_on <= last.effective_on:
        return "ends_on", _told(_("“%(change)s” is recorded for %(day)s. Choose a later day."), last)
    return None


def ends_unannounced(before: date | None, after: date | None, congress: Congress) -> bool:
    """Whether a new last day of a stored mandate would end it without a recorded change.

    The end of the whole term needs none, and a day long past may be corrected.
    """
    if after is None or after in (before, congress.ends_on):
        return False
    today = clock.today()
    return after > today or before is None or before > today


def _told(text: str, event: MandateEvent) -> str:
    return text % {"change": event.get_kind_display(), "day": event.effective_on.isoformat()}


def _locked(mandate: Mandate) -> Mandate:
    # The congress too: closing its record and changing one of its mandates never cross.
    congress = lock(Congress.objects.filter(pk=mandate.congress_id)).get()
    if congress.frozen_at is not None:
        raise ValidationError(_("The record of this term is closed. Its mandates no longer change."))
    mandate = lock(Mandate.objects.filter(pk=mandate.pk)).get()
    mandate.congress = congress
    return mandate


def _open_suspension(said: list[MandateEvent]) -> MandateEvent | None:
    return next((row for row in said if row.kind == MandateChange.SUSPENDED and row.until is None), None)


def _problems(mandate: Mandate, said: list[MandateEvent], kind: str, day: date) -> dict[str, str]:
    """Why this cannot follow what is recorded, by input."""
    if kind not in MandateChange.values:
        return {"kind": _("Choose what happened.")}
    if kind == MandateChange.BY_ELECTION:
        return _problem_of_by_election(mandate, day)
    return _problem_of_turn(said, kind, day) or _problem_of_order(mandate, said, day)


def _problem_of_by_election(mandate: Mandate, day: date) -> dict[str, str]:
    if mandate.events.standing().filter(kind=MandateChange.BY_ELECTION).exists():
        return {"kind": _("The by-election is recorded already.")}
    if day != mandate.starts_on:
        text = _("A by-election counts from the first day of the mandate, %(day)s.")
        return {"effective_on": text % {"day": mandate.starts_on.isoformat()}}
    if mandate.starts_on <= mandate.congress.starts_on:
        return {"kind": _("This mandate began with the term, so nobody was elected in between.")}
    return {}


def _problem_of_turn(said: list[MandateEvent], kind: str, day: date) -> dict[str, str]:
    """Nothing follows an ending; a suspension and its restoration come in pairs."""
    if said and said[-1].kind in ENDINGS:
        text = _("This mandate has ended: %(change)s, %(day)s. Strike that out first if it was a mistake.")
        return {"kind": _told(text, said[-1])}
    rest = _open_suspension(said)
    since = {"day": rest.effective_on.isoformat()} if rest else {}
    if kind == MandateChange.SUSPENDED and rest:
        return {"kind": _("Suspended since %(day)s already.") % since}
    if kind == MandateChange.RESTORED and not rest:
        return {"kind": _("There is no suspension that could end.")}
    if kind == MandateChange.RESTORED and rest and day <= rest.effective_on:
        return {"effective_on": _("The suspension took effect on %(day)s. Choose a later day.") % since}
    return {}


def _problem_of_order(mandate: Mandate, said: list[MandateEvent], day: date) -> dict[str, str]:
    if day < mandate.starts_on:
        text, other = _("The mandate begins on %(day)s. Choose that day or a later one."), mandate.starts_on
    elif mandate.ends_on is not None and day >= mandate.ends_on:
        text, other = _("The mandate ends on %(day)s; nothing more can happen to it then."), mandate.ends_on
    elif said and day < said[-1].effective_on:
        text = _("The last change took effect on %(day)s. Changes are recorded in the order of their days.")
        other = said[-1].effective_on
    else:
        return {}
    return {"effective_on": text % {"day": other.isoformat()}}


def _problems_of_day(kind: str, effective_on: date, announced_on: date | None) -> dict[str, str]:
    """A change is made by the announcement; a death is a fact, announced afterwards."""
    problems = {}
    if kind == MandateChange.DIED:
        if effective_on > clock.today():
            problems["effective_on"] = _("This day is still to come.")
    elif announced_on is None:
        problems["announced_on"] = str(NOT_ANNOUNCED)
    if announced_on is not None and announced_on > clock.today():
        problems["announced_on"] = _("This day is still to come. Record the change once it is announced.")
    return problems


def _too_long(**texts: str) -> dict[str, str]:
    text = _("Write at most %(limit)d characters.")
    return {
        name: text % {"limit": LONGEST[name]} for name, said in texts.items() if len(said) > LONGEST[name]
    }


def _end(mandate: Any, day: date | None, by: User | None, why: str) -> None:
    mandate.ends_on = day
    # The names by which simple_history takes them.
    mandate._history_user, mandate._change_reason = by, why[:100]  # noqa: SLF001
    mandate.save(update_fields=["ends_on"])
