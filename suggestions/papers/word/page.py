"""The sheet of paper: its edges, the red head of a numbered letter, page numbers."""

from typing import Any

from docx.document import Document as File
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from suggestions.papers.shapes import Paper

from . import text

HEIGHT, WIDTH = Mm(297), Mm(210)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
# The head of a letter begins 30 mm from the edge; its red lines are 170 mm long, more than the text is wide.
HEAD, HEAD_WITH_MARKS, FOOT = Mm(30), Mm(21), Mm(20)
OVER_LEFT, OVER_RIGHT = Mm(-8), Mm(-6)
RED = "E60012"
THICK, THIN = 24, 8
LARGEST, SMALLEST = 34, 14


def set_up(file: File, paper: Paper) -> None:
    section = file.sections[0]
    section.page_height, section.page_width = HEIGHT, WIDTH
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    marks = paper.left_mark or paper.right_mark
    section.header_distance = HEAD_WITH_MARKS if marks else HEAD
    section.footer_distance = FOOT
    section.different_first_page_header_footer = True
    file.settings.odd_and_even_pages_header_footer = True
    _head(section.first_page_header, paper)
    if paper.left_mark:
        # That it is a draft stands on every page.
        for header in (section.header, section.even_page_header):
            text.add(_own(header), text.MARKS, paper.left_mark)
    _number(section.footer, right=True)
    _number(section.even_page_footer, right=False)
    if paper.sender:
        # The first page of a letter has no number, and its own red line.
        _lines(_own(section.first_page_footer), over=THIN, under=THICK)
    else:
        _number(section.first_page_footer, right=True)


def _head(header: Any, paper: Paper) -> None:
    _own(header)
    if paper.left_mark or paper.right_mark:
        text.add(header, text.MARKS, f"{paper.left_mark}\t{paper.right_mark}")
    if paper.sender:
        name = text.add(header, text.SENDER, paper.sender)
        # As large as it can be on one line.
        fitting = text.WIDE.pt / max(text.width(paper.sender), 1)
        name.runs[0].font.size = Pt(max(SMALLEST, min(LARGEST, int(fitting))))
        name.paragraph_format.space_after = Mm(3)
        _lines(header, over=THICK, under=THIN)
    if not header.paragraphs:
        header.add_paragraph()


def _lines(place: Any, *, over: int, under: int) -> None:
    """Two red lines close together, across the page."""
    paragraph = place.add_paragraph(style="Normal")
    look = paragraph.paragraph_format
    look.left_indent, look.right_indent = OVER_LEFT, OVER_RIGHT
    look.line_spacing = Pt(2)
    text.rule(text.properties(paragraph), top=over, bottom=under, colour=RED)


def _number(footer: Any, *, right: bool) -> None:
    """— 1 —, one character from the outer edge."""
    paragraph = text.add(_own(footer), text.PAGE_NUMBER, "— ")
    for kind, words in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            part.text = words
            part.set(qn("xml:space"), "preserve")
        else:
            part.set(qn("w:fldCharType"), kind)
        text.write(paragraph, "").element.append(part)
    text.write(paragraph, " —")
    look = paragraph.paragraph_format
    look.alignment = text.ALIGN.RIGHT if right else text.ALIGN.LEFT
    size = Pt(text.STYLES[text.PAGE_NUMBER].size)
    look.right_indent, look.left_indent = (size, None) if right else (None, size)


def _own(place: Any) -> Any:
    """The header or footer as this page's own, without the empty paragraph it begins with."""
    place.is_linked_to_previous = False
    for paragraph in place.paragraphs:
        text.remove(paragraph)
    return place
