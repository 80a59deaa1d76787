"""What the demo knows of the network beyond its rosters. Each part loads once: a second run adds nothing."""

from collections.abc import Callable

from django.db import transaction

from congress_portal.common.sequences import next_value

from .codes import load as load_scans
from .mandates import load as load_mandates
from .map import load as load_map
from .offices import load as load_offices
from .reception import load as load_receptions
from .roles import load as load_roles
from .standards import load as load_standards
from .term import load as load_term
from .venues import load as load_venues

LOCK = "demo"
# In this order, each in its own transaction; a part whose rows are there does nothing.
PARTS: tuple[Callable[[], None], ...] = (
    load_offices,
    load_mandates,
    load_map,
    load_venues,
    load_roles,
    load_standards,
    load_scans,
    load_receptions,
    load_term,
)


def load() -> None:
    """Load every part that is not there yet."""
    for part in PARTS:
        with transaction.atomic():
            # Locks the row of this number: a second loader waits here and then finds the work done.
            next_value(LOCK)
            part()
