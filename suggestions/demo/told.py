"""Who hears of what a story tells: what happened long ago is history, and nobody is told of it any more."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta

from congress_portal.notices import outbox

# What happened since then still waits in somebody's inbox.
FRESH = timedelta(days=7)


def notices_of(moment: datetime, present: datetime) -> AbstractContextManager[None]:
    """Mutes what is posted within it, unless `moment` is fresh in the present of the demo."""
    return nullcontext() if present - moment <= FRESH else outbox.muted()
