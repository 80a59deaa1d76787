"""The kinds of paper, who may print which row, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models import Subquery as Latest
from django.http import Http404
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions import casefile, desk
from suggestions import workflow as w
from suggestions.actors import Actor
from suggestions.enums import AssignmentKind
from suggestions.models import Assignment, AssistingOpinion, Reply, Suggestion, SupervisionLetter
from suggestions.permissions import GONE, committee_streets
from suggestions.selectors import assignments_of, my_venues, of_streets, visible_to

from .opinion import opinion_letter
from .posting import is_posted, posting
from .reply import reply_letter
from .shapes import Paper
from .sheet import assignment_sheet
from .supervision import supervision_letter

ASSIGNMENT, OPINION, REPLY, LETTER, POSTING = "assignment", "opinion", "reply", "letter", "posting"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who prints, in the office or at the desk of a place. `track_url`: where residents follow their case."""

    actor: Actor
    office: bool
    track_url: str

    @property
    def user(self) -> Any:
        return self.actor.person

    def cases(self) -> QuerySet[Suggestion]:
        return visible_to(self.user) if self.office else desk.scope(self.user)


@dataclass(frozen=True, slots=True)
class Kind:
    """`rows`: those the reader may print; `case`: the way from such a row to its case."""

    label: str | Promise
    rows: Callable[[Reader], QuerySet[Any]]
    case: Callable[[Any], Suggestion]
    build: Callable[[Any, Reader], Paper]


def open_paper(kind: str, pk: int, reader: Reader) -> tuple[Suggestion, Paper]:
    """The paper and its case; 404 tells a stranger nothing about whether there is one.

    It is written in the language of the office, whatever language its pages are read in.
    """
    if kind not in KINDS:
        raise Http404
    known = KINDS[kind]
    row = known.rows(reader).filter(pk=pk).first()
    if row is None or (kind == POSTING and not is_posted(row)):
        raise Http404
    return known.case(row), in_our_language(lambda: known.build(row, reader))


def in_our_language(build: Callable[[], Paper]) -> Paper:
    with translation.override(settings.LANGUAGE_CODE):
        return build()


def _own(user: Any, prefix: str = "") -> Q:
    """Condition: the row was given to a place of the user, or to a venue of the user's street."""
    own = Q(**{f"{prefix}pk__in": assignments_of(user).values("pk")})
    streets = committee_streets(user)
    return own | Q(**{f"{prefix}venue__street__in": streets}) if streets else own


def _near(user: Any, prefix: str = "") -> Q:
    """Condition: an own row, or a row of a case of the user's venue or street."""
    near = _own(user, prefix) | Q(**{f"{prefix}suggestion__venue__in": my_venues(user).values("pk")})
    streets = committee_streets(user)
    return near | of_streets(streets, f"{prefix}suggestion__") if streets else near


def _sheets(reader: Reader) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(suggestion__in=reader.cases().values("pk"))
    rows = rows.select_related(*_CASE, "unit", "venue", "parent__unit")
    return rows if reader.office else rows.exclude(state__in=GONE).filter(_near(reader.user))


def _opinions(reader: Reader) -> QuerySet[AssistingOpinion]:
    """Also for the lead, whose reply explains them."""
    rows = AssistingOpinion.objects.filter(assignment__suggestion__in=reader.cases().values("pk"))
    rows = rows.select_related(*_through("assignment", *_CASE, "unit", "venue", "parent__unit"))
    if reader.office:
        return rows
    leads = assignments_of(reader.user).filter(
        kind=AssignmentKind.LEAD, suggestion=OuterRef("assignment__suggestion"),
        round=OuterRef("assignment__round"),
    )  # fmt: skip
    return rows.filter(_near(reader.user, "assignment__") | Q(Exists(leads)))


def _replies(reader: Reader) -> QuerySet[Reply]:
    """Drafts only for those who write, sign off or review them, and only the version now on its way."""
    rows = Reply.objects.filter(suggestion__in=reader.cases().values("pk"))
    rows = rows.select_related(*_CASE, *_through("assignment", "unit", "venue", "parent__unit"))
    if reader.office:
        return rows
    newest = Reply.objects.filter(assignment=OuterRef("assignment")).order_by("-pk").values("pk")[:1]
    drafts = Q(assignment__state__in=w.LIVE, pk=Latest(newest)) & _own(reader.user, "assignment__")
    return rows.filter(Q(released_at__isnull=False) | drafts)


def _letters(reader: Reader) -> QuerySet[SupervisionLetter]:
    rows = SupervisionLetter.objects.filter(assignment__suggestion__in=reader.cases().values("pk"))
    rows = rows.select_related("issued_by", *_through("assignment", *_CASE, "unit", "venue", "parent__unit"))
    return rows if reader.office else rows.filter(_near(reader.user, "assignment__"))


def _postings(reader: Reader) -> QuerySet[Suggestion]:
    rows = reader.cases().select_related("street", "community", "venue", "contact")
    if reader.office:
        return rows
    streets = committee_streets(reader.user)
    here = Q(venue__in=my_venues(reader.user).values("pk"))
    return rows.filter(here | of_streets(streets) if streets else here)


_CASE = (
    "suggestion__street", "suggestion__community", "suggestion__venue__street", "suggestion__category",
    "suggestion__contact",
)  # fmt: skip


def _through(first: str, *names: str) -> list[str]:
    return [f"{first}__{name}" for name in names]


def _opinion(opinion: AssistingOpinion, reader: Reader) -> Paper:
    """Whoever wrote it reads it as it was written."""
    row = opinion.assignment
    wrote = not reader.office and assignments_of(reader.user).filter(pk=row.pk).exists()
    return opinion_letter(opinion, show=str if wrote else casefile.reader(row.suggestion, reader.actor))


KINDS: dict[str, Kind] = {
    ASSIGNMENT: Kind(
        _("assignment sheet"), _sheets, lambda row: row.suggestion,
        lambda row, reader: assignment_sheet(row, show=casefile.reader(row.suggestion, reader.actor)),
    ),
    OPINION: Kind(_("assisting opinion"), _opinions, lambda row: row.assignment.suggestion, _opinion),
    REPLY: Kind(
        _("letter of reply"), _replies, lambda row: row.suggestion,
        lambda row, reader: reply_letter(row, track_url=reader.track_url),
    ),
    LETTER: Kind(
        _("letter of supervision"), _letters, lambda row: row.assignment.suggestion,
        lambda row, reader: supervision_letter(
            row, show=casefile.reader(row.assignment.suggestion, reader.actor)
        ),
    ),
    POSTING: Kind(_("notice for the wall"), _postings, lambda row: row, lambda row, _reader: posting(row)),
}  # fmt: skip
