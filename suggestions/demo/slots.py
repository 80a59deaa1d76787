"""Fill the slots of a text: one value a slot within one case, dates told the way people write them."""

import calendar
import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from random import Random

# Nobody lays asphalt or plants trees in Shenyang then.
FROST = (11, 12, 1, 2, 3)
SLOT = re.compile(r"\{(\w+)\}")
SENTENCE_END = re.compile(r"[。；：]")


class Slots(dict[str, str]):
    """Values already settled for one case; an unknown slot is drawn from the lists once and kept."""

    def __init__(self, rng: Random, lists: Mapping[str, list[str]], known: Mapping[str, str]) -> None:
        super().__init__(known)
        self.rng, self.lists = rng, lists

    def __missing__(self, name: str) -> str:
        value = self[name] = self.rng.choice(self.lists[name])
        return value

    def fill(self, text: str) -> str:
        """The text without braces. A slot nobody defined raises KeyError with its name."""
        return SLOT.sub(lambda match: self[match[1]], text)


def promised_in(text: str, names: Collection[str]) -> str:
    """The last sentence of the text that has a slot of `names`, with its slots; "" if none has."""
    found = [sentence for sentence in SENTENCE_END.split(text) if set(SLOT.findall(sentence)) & set(names)]
    return found[-1].strip() if found else ""


def long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date, today: date) -> str:
    """月 and 日, with the year only when it isn't this year."""
    return f"{day.month}月{day.day}日" if day.year == today.year else long_date(day)


def next_yearly(month: int, day: int, today: date) -> date:
    """The next such day that leaves at least 20 days to work."""
    this_year = date(today.year, month, day)
    return this_year if this_year >= today + timedelta(days=20) else date(today.year + 1, month, day)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def letter_dates(
    rng: Random, today: date, since: date | None, *, outdoor: bool = False, by: date | None = None
) -> tuple[dict[str, str], dict[str, date]]:
    """Slots of a letter written today, and the day each promise slot stands for.

    `since` is the day the case came in: nobody can have visited before it. `by`: the day of every promise.
    """
    visited = today - timedelta(days=rng.randint(2, 7))
    if since is not None:
        visited = min(max(visited, since), today)
    due = month_end(today + timedelta(days=rng.randint(35, 150)))
    if outdoor and due.month in FROST:
        due = date(due.year + (due.month > 10), 5, 31)
    promises = {
        "due": due,
        "before_heating": next_yearly(10, 20, today),
        "spring": month_end(next_yearly(4, 20, today)),
    }
    words = {"date": long_date(today), "visited": short_date(visited, today)}
    for name, day in promises.items():
        words[name] = short_date(day, today).removesuffix(f"{day.day}日") + "底前"
    words["before_heating"] = short_date(promises["before_heating"], today) + "前"
    if by is not None:
        return words | dict.fromkeys(promises, short_date(by, today) + "前"), dict.fromkeys(promises, by)
    return words, promises
