"""Demo texts as residents, units, deputies and staff write them. Everything here is invented.

`load()` reads the files once; every function takes the chance it may use, so equal seeds give equal texts.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random
from typing import Any, TypeVar

from . import source
from .shapes import (
    Category,
    Community,
    Decline,
    Dispute,
    Draft,
    Publication,
    Reply,
    ReplyTemplate,
    ReturnCase,
    Several,
    Supplement,
    Template,
    Transfer,
    Walkin,
)
from .slots import SLOT, Slots, letter_dates, promised_in

Row = TypeVar("Row", Template, Walkin, Decline, Transfer)

STREET = "@street"
HOUSE = re.compile(r"\d+号楼(?:[一二三四五]单元)?|[一二三四五]单元")
TITLE_LENGTH = 40
# How likely a class is without and with a letter written for the very matter.
CLASS_WEIGHTS = {"A": (1.5, 18), "B": (0.7, 7), "C": (0.15, 2.5)}
OPENER_CHANCE, PLACE_CHANCE, CLOSER_CHANCE, OWN_TOPIC_CHANCE = 0.25, 0.6, 0.45, 0.93
# Openers that would say a second time who is writing.
SELF = (
    "我是",
    "我在",
    "我住",
    "我今年",
    "您好",
    "首先",
    "来件",
    "听邻居",
    "我也是",
    "邻居在",
    "反映“",
    "我替",
)


@dataclass(frozen=True)
class Corpus:
    """All demo texts and the facts they speak of."""

    categories: dict[str, Category]
    common: dict[str, Any]
    procedure: dict[str, Any]
    several: tuple[Several, ...]
    declines: tuple[Decline, ...]
    transfers: tuple[Transfer, ...]
    returns: tuple[ReturnCase, ...]
    communities: tuple[Community, ...]
    units: dict[str, str]

    # What residents write

    def pick(
        self, rng: Random, month: int, *, community: str | None = None, category: str | None = None
    ) -> Draft:
        """A suggestion somebody could send in that month (1-12); community by name, category by code."""
        group = self.categories[category] if category else self._category(rng, month)
        home = self._community(rng, community)
        template = rng.choice(in_season(group.templates, month))
        slots = self._slots(rng, home, month)
        text = self._voice(rng, slots, slots.fill(template.text))
        level, units = self._grade(rng, group, template, home)
        return Draft(
            category=group.code,
            topic=template.topic,
            title=slots.fill(template.title),
            text=text,
            place=slots.fill(template.place or named_place(template) or rng.choice(group.places)),
            community=home.name,
            community_code=home.code,
            level=level,
            units=units,
            slots=dict(slots),
        )

    def pick_several(self, rng: Random, month: int, *, community: str) -> Draft:
        """A suggestion of several points, each with its answer."""
        row = rng.choice([row for row in self.several if month in row.months])
        home = self._community(rng, community)
        slots = self._slots(rng, home, month)
        group = self.categories[row.category]
        units = tuple(unit for unit in group.units if unit != STREET)
        return Draft(
            category=row.category, topic="", title=slots.fill(row.title), text=slots.fill(row.text),
            place=slots.fill(row.place), community=home.name, community_code=home.code, level="L3",
            units=units or (unit_of_street(home.street_code),), slots=dict(slots), points=row.points,
            answers=row.answers, answer_class=row.answer_class,
        )  # fmt: skip

    def neighbour(self, rng: Random, draft: Draft) -> Draft:
        """Another household with the same trouble at the same place, for cases that are joined."""
        bare = {k: v for k, v in draft.slots.items() if k not in {"unit_no", "floor", "years", "age"}}
        slots = Slots(rng, self.common["slots"], {**bare, "title": draft.title})
        words = self.common["neighbours"]
        title = slots.fill(rng.choice(words["titles"]))
        text = self._voice(rng, slots, slots.fill(rng.choice(words["texts"])))
        return replace(draft, title=title[:TITLE_LENGTH], text=text, slots=dict(slots))

    def decline(self, rng: Random, month: int, *, codes: Collection[str] = ()) -> Decline:
        """A matter outside the remit, of one of the codes when some are given."""
        rows = [row for row in self.declines if not codes or row.code in codes]
        return self._outside(rng, month, rng.choice(in_season(rows, month)))

    def transfer(self, rng: Random, month: int, *, bodies: Collection[str] = ()) -> Transfer:
        """A matter for another body, of one of the bodies when some are given."""
        rows = [row for row in self.transfers if not bodies or row.body in bodies]
        return self._outside(rng, month, rng.choice(in_season(rows, month)))

    def walkin(self, rng: Random, month: int, *, category: str | None = None) -> Walkin:
        group = self.categories[category] if category else self._category(rng, month)
        rows = [row for row in group.walkins if month in row.months]
        return rng.choice(rows) if rows else self.walkin(rng, month, category="OTHER")

    def supplement(self, rng: Random, draft: Draft) -> Supplement:
        """The question intake asks about this draft and the resident's answer."""
        group = self.categories[draft.category]
        shared = self.common["supplement"]
        slots = Slots(rng, self.common["slots"], draft.slots)
        general = [Supplement(*pair) for pair in zip(shared["questions"], shared["answers"], strict=True)]
        row = rng.choice([*group.supplements, *group.supplements, *general])
        return Supplement(row.question, slots.fill(row.answer))

    def resident_note(self, rng: Random) -> str:
        return self._line(rng, "resident_notes", "texts")

    def withdraw_reason(self, rng: Random) -> str:
        return self._line(rng, "withdraw", "reasons")

    def dissatisfied(self, rng: Random, category: str) -> str:
        """Why a rating is bad."""
        return self._line(rng, "dissatisfied", "any", self.categories[category].dissatisfied)

    def thanks(self, rng: Random, category: str) -> str:
        """The sentence beside a good rating."""
        return self._line(rng, "thanks", "any", self.categories[category].thanks)

    # What those who handle it write

    def reply(
        self,
        rng: Random,
        category: str,
        answer_class: str,
        *,
        community: str,
        date: date,
        title: str = "",
        topic: str = "",
        unit: str = "",
        since: date | None = None,
        again: bool = False,
        by: date | None = None,
        besides: str = "",
    ) -> Reply:
        """A unit's letter of class A, B or C, dated; `again` for the second round.

        `unit` is the unit's name (else the category's first), `since` the day the case came in, `by` the
        day to promise (else chance decides), `besides` a sentence after what was done.
        """
        group = self.categories[category]
        unit = unit or self.units[group.units[0].replace(STREET, "GOV")]
        words, promises = letter_dates(rng, date, since, outdoor=group.outdoor, by=by)
        section = self.section(category, unit)
        slots = self._slots(
            rng, self._community(rng, community), date.month, unit=unit, section=section, title=title, **words
        )
        body = self._body(rng, group, answer_class, topic, again)
        promised = [promises[name] for name in SLOT.findall(body.text) if name in promises]
        letter = self.common["letter"]
        opening = rng.choice(
            letter["plain_openings"] if not title else letter["again_openings" if again else "openings"]
        )
        parts = (opening.strip(), body.text, besides, rng.choice(letter["closings"]))
        text = spoken_by(unit, slots.fill("\n".join(filter(None, parts))))
        if answer_class != "B" or not promised:
            return Reply(answer_class, text)
        promise = spoken_by(unit, slots.fill(promised_in(body.text, promises)))
        return Reply(answer_class, text, max(promised), promise)

    def section(self, category: str, unit: str) -> str:
        """The section of the unit (by name) that answers such matters."""
        group = self.categories[category]
        return group.section if unit == self.units.get(group.units[0]) else "经办科室"

    def dates(
        self, rng: Random, category: str, today: date, since: date, *, by: date | None
    ) -> tuple[dict[str, str], dict[str, date]]:
        """Date slots and promised days of a letter that is put together from lines."""
        return letter_dates(rng, today, since, outdoor=self.categories[category].outdoor, by=by)

    def fill(self, rng: Random, text: str, *, community: str, month: int, **known: str) -> str:
        """A line with its slots filled; those of the same case have the values given."""
        return self._slots(rng, self._community(rng, community), month, **known).fill(text)

    def answer_class(self, rng: Random, category: str, topic: str) -> str:
        """A, B or C as units would likely answer that matter: about 70, 25 and 5 of a hundred overall."""
        group = self.categories[category]
        own = {row.answer_class for row in group.replies if topic in row.topics}
        weights = [CLASS_WEIGHTS[name][name in own] for name in "ABC"]
        return rng.choices("ABC", weights)[0]

    def venue_reply(
        self, rng: Random, *, community: str, date: date, venue: str, title: str, since: date | None = None
    ) -> Reply:
        """A venue's own letter; venues give no class."""
        words, _ = letter_dates(rng, date, since)
        slots = self._slots(
            rng, self._community(rng, community), date.month, venue=venue, title=title, **words
        )
        letter = self.common["letter"]
        parts = (letter["venue_openings"], self.common["venue_reply"]["texts"], letter["venue_closings"])
        return Reply("", slots.fill("\n".join(rng.choice(part).strip() for part in parts)))

    def comment(self, rng: Random, category: str) -> str:
        """A deputy's remark."""
        return self._line(rng, "comments", "any", self.categories[category].comments)

    def return_case(self, rng: Random, category: str, *, unit: str, community: str) -> ReturnCase | None:
        """Why the unit (by code) gives the case back and whom it proposes; None when nothing fits."""
        street = unit_of_street(self._community(rng, community).street_code)
        rows = [replace(row, unit=row.unit.replace(STREET, street)) for row in self.returns]
        fitting = [row for row in rows if row.category == category and row.unit != unit]
        return rng.choice(fitting) if fitting else None

    def dispute(self, rng: Random) -> Dispute:
        """A visit record and a conclusion, explained three times of four."""
        noted = rng.random() < 0.25
        words = self.common["disputes"]
        return Dispute(
            rng.choice(words["visits"]), rng.choice(words["noted" if noted else "explained"]), noted
        )

    def redo_order(self, rng: Random) -> str:
        """Why the head orders a supervised redo."""
        return self._line(rng, "disputes", "redo")

    def publication(
        self, rng: Random, category: str, *, community: str, topic: str, title: str, answer_class: str = "A"
    ) -> Publication:
        """Title and summary of a closed case for the public; house numbers in its title are left out."""
        group = self.categories[category]
        home = self._community(rng, community)
        slots = self._slots(rng, home, 1, matter=HOUSE.sub("居民楼", title))
        words = self.common["publication"]
        row = Publication(words["title"], rng.choice(words[answer_class]))
        own = [row for row in group.publications if topic in row.topics]
        if own and answer_class == "A":
            row = rng.choice(own)
        return Publication(slots.fill(row.title)[:TITLE_LENGTH], slots.fill(row.summary), row.topics)

    def note(self, rng: Random, kind: str) -> str:
        """A staff note for an action; kinds are the keys of [notes] in common.toml."""
        return self._line(rng, "notes", kind)

    # How it is put together

    def _category(self, rng: Random, month: int) -> Category:
        groups = list(self.categories.values())
        return rng.choices(groups, [group.months[month - 1] for group in groups])[0]

    def _community(self, rng: Random, name: str | None) -> Community:
        """The community of that name, a chance one for None; an unknown name raises LookupError."""
        if name is None:
            return rng.choice(self.communities)
        for community in self.communities:
            if name in {community.name, community.code}:
                return community
        raise LookupError(name)

    def _slots(self, rng: Random, home: Community, month: int, **known: str) -> Slots:
        known |= {
            "community": home.name,
            "street": home.street,
            "month": f"{month}月",
            "last_month": f"{month - 1 or 12}月",
        }
        return Slots(rng, self.common["slots"], known)

    def _voice(self, rng: Random, slots: Slots, text: str) -> str:
        """Some greet, some thank, some do neither."""
        words = self.common["suggestion"]
        if rng.random() < OPENER_CHANCE and not any(word in text[:30] for word in SELF):
            text = slots.fill(rng.choice(words["openers"])) + text
        if rng.random() < PLACE_CHANCE and not any(word in text for word in ("号楼", "我住", "来件")):
            text += slots.fill(rng.choice(words["places"]))
        if rng.random() < CLOSER_CHANCE and "谢" not in text:
            text += rng.choice(words["closers"])
        return text

    def _grade(
        self, rng: Random, group: Category, template: Template, home: Community
    ) -> tuple[str, tuple[str, ...]]:
        """Level and unit codes: the street handles up to L2, the district above it."""
        street = unit_of_street(home.street_code)
        level = template.level or rng.choices(list(group.levels), list(group.levels.values()))[0]
        if template.units and level in {"L1", "L2"} and STREET not in template.units and not template.level:
            level = "L3"
        if level in {"L1", "L2"}:
            return level, (street,)
        units = tuple(unit for unit in template.units or group.units if unit != STREET)
        return level, units or (street,)

    def _body(
        self, rng: Random, group: Category, answer_class: str, topic: str, again: bool
    ) -> ReplyTemplate:
        if again:
            anew = source.replies(self.common, "again")
            return rng.choice([row for row in anew if row.answer_class == answer_class])
        rows = [row for row in group.replies if row.answer_class == answer_class]
        own = [row for row in rows if topic in row.topics]
        if own and rng.random() < OWN_TOPIC_CHANCE:
            return rng.choice(own)
        shared = [row for row in source.replies(self.common) if row.answer_class == answer_class]
        return rng.choice([row for row in rows if not row.topics] + shared)

    def _outside(self, rng: Random, month: int, row: Any) -> Any:
        home = self._community(rng, None)
        slots = self._slots(rng, home, month)
        return replace(row, title=slots.fill(row.title), text=slots.fill(row.text), community_code=home.code)

    def _line(self, rng: Random, table: str, key: str, more: Sequence[str] = ()) -> str:
        return rng.choice([*self.common[table][key], *more])


def in_season(rows: Sequence[Row], month: int) -> list[Row]:
    """The rows of that month; a list with none of them raises IndexError when chosen from."""
    return [row for row in rows if month in row.months]


def named_place(template: Template) -> str:
    """The place the text itself names, so that the two agree; empty when it names none."""
    for slot in ("building", "gate", "spot", "road"):
        if f"{{{slot}}}" in template.title + template.text:
            unit = "{unit_no}" if slot == "building" and "{unit_no}" in template.text else ""
            return f"{{{slot}}}{unit}"
    return ""


def spoken_by(unit: str, text: str) -> str:
    """Letters are written as by a bureau; others name themselves in another way."""
    if unit.removesuffix("）").endswith("局"):
        return text
    return text.replace("我局", "我单位").replace("会同街道、社区", "会同社区")


def unit_of_street(street_code: str) -> str:
    """Code of the street office as a handling unit (stations/data/units.csv)."""
    return f"ST{street_code[-3:]}"


@cache
def load() -> Corpus:
    declines, transfers, returns = source.outcomes()
    groups = [source.category(name) for name in source.category_names()]
    return Corpus(
        categories={group.code: group for group in groups},
        common=source.document("common"),
        procedure=source.document("procedure"),
        several=source.several(),
        declines=declines,
        transfers=transfers,
        returns=returns,
        communities=source.communities(),
        units={row["code"]: row["name"] for row in source.rows("units")},
    )
