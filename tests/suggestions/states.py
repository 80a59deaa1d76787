"""Every state of the tables, and the scenes that show it."""

from collections.abc import Callable

from .scenes import Scene
from .stage import Stage

# State → the scenes that show it; between them every row of the table can be walked by every role in it.
SUGGESTIONS: dict[str, tuple[Callable[[Stage], Scene], ...]] = {
    "SUBMITTED": (Stage.submitted,),
    "SUPPLEMENTING": (Stage.supplementing, Stage.supplementing_for_too_long),
    "DECLINE_REVIEW": (Stage.to_confirm, Stage.to_confirm_in_secret),
    "ACCEPTED": (Stage.accepted, Stage.accepted_leading),
    "HANDLING": (Stage.handling, Stage.handling_leading, Stage.handling_supervised,
                 Stage.handling_through_an_office),
    "REPLIED": (Stage.replied_by_a_unit, Stage.replied_directly, Stage.replied_and_not_told,
                Stage.replied_a_second_time, Stage.replied_long_ago),
    "DISPUTED": (Stage.disputed,),
    "CLOSED": (Stage.closed, Stage.closed_and_prepared, Stage.closed_and_published,
               Stage.closed_and_promise_kept),
    "DECLINED": (Stage.declined, Stage.declined_in_secret),
    "TRANSFERRED": (Stage.transferred,),
    "MERGED": (Stage.merged, Stage.merged_in_hand),
    "WITHDRAWN": (Stage.withdrawn,),
}  # fmt: skip

SIGNED_FOR = (("sign", "officer"),)
DRAFTED = (*SIGNED_FOR, ("draft", "officer"))
SIGNED = (*DRAFTED, ("sign_off", "unitlead"))
ASKED = (("ask_extension", "officer"), ("ask_contact", "officer"))
HELPING = (("sign", "other_officer"),)
VENUE_DRAFTED = (("sign", "liaison"), ("draft", "deputy"))
ASSIGNMENTS: dict[str, tuple[Callable[[Stage], Scene], ...]] = {
    "ISSUED": (
        Stage.issued, Stage.issued_to_a_venue, Stage.child,
        lambda stage: stage.overdue(stage.issued()),
        lambda stage: stage.escalated(stage.issued()),
        lambda stage: stage.overdue(stage.assisting()),
    ),
    "IN_HAND": (
        lambda stage: stage.on(stage.issued(), *SIGNED_FOR),
        lambda stage: stage.on(stage.issued_to_a_venue(), ("sign", "liaison")),
        lambda stage: stage.on(stage.to_an_office(), ("sign", "coordinator")),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED),
        lambda stage: stage.overdue(stage.on(stage.issued(), *SIGNED_FOR)),
        lambda stage: stage.escalated(stage.on(stage.issued(), *SIGNED_FOR)),
        lambda stage: stage.on(stage.assisting(), *HELPING),
        lambda stage: stage.overdue(stage.on(stage.assisting(), *HELPING)),
    ),
    "RETURN_ASKED": (
        lambda stage: stage.on(stage.issued(), ("ask_return", "officer")),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED, ("ask_return", "officer")),
        lambda stage: stage.overdue(stage.on(stage.assisting(), *HELPING, ("ask_return", "other_officer"))),
    ),
    "DISPATCHED": (lambda stage: stage.dispatched(("ask_contact", "coordinator")),),
    "DRAFTED": (
        lambda stage: stage.on(stage.issued(), *DRAFTED),
        lambda stage: stage.on(stage.issued_to_a_venue(), *VENUE_DRAFTED),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED, ("draft", "officer")),
    ),
    "SIGNED": (
        lambda stage: stage.on(stage.issued(), *SIGNED),
        lambda stage: stage.on(stage.issued_to_a_venue(), *VENUE_DRAFTED, ("sign_off", "convener")),
        lambda stage: stage.on(stage.child(), *SIGNED_FOR, *ASKED, *DRAFTED[1:], ("sign_off", "unitlead")),
    ),
    "RELEASED": (
        lambda stage: stage.on(stage.issued(), *SIGNED, ("release", "reviewer")),
        Stage.promised,
        lambda stage: stage.overdue(stage.promised()),
    ),
    "GIVEN": (lambda stage: stage.on(stage.assisting(), *HELPING, ("give_opinion", "other_officer")),),
    "MISSED": (Stage.missed,),
    "RETURNED": (
        lambda stage: stage.on(stage.issued(), ("ask_return", "officer"), ("approve_return", "clerk")),
    ),
    "RECALLED": (lambda stage: stage.on(stage.issued(), ("recall", "clerk")),),
}  # fmt: skip
