"""One list of the desk as its address says it: a tab, perhaps one place, some words, a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from congress_portal.common.text import clean_line
from suggestions import desk
from suggestions.models import Suggestion

from . import due, saved

LONGEST_WORDS, LONGEST_CODE = 60, 20
# Parameters of the address that narrow the list, as a saved filter may keep them.
KNOWN: saved.Known = {
    "tab": desk.TABS.__contains__,
    "place": lambda value: len(value) <= LONGEST_CODE,
    "due": due.understood,
    "q": lambda value: bool(clean_line(value)),
}


@dataclass(frozen=True)
class DeskList:
    """`asked` is what was sent as a day and is none, to be told so; such a list is empty."""

    duties: desk.Duties
    tab: str = desk.WAITING
    place: desk.Place | None = None
    words: str = ""
    day: due.Due | None = None
    asked: str = ""

    @classmethod
    def read(cls, duties: desk.Duties, sent: Mapping[str, str]) -> "DeskList":
        """From the parameters of an address; a tab or a place nobody has is left out."""
        tab, code, day = sent.get("tab", ""), sent.get("place", ""), sent.get("due", "")
        understood = due.understood(day)
        return cls(
            duties,
            tab if tab in desk.TABS else desk.ALL if day else desk.WAITING,
            next((place for place in duties.places if place.code == code), None) if code else None,
            clean_line(sent.get("q", ""))[:LONGEST_WORDS],
            due.Due.parse(day) if understood else None,
            "" if understood else day[:20],
        )

    @cached_property
    def cases(self) -> QuerySet[Suggestion]:
        return self.of_tab(self.tab, words=self.words)

    def of_tab(self, tab: str, words: str = "") -> QuerySet[Suggestion]:
        """The cases of a tab under the same place and day."""
        cases = desk.TABS[tab](self.duties)
        if self.asked:
            return cases.none()
        if self.place:
            cases = desk.at_place(cases, self.place)
        if self.day:
            cases = self.agenda.narrow(cases, self.day)
        return desk.matching(cases, words)

    @cached_property
    def agenda(self) -> due.Agenda:
        return due.at_desk(self.duties)

    @property
    def given(self) -> dict[str, str]:
        """The parameters that say this list again."""
        sent = {
            "tab": self.tab,
            "place": self.place.code if self.place else "",
            "due": str(self.day) if self.day else "",
            "q": self.words,
        }
        return {name: value for name, value in sent.items() if value}
