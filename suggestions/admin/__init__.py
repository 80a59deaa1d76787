"""The office's side of the journey: case list, case page, buttons, and the rules kept as rows."""

from . import (
    cases,
    catalogue,
    looks,
    oversight,
    promises,
    recalculations,
    term_change,
    units,
    venues,
)

__all__ = [
    "cases", "catalogue", "looks", "oversight", "promises", "recalculations", "term_change",
    "units", "venues",
]  # fmt: skip
