"""Styles of official papers, and paragraphs in them."""

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SONG_TITLE, FANGSONG, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
RED = RGBColor(0xE6, 0x00, 0x12)
LINE = Pt(28)
# Width of the text on the page.
WIDE = Mm(156)
# What XML cannot hold; a file with one of them would not open.
UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TITLE, BODY, FLUSH, HEADING = "公文标题", "公文正文", "公文主送", "公文一级标题"
NUMBER, FACTS, SIGN, COPIES = "公文字号", "公文表头", "公文落款", "公文抄送"
ANNEX, ANNEX_NOTE, ANNEX_NOTE_MORE = "附件标识", "附件说明", "附件说明续行"
LABEL, CELL, SENDER, MARKS, PAGE_NUMBER = "表格栏目", "表格文字", "发文机关标志", "版头标记", "页码"


@dataclass(frozen=True, slots=True)
class Style:
    """Font by its Chinese name, size and line pitch in points, indents in characters."""

    font: str = FANGSONG
    size: float = 16
    line: float | None = 28
    align: ALIGN = ALIGN.JUSTIFY
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False
    tabbed: bool = False
    ruled: bool = False
    red: bool = False


STYLES: dict[str, Style] = {
    TITLE: Style(SONG_TITLE, 22, 36, ALIGN.CENTER, keep=True),
    BODY: Style(first=2),
    FLUSH: Style(align=ALIGN.LEFT, keep=True),
    HEADING: Style(HEI, first=2, align=ALIGN.LEFT, keep=True),
    NUMBER: Style(align=ALIGN.RIGHT, before=6),
    FACTS: Style(size=14, line=24, align=ALIGN.LEFT, before=10, after=4, tabbed=True),
    SIGN: Style(align=ALIGN.RIGHT, right=4),
    COPIES: Style(size=14, line=24, align=ALIGN.LEFT, first=-4, left=4, before=28, ruled=True),
    ANNEX: Style(HEI, align=ALIGN.LEFT, after=14),
    ANNEX_NOTE: Style(first=-3, left=6, align=ALIGN.LEFT),
    ANNEX_NOTE_MORE: Style(left=5, align=ALIGN.LEFT),
    LABEL: Style(HEI, 14, 19, ALIGN.CENTER),
    CELL: Style(size=14, line=19, align=ALIGN.LEFT),
    SENDER: Style(SONG_TITLE, 28, None, ALIGN.CENTER, red=True),
    MARKS: Style(HEI, 16, 20, ALIGN.LEFT, tabbed=True),
    PAGE_NUMBER: Style(SONG, 14, 14, after=8),
}


def make_styles(file: File) -> None:
    """The styles of the file; its own defaults name no theme, so that nothing falls back to a Latin font."""
    defaults = file.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")) if defaults is not None else ():
        fonts.attrib.clear()
        _name_fonts(fonts, FANGSONG)
    for language in defaults.iter(qn("w:lang")) if defaults is not None else ():
        language.set(qn("w:eastAsia"), "zh-CN")
    _apply(file.styles["Normal"], Style(align=ALIGN.LEFT))
    for name, style in STYLES.items():
        made = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = file.styles["Normal"]
        made.quick_style = True
        _apply(made, style)


def _apply(made: Any, style: Style) -> None:
    made.font.size = Pt(style.size)
    made.font.name = LATIN
    _name_fonts(made.element.get_or_add_rPr().get_or_add_rFonts(), style.font)
    if style.red:
        made.font.color.rgb = RED
    look = made.paragraph_format
    look.alignment = style.align
    look.space_before, look.space_after = Pt(style.before), Pt(style.after)
    if style.line:
        look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.line)
    else:
        look.line_spacing_rule = WD_LINE_SPACING.SINGLE
    look.keep_with_next, look.widow_control = style.keep, False
    _indent(look, style.size, first=style.first, left=style.left, right=style.right)
    if style.tabbed:
        look.tab_stops.add_tab_stop(WIDE, WD_TAB_ALIGNMENT.RIGHT)
    if style.ruled:
        rule(made.element.get_or_add_pPr(), top=6, bottom=6)


def _indent(look: Any, size: float, *, first: float, left: float, right: float) -> None:
    """In characters of the size; zero leaves what the style says."""
    if first:
        look.first_line_indent = Pt(first * size)
    if left:
        look.left_indent = Pt(left * size)
    if right:
        look.right_indent = Pt(right * size)


def _name_fonts(fonts: Any, chinese: str) -> None:
    for part in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(part), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)


def rule(properties: Any, *, top: int = 0, bottom: int = 0, colour: str = "000000") -> None:
    """Lines over and under a paragraph, in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    for side, size in (("w:top", top), ("w:bottom", bottom)):
        if size:
            line = OxmlElement(side)
            for name, value in (("val", "single"), ("sz", str(size)), ("space", "1"), ("color", colour)):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
    # The schema wants the lines before what stands after them in every paragraph of ours.
    after = [properties.find(qn(name)) for name in ("w:tabs", "w:spacing", "w:ind", "w:jc")]
    found = next((one for one in after if one is not None), None)
    if found is None:
        properties.append(borders)
    else:
        found.addprevious(borders)


def add(
    file: Any, style: str, words: str, *, right: float | None = None, keep: bool = False,
    new_page: bool = False, gap: bool = False,
) -> Any:  # fmt: skip
    """A paragraph at the end of the file, a cell, a header or a footer.

    `right`: characters from the right edge, other than the style says; `gap`: an empty line before it.
    """
    paragraph = file.add_paragraph(style=style)
    write(paragraph, words)
    look = paragraph.paragraph_format
    if right is not None:
        look.right_indent = Pt(right * STYLES[style].size)
    if keep:
        look.keep_with_next = True
    if new_page:
        look.page_break_before = True
    if gap:
        look.space_before = LINE
    return paragraph


def write(paragraph: Any, words: str) -> Any:
    """A run of the words; marks that both scripts have (“ ” — …) are set in the Chinese font."""
    run = paragraph.add_run(UNWRITABLE.sub("", words))
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run


def properties(paragraph: Any) -> Any:
    """What the paragraph says about its look, to be added to."""
    return paragraph._p.get_or_add_pPr()  # noqa: SLF001  python-docx gives no other way


def whole(row: Any) -> None:
    """The row of a table stays on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  python-docx gives no other way


def remove(paragraph: Any) -> None:
    paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001  python-docx gives no other way


def width(words: str) -> float:
    """In Chinese characters; digits and Latin letters take half of one."""
    return sum(1.0 if ord(sign) > 0x2E80 or sign in "“”‘’—…·" else 0.5 for sign in words)
