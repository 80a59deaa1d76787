"""Read the demo texts (TOML) and the district's facts (CSV). Pure reading: no chance, no Django."""

import csv
import tomllib
from pathlib import Path
from typing import Any

from .shapes import (
    ALL_YEAR,
    Category,
    Community,
    Decline,
    Publication,
    ReplyTemplate,
    ReturnCase,
    Several,
    Supplement,
    Template,
    Transfer,
    Walkin,
)

TEXTS = Path(__file__).parent / "texts"
FACTS = Path(__file__).parents[2] / "stations" / "data"
SHARED = ("common", "outcomes", "procedure", "several")


def rows(name: str) -> list[dict[str, str]]:
    """Rows of stations/data/<name>.csv by their English headers."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> dict[str, Any]:
    """One file of the texts folder; a broken file raises tomllib.TOMLDecodeError."""
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def communities() -> tuple[Community, ...]:
    streets = {row["code"]: row["name"] for row in rows("streets")}
    return tuple(
        Community(row["code"], row["name"], row["street_code"], streets[row["street_code"]])
        for row in rows("communities")
    )


def category_names() -> list[str]:
    return sorted(path.stem for path in TEXTS.glob("*.toml") if path.stem not in SHARED)


def months(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(row.get("months", ALL_YEAR))


def replies(data: dict[str, Any], kind: str = "reply") -> tuple[ReplyTemplate, ...]:
    return tuple(
        ReplyTemplate(row["class"], row["text"], tuple(row.get("topics", ()))) for row in data.get(kind, ())
    )


def template(row: dict[str, Any]) -> Template:
    return Template(
        topic=row["topic"],
        title=row["title"],
        text=row["text"],
        months=months(row),
        level=row.get("level", ""),
        units=tuple(row.get("units", ())),
        place=row.get("place", ""),
    )


def category(name: str) -> Category:
    data = document(name)
    code = data["code"]
    extra = data["extra"]
    return Category(
        code=code,
        label=data["label"],
        units=tuple(data["units"]),
        section=data["section"],
        outdoor=data.get("outdoor", False),
        levels=data["levels"],
        months=tuple(data["months"]),
        places=tuple(data["places"]),
        templates=tuple(template(row) for row in data["template"]),
        replies=replies(data),
        supplements=tuple(Supplement(**row) for row in data["supplement"]),
        walkins=tuple(Walkin(category=code, **{**row, "months": months(row)}) for row in data["walkin"]),
        publications=tuple(
            Publication(row["title"], row["summary"], tuple(row.get("topics", ())))
            for row in data["publication"]
        ),
        comments=tuple(extra["comments"]),
        dissatisfied=tuple(extra["dissatisfied"]),
        thanks=tuple(extra["thanks"]),
    )


def outcomes() -> tuple[tuple[Decline, ...], tuple[Transfer, ...], tuple[ReturnCase, ...]]:
    """Declined, transferred and returned matters."""
    data = document("outcomes")
    return (
        tuple(Decline(**{**row, "months": months(row)}) for row in data["decline"]),
        tuple(Transfer(**{**row, "months": months(row)}) for row in data["transfer"]),
        tuple(ReturnCase(**row) for row in data["return"]),
    )


def several() -> tuple[Several, ...]:
    """Suggestions of several points; an answer for each of them."""
    rows = []
    for row in document("several")["several"]:
        points, answers = tuple(row["points"]), tuple(row["answers"])
        rows.append(
            Several(
                row["category"], row["title"], row["text"], row["place"], row["class"], points, answers,
                months(row),
            )
        )  # fmt: skip
    return tuple(rows)
