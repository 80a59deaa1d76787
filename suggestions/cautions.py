"""What somebody who registers for others should see once before it is stored; nothing of it forbids."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from . import repeats
from .emergencies import Call, calls_for
from .enums import Restriction
from .models import Suggestion
from .submissions import Submission


@dataclass(frozen=True, slots=True)
class Cautions:
    """`numbered`: registered already under the same number elsewhere; `alike`: sent by the same person.

    `numbered_elsewhere`: so it is, at a place whose cases the writer may not open.
    """

    calls: list[Call]
    numbered: list[Suggestion]
    numbered_elsewhere: bool
    alike: list[Suggestion]

    def __bool__(self) -> bool:
        return bool(self.calls or self.numbered or self.numbered_elsewhere or self.alike)

    @property
    def stamp(self) -> str:
        """The same for the same cautions: what was seen once is not shown again."""
        found: Iterable[object] = (
            *(f"call {call}" for call in self.calls),
            *sorted(f"case {case.number}" for case in {*self.numbered, *self.alike}),
            *(["elsewhere"] if self.numbered_elsewhere else []),
        )
        return "|".join(map(str, found))


def cautions(submission: Submission, seen: QuerySet[Suggestion]) -> Cautions:
    """`seen`: the cases the writer may open."""
    same_number = _numbered(submission.outside_number)
    numbered = list(same_number.filter(pk__in=seen.values("pk")).order_by("-received_at")[: repeats.SHOWN])
    # What is hidden from all others is not even hinted at.
    elsewhere = same_number.filter(restricted__in=(Restriction.NOBODY, Restriction.PUBLIC))
    words = f"{submission.title}{submission.text}"
    return Cautions(
        calls_for(submission.title, submission.text, submission.place),
        numbered,
        elsewhere.exclude(pk__in=seen.values("pk")).exists(),
        repeats.registered_as(submission.phone, words, seen),
    )


def _numbered(number: str) -> QuerySet[Suggestion]:
    ways = {number, number.upper(), number.lower()} - {""}
    return Suggestion.objects.filter(outside_number__in=ways)
