"""Reads schema.org microdata out of a page: what each thing is and what is said of it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements without an end.
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Item:
    """`kind` is the last part of the type; `said` has each property's values, texts or items."""

    kind: str
    said: dict[str, list["str | Item"]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The one text said under this name."""
        (value,) = self.said[name]
        assert isinstance(value, str)
        return value

    def item(self, name: str) -> "Item":
        (value,) = self.said[name]
        assert isinstance(value, Item)
        return value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top: list[Item] = []
        self.stray: list[str] = []
        # (tag, the item it opens, [the property whose text it collects, pieces])
        self.open: list[tuple[str, Item | None, tuple[str, list[str]] | None]] = []

    def around(self) -> Item | None:
        return next((item for _tag, item, _text in reversed(self.open) if item), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        owner, name = self.around(), given.get("itemprop")
        item = Item((given.get("itemtype") or "").rsplit("/", 1)[-1]) if "itemscope" in given else None
        if name and owner is None:
            self.stray.append(name)
        text = None
        if item is not None:
            (owner.said.setdefault(name, []) if name and owner else self.top).append(item)
        elif name and owner:
            value = given.get("content") or (given.get("href") if tag in ("a", "link") else None)
            if tag == "a" and name == "telephone":
                value = None
            if value is not None:
                owner.said.setdefault(name, []).append(value)
            else:
                text = (name, [])
        if tag not in VOID:
            self.open.append((tag, item, text))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        for _tag, _item, text in self.open:
            if text:
                text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            opened, _item, text = self.open.pop()
            if text:
                owner = self.around()
                assert owner is not None
                owner.said.setdefault(text[0], []).append(" ".join("".join(text[1]).split()))
            if opened == tag:
                return


def items(page: str) -> list[Item]:
    """The things a page tells of, not those inside others. A property outside of any thing is an error."""
    reader = _Reader()
    reader.feed(page)
    assert reader.stray == []
    return reader.top


def item(page: str, kind: str) -> Item:
    (found,) = (row for row in items(page) if row.kind == kind)
    return found
