"""答复函: the letter of reply, with the opinions of those who assisted and the questionnaire as annexes."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress_portal.common.clock import local_date
from congress_portal.common.masking import mask_text
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.templatetags.portal import zh_date
from suggestions import letters
from suggestions.enums import AssignmentKind, AssignmentState
from suggestions.models import Assignment, AssistingOpinion, OfficeSetting, Reply

from . import words
from .questionnaire import questionnaire
from .shapes import Block, Heading, Paper, Paragraph


def reply_letter(reply: Reply, *, track_url: str, ask: bool = True) -> Paper:
    """The letter as it was released, or as it is drafted. `ask`: with the questionnaire; a draft has none."""
    case, office = reply.suggestion, OfficeSetting.load()
    released = reply.released_at is not None
    signer = words.signer_of(case, reply, office)
    drawn = [_opinions(reply)]
    if ask and released:
        drawn.append(questionnaire(reply, signer=signer, track_url=track_url))
    note, annexes = words.annexes(*filter(None, drawn))
    what = _("letter of reply") if released else _("draft of the reply")
    return Paper(
        name=words.file_name(case, what, signer),
        title=_("Reply to %(matter)s") % {"matter": words.matter(case)},
        sender=signer if reply.document_number else "",
        number=reply.document_number,
        left_mark="" if released else pgettext("on a paper", "DRAFT"),
        right_mark=_("Class: %(letter)s") % {"letter": reply.answer_class} if reply.answer_class else "",
        blocks=(*_body(reply, signer), *_promised(reply)),
        annex_note=note,
        signature=words.signed(signer, zh_date(reply.released_at)),
        contact=words.contact_line(phone=_phone(reply, office)),
        copies=words.copies_to(*_copies(reply, signer, office)),
        annexes=annexes,
    )


def _phone(reply: Reply, office: OfficeSetting) -> str:
    if reply.assignment:
        return reply.assignment.assignee.phone
    venue = reply.suggestion.venue
    at_once_by_venue = venue is not None and letters.signer_of(reply.suggestion, reply) == venue.name
    return venue.phone if venue is not None and at_once_by_venue else office.phone


def _copies(reply: Reply, signer: str, office: OfficeSetting) -> list[str]:
    parent = reply.assignment.parent if reply.assignment else None
    return [name for name in (office.letterhead, str(parent.unit) if parent else "") if name != signer]


def _body(reply: Reply, signer: str) -> list[Block]:
    """The text with its own greeting or ours, without the signature its writer put below."""
    lines = letters.lines_of(reply.text)
    for place in (len(lines) - 1, len(lines) - 2):
        if place > 0 and lines[place] == signer:
            lines = lines[:place]
    blocks: list[Block] = []
    if letters.names_its_reader(lines[0]):
        blocks.append(Paragraph(lines[0], flush=True))
        lines = lines[1:]
    else:
        blocks.append(Paragraph(_("Dear resident (a letter on paper),"), flush=True))
        if not lines[0].startswith("您好"):
            blocks.append(Paragraph(_("Good day.")))
    blocks += words.sentences("\n".join(lines), _headings(reply))
    return blocks


def _headings(reply: Reply) -> set[str]:
    """The lines that name the points, as they stand in the text: the points may have changed since."""
    marks = tuple(f"{chinese_numeral(number)}、" for number in range(1, len(reply.answers) + 1))
    after = reply.text[len(reply.opening) :] if marks else ""
    found: set[str] = set()
    for mark, answer in zip(marks, reply.answers, strict=True):
        begin = after.find(f"\n{mark}")
        line, newline, rest = after[begin + 1 :].partition("\n")
        if begin < 0 or not newline or not rest.startswith(answer):
            break
        found.add(line.strip())
        after = rest[len(answer) :]
    return found


def _promised(reply: Reply) -> list[Block]:
    """What the letter promises, by which day; a later day that was agreed on since is not in this letter."""
    if not reply.promised:
        return []
    rows = sorted(reply.promised, key=lambda row: row["due"])
    return [
        Paragraph(_("What we promise, and by when:")),
        *(
            Paragraph(
                _("%(place)d. %(what)s (by %(day)s)")
                % {
                    "place": place,
                    "what": row["text"].rstrip("。；;"),
                    "day": zh_date(date.fromisoformat(row["due"])),
                }
            )
            for place, row in enumerate(rows, 1)
        ),
    ]


def _opinions(reply: Reply) -> tuple[str, tuple[Block, ...]] | None:
    """What each assisting unit said, or that it said nothing in time; None without assisting units."""
    lead = reply.assignment
    if lead is None or lead.kind != AssignmentKind.LEAD:
        return None
    beside = Assignment.objects.filter(
        suggestion=lead.suggestion_id, round=lead.round, parent=lead.parent_id, kind=AssignmentKind.ASSISTING,
        state__in=(AssignmentState.GIVEN, AssignmentState.MISSED),
    )  # fmt: skip
    rows = list(beside.select_related("unit", "venue", "opinion").order_by("pk"))
    if not rows:
        return None
    blocks: list[Block] = []
    for row in rows:
        blocks.append(Heading(str(row.assignee)))
        blocks += _opinion_of(row)
    return _("Opinions of the assisting units"), tuple(blocks)


def _opinion_of(row: Assignment) -> list[Block]:
    opinion: AssistingOpinion | None = getattr(row, "opinion", None)
    if opinion is None:
        return [Paragraph(_("No opinion was given within the time."))]
    day = _("Given on %(day)s.") % {"day": zh_date(local_date(opinion.given_at))}
    # Written for the lead, now read by the resident: numbers of other people do not go along.
    return [*words.sentences(mask_text(opinion.text)), Paragraph(day)]
