"""What the demo must have waiting, whenever it is loaded."""

from congress_portal.accounts.models import User
from suggestions import desk, queues
from suggestions.models import Suggestion

DESK = ("liaison", "deputy", "convener", "unit", "unitlead", "committee", "coordinator")
# It says that nobody serves a venue; the demo's are all staffed.
ALWAYS_EMPTY = {"orphaned"}


def empty_queues() -> set[str]:
    """Keys of the office's queues in which nothing waits."""
    return {line.queue.key for line in queues.waiting(Suggestion.objects.all()) if not line.count}


def idle_work() -> set[str]:
    """The kinds of work of the desk that wait for none of the demo's logins."""
    found: set[int] = set()
    for login in DESK:
        waiting = desk.waiting(desk.duties_of(User.objects.get(username=login)))
        found |= set(waiting.values_list("why", flat=True))
    return {f"{wait.duty}: {wait.says}" for place, wait in enumerate(desk.WAITS) if place not in found}
