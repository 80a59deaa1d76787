"""Links from the pages of a case to its papers. Each page shows those of the rows it shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from suggestions.enums import AssignmentKind
from suggestions.models import Assignment, AssistingOpinion, Reply, Suggestion, SupervisionLetter

from .catalogue import ASSIGNMENT, KINDS, LETTER, OPINION, POSTING, REPLY
from .posting import is_posted

# Names of the addresses of the print view; that of the Word file ends with _docx.
OFFICE, DESK = "admin:suggestions_paper", "desk_paper"


@dataclass(frozen=True, slots=True)
class Link:
    """To the print view and to the Word file."""

    label: str | Promise
    url: str
    file_url: str


def link(kind: str, pk: int, where: str, label: str = "") -> Link:
    urls = (reverse(name, args=[kind, pk]) for name in (where, f"{where}_docx"))
    return Link(label or KINDS[kind].label, *urls)


def of_rows(rows: Iterable[Assignment], where: str) -> dict[int, list[Link]]:
    """Assignment → its papers, in two queries; a lead finds the opinions it asked for with its own."""
    rows = list(rows)
    cases = {row.suggestion_id for row in rows}
    found = defaultdict(list, {row.pk: [link(ASSIGNMENT, row.pk, where)] for row in rows})
    opinions = AssistingOpinion.objects.filter(assignment__suggestion__in=cases).order_by("pk")
    for opinion in opinions.select_related("assignment__unit", "assignment__venue"):
        given = opinion.assignment
        for row in rows:
            if row.pk == given.pk:
                found[row.pk].append(link(OPINION, opinion.pk, where))
            elif row.kind == AssignmentKind.LEAD and _together(row, given):
                label = _("Opinion of %(name)s") % {"name": given.assignee}
                found[row.pk].append(link(OPINION, opinion.pk, where, label))
    letters = SupervisionLetter.objects.filter(assignment__in=[row.pk for row in rows]).order_by("pk")
    for letter in letters:
        label = f"{KINDS[LETTER].label} {letter.number}"
        found[letter.assignment_id].append(link(LETTER, letter.pk, where, label))
    return dict(found)


def _together(one: Assignment, other: Assignment) -> bool:
    return (one.suggestion_id, one.round, one.parent_id) == (
        other.suggestion_id, other.round, other.parent_id
    )  # fmt: skip


def of_reply(reply: Reply, where: str) -> list[Link]:
    return [link(REPLY, reply.pk, where, "" if reply.released_at else _("draft of the reply"))]


def of_case(case: Suggestion, where: str) -> list[Link]:
    """What belongs to no row: the notice for the wall."""
    return [link(POSTING, case.pk, where)] if is_posted(case) else []
