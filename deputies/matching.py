"""Who of the people elected for the next term is somebody we know. Proposals only: the clerk decides."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Deputy, MandateChange, MandateEvent, TermMatch, TermRow

# What tells one person from another in a line of the file.
PERSON = ("name", "gender", "ethnicity", "organisation", "position")


class Reason(models.TextChoices):
    """Why a match is proposed; what `TermRow.match_reason` holds."""

    NAME_AND_UNIT = "NAME_AND_UNIT", _("Same name and unit")
    UNIT_DIFFERS = "UNIT_DIFFERS", _("Same name, another unit")
    UNIT_UNKNOWN = "UNIT_UNKNOWN", _("Same name, unit not known")
    GENDER_DIFFERS = "GENDER_DIFFERS", _("Same name, another gender")
    SEVERAL = "SEVERAL", _("Several people of this name")
    TWICE = "TWICE", _("Two rows fit the same person")
    DIED = "DIED", _("Same name; that person has died")
    NOBODY = "NOBODY", _("Nobody of this name is known")
    CHOSEN = "CHOSEN", _("Decided by hand")


# Proposals so plain that they may be confirmed together.
CERTAIN = {TermMatch.SAME: Reason.NAME_AND_UNIT, TermMatch.NEW: Reason.NOBODY}


def propose(rows: Iterable[TermRow], taken: Iterable[int] = ()) -> None:
    """Set match, person and reason of each row; two queries. `taken`: people other rows have already."""
    rows = list(rows)
    known = namesakes(row.name for row in rows)
    died = set(
        MandateEvent.objects.filter(kind=MandateChange.DIED, struck_out_at=None).values_list(
            "mandate__deputy", flat=True
        )
    )
    for row in rows:
        row.match, row.deputy, row.match_reason = _proposal(row, known.get(row.name, []), died)
    claims = Counter([*taken, *(row.deputy_id for row in rows if row.deputy_id)])
    for row in rows:
        if row.deputy_id and claims[row.deputy_id] > 1:
            row.match, row.deputy, row.match_reason = TermMatch.OPEN, None, Reason.TWICE


def namesakes(names: Iterable[str]) -> dict[str, list[Deputy]]:
    """Everybody known under each of the names, in or out of office, in the order of keys: one query."""
    found: dict[str, list[Deputy]] = {}
    for person in Deputy.objects.filter(name__in=set(names)).order_by("key"):
        found.setdefault(person.name, []).append(person)
    return found


def _proposal(row: TermRow, known: Sequence[Deputy], died: set[int]) -> tuple[str, Deputy | None, str]:
    if not known:
        return TermMatch.NEW, None, Reason.NOBODY
    fitting = [person for person in known if not _doubt(row, person, died)]
    if len(fitting) == 1:
        return TermMatch.SAME, fitting[0], Reason.NAME_AND_UNIT
    if len(known) > 1:
        return TermMatch.OPEN, None, Reason.SEVERAL
    return TermMatch.OPEN, None, _doubt(row, known[0], died)


def _doubt(row: TermRow, person: Deputy, died: set[int]) -> str:
    """Why somebody of the same name may be another person; "" if name, unit and gender speak for one."""
    if person.pk in died:
        return Reason.DIED
    if row.gender and person.gender and row.gender != person.gender:
        return Reason.GENDER_DIFFERS
    if not row.organisation or not person.organisation:
        return Reason.UNIT_UNKNOWN
    return "" if plain_unit(row.organisation) == plain_unit(person.organisation) else Reason.UNIT_DIFFERS


def plain_unit(text: str) -> str:
    """A unit's name without spaces and differences of width: （沈阳） is (沈阳)."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def person_of(row: TermRow) -> tuple[str, ...]:
    """What the line says about the person; equal for lines about which the same was decided."""
    return tuple(getattr(row, name) for name in PERSON)
