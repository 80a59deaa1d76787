"""Pieces of text that several papers share."""

import re
from collections.abc import Callable, Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress_portal.common.masking import mask_text
from suggestions import letters, tracking
from suggestions.models import Assignment, OfficeSetting, Reply, Suggestion

from .shapes import Annex, Block, Field, Heading, Paragraph, Row, Signature

Show = Callable[[str], str]

# 一、 at the beginning of a short line that is no sentence.
NUMBERED = re.compile(r"[一二三四五六七八九十百]{1,4}、.{1,28}(?<![。；;，,：:])")
NOT_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def hiding(show: Show, row: Assignment) -> Show:
    """As the reader sees a text, but never more than the unit that is handed the paper may see."""
    if row.unit_id is None:
        return show
    contact = getattr(row.suggestion, "contact", None)
    return show if contact is not None and contact.may_share else mask_text


def file_name(case: Suggestion, what: str, whose: str = "") -> str:
    """群众意见第2026000123号交办单（某局）, without signs that no file system takes."""
    words = _("Suggestion %(number)s, %(paper)s") % {"number": case.number, "paper": what}
    if whose:
        words = _("%(name)s (%(whose)s)") % {"name": words, "whose": whose}
    return NOT_IN_A_FILE_NAME.sub("", words)[:120]


def sentences(text: str, headings: Collection[str] = ()) -> Iterator[Block]:
    """The lines of a text as headings and paragraphs; `headings`: lines known to be headings."""
    for line in (part.strip() for part in text.splitlines()):
        if not line:
            continue
        if line in headings or NUMBERED.fullmatch(line):
            yield Heading(line)
        else:
            yield Paragraph(line)


def listed(texts: Collection[str]) -> str:
    """1. … 2. … each on a line of its own."""
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, 1))


def names(who: Collection[str]) -> str:
    return pgettext("between names", ", ").join(who)


def copies_to(*who: str) -> str:
    """抄送：甲，乙。 "" for nobody; each once, in the order given."""
    to = list(dict.fromkeys(filter(None, who)))
    if not to:
        return ""
    return _("Copies: %(names)s") % {"names": pgettext("between addressees", ", ").join(to)}


def contact_line(*, person: str = "", phone: str = "") -> str:
    """（联系人：某某，电话：…） as far as it is known."""
    if person and phone:
        return _("(Contact: %(person)s, phone: %(phone)s)") % {"person": person, "phone": phone}
    if phone:
        return _("(Phone: %(phone)s)") % {"phone": phone}
    return _("(Contact: %(person)s)") % {"person": person} if person else ""


def signed(who: str, date: str) -> Signature:
    """With room for the seal; "" as date leaves the date to be written by hand."""
    return Signature(who, date or _("(date)"), _("(seal)"))


def pair(*fields: tuple[str, str], height: int = 0) -> Row:
    """A row of the form: (label, text), once or twice."""
    return Row(tuple(Field(label, text) for label, text in fields), height)


def annexes(*drawn: tuple[str, tuple[Block, ...]]) -> tuple[tuple[str, ...], tuple[Annex, ...]]:
    """The note below the text, and the annexes: (title, blocks), numbered where there are several."""
    several = len(drawn) > 1
    labels = [
        _("Annex %(number)d") % {"number": place} if several else _("Annex")
        for place in range(1, len(drawn) + 1)
    ]
    made = tuple(Annex(label, title, blocks) for label, (title, blocks) in zip(labels, drawn, strict=True))
    note = [f"{place}. {annex.title}" if several else annex.title for place, annex in enumerate(made, 1)]
    if note:
        note[0] = _("Annex: %(title)s") % {"title": note[0]}
    return tuple(note), made


def matter(case: Suggestion) -> str:
    """第2026000123号群众意见, as titles and sentences name it."""
    return _("suggestion %(number)s") % {"number": case.number}


def signer_of(case: Suggestion, reply: Reply, office: OfficeSetting) -> str:
    """Who signs a reply on paper: the office with its full name."""
    signer = letters.signer_of(case, reply)
    return office.letterhead if reply.assignment is None and signer == str(tracking.OFFICE) else signer
