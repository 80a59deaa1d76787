"""What an action does beyond the states, in a function of the action's own name.

An effect fills in the step and writes rows of its own; state, version and event are the door's. Whatever
raises here rolls everything back. An action without a function has no effect beyond its table row.
"""

from collections.abc import Callable

from suggestions import workflow
from suggestions.steps import Step

from . import assignments, feedback, handling, intake, joining, keeping, overseeing, promises, requests

MODULES = (intake, joining, handling, feedback, keeping, overseeing, assignments, requests, promises)

EFFECTS: dict[str, Callable[[Step], None]] = {
    action: getattr(module, action)
    for action in workflow.actions((*workflow.SUGGESTION_MOVES, *workflow.ASSIGNMENT_MOVES))
    for module in MODULES
    if hasattr(module, action)
}
