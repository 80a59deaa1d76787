"""What a paper says, as plain data. Every word is in it: whoever sets a page or a Word file adds none."""

from dataclasses import dataclass
from typing import ClassVar

# So many signs are about ten lines of a form.
WHOLE = 300


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level (一、) on a line of its own."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`flush`: begins at the margin, as a salutation does; all others are indented by two characters."""

    kind: ClassVar[str] = "paragraph"
    text: str
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands beside it; the text may have several lines, or none to be filled in by hand."""

    label: str
    text: str = ""

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Row:
    """One field over the whole width, or two side by side. `height`: at least so many millimetres."""

    fields: tuple[Field, ...]
    height: int = 0

    @property
    def is_long(self) -> bool:
        """Whether the end of a page may cut it; all others stay whole."""
        return sum(len(field.text) for field in self.fields) > WHOLE


@dataclass(frozen=True, slots=True)
class Table:
    """A form with ruled lines."""

    kind: ClassVar[str] = "table"
    rows: tuple[Row, ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when; `seal` is what keeps the place of the seal."""

    who: str
    date: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """Begins on a page of its own, with its label (附件1) in the corner."""

    label: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. `name` is its file name without the ending."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    # Who issues it, in red over a red line: only for letters that carry a number.
    sender: str = ""
    number: str = ""
    # In the corners of the first page: that it is a draft; the class of a reply.
    left_mark: str = ""
    right_mark: str = ""
    # Below the title of a form, at its left and right edge.
    left_fact: str = ""
    right_fact: str = ""
    annex_note: tuple[str, ...] = ()
    signature: Signature | None = None
    contact: str = ""
    copies: str = ""
    annexes: tuple[Annex, ...] = ()
