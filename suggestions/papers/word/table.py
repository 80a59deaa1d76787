"""A form with ruled lines: labels beside what belongs to them."""

from typing import Any

from docx.document import Document as File
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from suggestions.papers.shapes import Field, Table

from . import text

# Label, text, label, text; together as wide as the text of the page.
WIDTHS = (Mm(34), Mm(48), Mm(28), Mm(46))
LEAST = 8


def add(file: File, form: Table) -> None:
    made = file.add_table(rows=0, cols=len(WIDTHS))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, WIDTHS, strict=True):
        column.width = width
    for row in form.rows:
        line = made.add_row()
        line.height, line.height_rule = Mm(max(row.height, LEAST)), WD_ROW_HEIGHT_RULE.AT_LEAST
        if not row.is_long:
            text.whole(line)
        cells = list(line.cells)
        for cell, width in zip(cells, WIDTHS, strict=True):
            cell.width = width
        if len(row.fields) == 1:
            cells = [cells[0], cells[1].merge(cells[3])]
        for place, field in enumerate(row.fields):
            _fill(cells[2 * place], cells[2 * place + 1], field)
    # Word wants a paragraph after a table; a very low one takes no room.
    text.add(file, text.BODY, "").paragraph_format.line_spacing = Mm(2)


def _fill(label: Any, value: Any, field: Field) -> None:
    for cell, style, lines in ((label, text.LABEL, [field.label]), (value, text.CELL, field.lines)):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for paragraph in cell.paragraphs:
            text.remove(paragraph)
        for line in lines:
            text.add(cell, style, line)
        _pad(cell)


def _pad(cell: Any) -> None:
    """Room between the words and the lines, in twentieths of a point."""
    margins = OxmlElement("w:tcMar")
    for side, room in (("w:top", 40), ("w:left", 110), ("w:bottom", 40), ("w:right", 110)):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), str(room))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  python-docx gives no other way
    valign = properties.find(qn("w:vAlign"))
    if valign is None:
        properties.append(margins)
    else:
        valign.addprevious(margins)
