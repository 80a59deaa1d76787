"""The same done to many cases: first rehearsed case by case, then done through the door, each on its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.accounts.models import User
from congress_portal.common.templatetags.portal import zh_date
from stations.models import Venue

from .actors import Actor
from .enums import CaseLevel
from .errors import DoorError, Stale
from .inputs import Target
from .models import Category, HandlingUnit, Suggestion
from .points import split_points
from .selectors import visible_to
from .services import perform

# One page that people still read; more is done in several goes.
MOST = 100


@dataclass(slots=True)
class Line:
    """One case: what would be given to the door, in words, and why it would not open ("": it would)."""

    case: Suggestion
    will: str
    given: dict[str, Any] = field(default_factory=dict)
    why_not: str = ""
    # The lead of a merge stays as it is.
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: `case` is None where the reader may not see it any more."""

    case: Suggestion | None
    done: bool
    said: str


def chosen(pks: Iterable[int], user: User) -> list[Suggestion]:
    """The cases of these keys that the user may see, in the order of their dates."""
    rows: QuerySet[Suggestion] = visible_to(user).filter(pk__in=list(pks))
    rows = rows.select_related("category__usual_unit", "venue", "street", "community")
    return list(rows.order_by("due_on", "received_at", "pk"))


def accepting(cases: Iterable[Suggestion], *, category: Category | None, level: str) -> list[Line]:
    """Each with the chosen category and level, else with its own category and what is usual for it."""
    lines = []
    for case in cases:
        kind = category or case.category
        how_high = level or (kind.usual_level if kind else "")
        points = split_points(case.text)
        words = [str(kind or "—"), str(CaseLevel(how_high).label) if how_high else "—"]
        if points:
            words.append(
                ngettext("%(count)d point", "%(count)d points", len(points)) % {"count": len(points)}
            )
        given = {"category": kind, "level": how_high, "points": points}
        why = _("It has no category yet.") if kind is None else ""
        why = why or (_("Its category has no usual level: choose one.") if not how_high else "")
        lines.append(Line(case, " · ".join(words), given, why))
    return lines


def assigning(
    cases: Iterable[Suggestion], *, unit: HandlingUnit | None, venue: Venue | None, due: date,
    instructions: str,
) -> list[Line]:  # fmt: skip
    """Each to the chosen unit or venue, else to the usual unit of its category."""
    lines = []
    for case in cases:
        whom = venue or unit or (case.category.usual_unit if case.category else None)
        will = f"→ {whom or '—'} · {zh_date(due)}"
        target = (
            Target(venue=venue) if venue else Target(unit=whom if isinstance(whom, HandlingUnit) else None)
        )
        given = {"assignments": [target], "due": due, "instructions": instructions}
        why = _("Its category has no usual unit: choose one.") if whom is None else ""
        lines.append(Line(case, will, given, why))
    return lines


def merging(cases: Iterable[Suggestion], *, lead: Suggestion, same_person: bool) -> list[Line]:
    """All joined to the lead, which may be one of them."""
    lines = []
    for case in cases:
        if case.pk == lead.pk:
            lines.append(Line(case, _("Answers for the others"), stays=True))
        else:
            will = _("Joined to %(number)s") % {"number": lead.number}
            lines.append(Line(case, will, {"lead": lead, "same_person": same_person}))
    return lines


def rehearse(action: str, lines: Iterable[Line], actor: Actor) -> None:
    """Try every line at the door and take it back: what is told before is what would happen now."""
    for line in lines:
        if not line.why_not and not line.stays:
            with transaction.atomic():
                line.why_not = _try(action, line, actor, line.case.version)
                transaction.set_rollback(True)


def carry_out(
    action: str, lines: Iterable[Line], actor: Actor, seen: Mapping[int, int], missing: int = 0
) -> list[Outcome]:
    """Do it; one outcome for every line and for each of the `missing`, done or not.

    `seen`: key → version on the page the person decided from.
    """
    outcomes = []
    for line in lines:
        if line.stays:
            outcomes.append(Outcome(line.case, True, line.will))
            continue
        why_not = line.why_not or _try(action, line, actor, seen.get(line.case.pk, -1))
        outcomes.append(Outcome(line.case, not why_not, why_not or line.will))
    gone = _("You may not see this case any more.")
    return [*outcomes, *(Outcome(None, False, gone) for _turn in range(missing))]


def _try(action: str, line: Line, actor: Actor, version: int) -> str:
    """Do it; why not, or "" if it was done."""
    try:
        perform(action, target=line.case, actor=actor, seen_version=version, **line.given)
    except ValidationError as error:
        return " ".join(error.messages)
    except Stale:
        return _("Someone has just handled this. Open it to see how it stands now.")
    except DoorError as error:
        return str(error)
    return ""
