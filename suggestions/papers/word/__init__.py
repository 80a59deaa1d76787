"""A paper as a Word file, after GB/T 9704: A4, 22 lines a page of 28 points, the fonts of official papers.

Fonts are named, never embedded: a machine without them shows its nearest ones.
"""

from io import BytesIO

from docx import Document
from docx.document import Document as File

from congress_portal.common import clock
from suggestions.papers.shapes import Annex, Block, Heading, Paper, Paragraph, Signature, Table

from . import page, table, text

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(paper: Paper) -> bytes:
    """The file."""
    file = Document()
    text.make_styles(file)
    page.set_up(file, paper)
    _describe(file, paper)
    if paper.number:
        text.add(file, text.NUMBER, paper.number)
    if paper.sender:
        text.add(file, text.BODY, "")
    text.add(file, text.TITLE, paper.title)
    if paper.left_fact or paper.right_fact:
        text.add(file, text.FACTS, f"{paper.left_fact}\t{paper.right_fact}")
    else:
        text.add(file, text.BODY, "")
    for place, block in enumerate(paper.blocks, 1):
        # What is signed on a page of its own could belong to any letter: some of the text goes with it.
        _block(file, block, keep=place == len(paper.blocks))
    _end(file, paper)
    for annex in paper.annexes:
        _annex(file, annex)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _block(file: File, block: Block, *, keep: bool = False) -> None:
    if isinstance(block, Heading):
        text.add(file, text.HEADING, block.text)
    elif isinstance(block, Table):
        table.add(file, block)
    elif isinstance(block, Paragraph):
        text.add(file, text.FLUSH if block.flush else text.BODY, block.text, keep=keep)


def _end(file: File, paper: Paper) -> None:
    """What stands below the text, all of it on one page."""
    for place, line in enumerate(paper.annex_note):
        text.add(file, text.ANNEX_NOTE_MORE if place else text.ANNEX_NOTE, line, gap=not place, keep=True)
    if paper.signature:
        _sign(file, paper.signature, more=bool(paper.contact or paper.copies))
    if paper.contact:
        text.add(file, text.BODY, paper.contact, keep=bool(paper.copies))
    if paper.copies:
        # The lines over and under it are as wide as the text; the words are a character in from them.
        text.add(file, text.COPIES, f"\u3000{paper.copies}")


def _sign(file: File, signature: Signature, *, more: bool) -> None:
    """The date four characters from the edge, whoever signs centred above it. `more`: something follows."""
    lines = [signature.who, signature.date, *([signature.seal] if signature.seal else [])]
    text.add(file, text.SIGN, "", keep=True)
    for place, line in enumerate(lines):
        off = (text.width(signature.date) - text.width(line)) / 2
        text.add(file, text.SIGN, line, right=max(4 + off, 0), keep=more or place + 1 < len(lines))


def _annex(file: File, annex: Annex) -> None:
    text.add(file, text.ANNEX, annex.label, new_page=True)
    text.add(file, text.TITLE, annex.title)
    text.add(file, text.BODY, "")
    for block in annex.blocks:
        _block(file, block)


def _describe(file: File, paper: Paper) -> None:
    """What the file says about itself: nothing of whoever pressed the button."""
    about = file.core_properties
    about.title, about.author = paper.title, paper.signature.who if paper.signature else ""
    about.comments = about.keywords = about.subject = about.last_modified_by = ""
    about.language = "zh-CN"
    about.created = about.modified = clock.now().replace(tzinfo=None)
