"""Notes from suggestion boxes that were answered by a paper on the wall, for whoever dropped them in.

Nobody knows who wrote them, so nobody can be told. The writer finds the answer by the number on the slip.
What everybody reads is the number and the street; a title only where the case was published, edited and with
a second pair of eyes, like any other.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from congress_portal.common.clock import local_date
from stations.models import Venue

from .enums import Channel, Restriction, State, ToldBy
from .models import Event, Publication, Suggestion
from .selectors import public

# A reply of this round hangs there; what is handled anew has been taken down.
ANSWERED = (State.REPLIED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the list; `title` and `url` are empty unless the case was published."""

    number: str
    street: str
    posted_on: date
    title: str = ""
    url: str = ""


def answered_at(venue: Venue) -> QuerySet[Suggestion]:
    """Cases of the venue that came by its box and were answered on its wall, newest first."""
    posted = Event.objects.filter(
        suggestion=OuterRef("pk"), action="record_told", round=OuterRef("round"), data__how=ToldBy.POSTED
    )
    rows = Suggestion.objects.filter(
        Exists(posted), venue=venue, channel=Channel.BOX, state__in=ANSWERED, told_at__isnull=False,
        restricted=Restriction.NOBODY,
    )  # fmt: skip
    return rows.order_by("-told_at", "-pk").select_related("street")


def notes(cases: QuerySet[Suggestion] | list[Suggestion]) -> list[Note]:
    """What everybody may read of them: two queries."""
    cases = list(cases)
    rows = public().filter(suggestion__in=cases)
    published: dict[int, Publication] = {row.suggestion_id: row for row in rows}
    return [_note(case, published.get(case.pk)) for case in cases]


def _note(case: Suggestion, publication: Publication | None) -> Note:
    assert case.told_at is not None, "only what was told is listed"
    return Note(
        number=case.number,
        street=case.street.name if case.street else "",
        posted_on=local_date(case.told_at),
        title=publication.title if publication else "",
        url=case.get_absolute_url() if publication else "",
    )
