"""The journey of a suggestion as two tables of data: no queries, no users, no settings.

A row is one named action: what it is called, from which states to which, who may do it, what must be
given, which guards must hold (`guards.py`), which clocks it stops and starts, what the resident reads,
what may be given besides.
What an action does beyond the states stands in `effects.py` under the same name.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import AssignmentState as A
from .enums import ClockKind as C
from .enums import State as S


@dataclass(frozen=True, slots=True)
class Move:
    """One row. `to` None: the state stays. `tells` "": the resident's timeline is silent."""

    action: str
    label: str | Promise
    source: tuple[str, ...]
    to: str | None
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    starts: str = ""
    tells: str | Promise = ""
    may: tuple[str, ...] = ()


# Who. A role is held towards one case (permissions.py says how); several names mean any of them.
RESIDENT, LIAISON, DEPUTY = "resident", "liaison", "deputy"
CLERK, REVIEWER, HEAD = "clerk", "reviewer", "head"
HANDLER, OFFICER, LEADER = "handler", "officer", "leader"
SYSTEM, FOLLOWS = "system", "follows"
ROLES = (
    RESIDENT, LIAISON, DEPUTY, CLERK, REVIEWER, HEAD, HANDLER, OFFICER, LEADER, SYSTEM, FOLLOWS
)  # fmt: skip
INTAKE = (LIAISON, CLERK)
ASSIGNER = (CLERK,)
HERE = (LIAISON, DEPUTY)

NEW: tuple[str, ...] = ()
FINAL = (S.WITHDRAWN, S.CLOSED, S.DECLINED, S.TRANSFERRED)
OPEN = tuple(state for state in S.values if state not in FINAL)
BEFORE_REPLY = (S.SUBMITTED, S.SUPPLEMENTING, S.ACCEPTED, S.HANDLING, S.MERGED)
ANY = tuple(S.values)
LIVE = (A.ISSUED, A.IN_HAND, A.RETURN_ASKED, A.DRAFTED, A.SIGNED)
# A venue returns nothing, so no row of one waits for an answer to that.
WITH_A_VENUE = (A.ISSUED, A.IN_HAND, A.DRAFTED, A.SIGNED)
ASSIGNMENT_FINAL = tuple(state for state in A.values if state not in LIVE)
ALL_CLOCKS = tuple(C.values)

# fmt: off
# ruff: noqa: E501 - a table reads best with one row a line
SUGGESTION_MOVES = (
    #    action             label                       from                           to               who                        must give                    guards                                   stops                starts        the resident reads
    Move("submit",            _("Submit"),               NEW,                           S.SUBMITTED,     (RESIDENT, LIAISON, DEPUTY), ("text",),                (),                                      (),                  C.ACCEPT,     _("We have received your suggestion")),
    Move("register_answered", _("Register as answered"), NEW,                           S.REPLIED,       HERE,                      ("text", "category", "reply"), (),                                   (),                  C.RATING,     _("Answered on the spot")),
    Move("ask_more",          _("Ask for more"),         (S.SUBMITTED,),                S.SUPPLEMENTING, INTAKE,                    ("question",),               (),                                      (C.ACCEPT,),         C.SUPPLEMENT, _("We need to know more from you")),
    Move("supplement",        _("Supplement"),           (S.SUPPLEMENTING,),            S.SUBMITTED,     (RESIDENT, LIAISON),       ("text",),                   (),                                      (C.SUPPLEMENT,),     C.ACCEPT,     _("Supplement received"), may=("photos",)),
    Move("lapse_supplement",  _("Supplement lapsed"),    (S.SUPPLEMENTING,),            S.WITHDRAWN,     (SYSTEM,),                 (),                          ("supplement_over",),                    (C.SUPPLEMENT,),     "",           _("No supplement came in time, so this counts as withdrawn; you are welcome to submit again")),
    Move("accept",            _("Accept"),               (S.SUBMITTED,),                S.ACCEPTED,      INTAKE,                    ("category", "level"),       (),                                      (C.ACCEPT,),         C.ASSIGN,     _("Accepted"), may=("note",)),
    Move("decline",           _("Decline"),              (S.SUBMITTED,),                S.DECLINED,      INTAKE,                    ("code", "text", "where_to_go"), ("fresh", "alone"),                  ALL_CLOCKS,          "",           _("Not accepted")),
    Move("decline",           _("Decline"),              (S.ACCEPTED,),                 S.DECLINED,      (CLERK,),                  ("code", "text", "where_to_go"), ("fresh", "alone"),                  ALL_CLOCKS,          "",           _("Not accepted")),
    Move("transfer",          _("Transfer"),             (S.SUBMITTED,),                S.TRANSFERRED,   INTAKE,                    ("body", "text"),            ("fresh", "alone"),                      ALL_CLOCKS,          "",           _("This belongs to another office")),
    Move("transfer",          _("Transfer"),             (S.ACCEPTED,),                 S.TRANSFERRED,   (CLERK,),                  ("body", "text"),            ("fresh", "alone"),                      ALL_CLOCKS,          "",           _("This belongs to another office")),
    Move("merge",             _("Join to another"),      (S.SUBMITTED, S.ACCEPTED, S.HANDLING), S.MERGED, (CLERK,),                 ("lead",),                   ("fresh", "alone", "lead_takes"),        (C.ACCEPT, C.ASSIGN), "",          _("Handled together with others who raised the same matter"), may=("same_person", "note")),
    Move("unmerge",           _("Take out of the joined case"), (S.MERGED,),            S.ACCEPTED,      (CLERK,),                  ("note", "category", "level"), (),                                    (),                  C.ASSIGN,     _("Handled on its own again")),
    Move("reply_with_lead",   _("Replied with the lead case"), (S.MERGED,),             S.REPLIED,       (FOLLOWS,),                (),                          (),                                      (C.REPLY,),          "",           _("Replied")),
    Move("answer_direct",     _("Answer now"),           (S.ACCEPTED,),                 S.REPLIED,       (CLERK, DEPUTY, LIAISON),  ("reply",),                  (),                                      (C.ASSIGN, C.REPLY), "",           _("Replied"), may=("note",)),
    Move("assign",            _("Assign"),               (S.ACCEPTED,),                 S.HANDLING,      ASSIGNER,                  ("assignments", "due"),      (),                                      (C.ASSIGN,),         C.REPLY,      _("Given to a unit to handle"), may=("instructions",)),
    Move("take_back",         _("Take back"),            (S.HANDLING,),                 S.ACCEPTED,      (CLERK,),                  ("reason",),                 ("nothing_released",),                   (),                  C.ASSIGN,     _("Being assigned again")),
    Move("lead_gone",         _("Nobody left in charge"), (S.HANDLING,),                S.ACCEPTED,      (FOLLOWS,),                (),                          ("no_live_replier", "nothing_released"), (),                  C.ASSIGN,     _("Being assigned again")),
    Move("all_replied",       _("All replied"),          (S.HANDLING,),                 S.REPLIED,       (FOLLOWS,),                (),                          ("no_live_replier", "something_released"), (C.REPLY,),        "",           _("Replied")),
    Move("record_told",       _("Record that the resident was told"), (S.REPLIED,),     None,            (SYSTEM, LIAISON, DEPUTY), ("how",),                    ("not_told",),                           (),                  C.RATING,     _("You were told of the reply"), may=("note",)),
    Move("rate_ok",           _("Rate"),                 (S.REPLIED,),                  S.CLOSED,        (RESIDENT, LIAISON),       ("level",),                  ("not_own_work",),                       (C.RATING,),         "",           _("Rated and concluded"), may=("reason", "how", "who")),
    Move("rate_bad",          _("Dissatisfied"),         (S.REPLIED,),                  S.HANDLING,      (RESIDENT, LIAISON),       ("reason",),                 ("no_redo_yet", "by_assignment", "not_own_work"), (C.RATING,), C.REPLY,     _("Dissatisfied: handled a second time"), may=("how", "who")),
    Move("rate_bad_direct",   _("Dissatisfied"),         (S.REPLIED,),                  S.ACCEPTED,      (RESIDENT, LIAISON),       ("reason",),                 ("no_redo_yet", "by_direct_answer", "not_own_work"), (C.RATING,), C.ASSIGN, _("Dissatisfied: handled a second time"), may=("how", "who")),
    Move("rate_bad_again",    _("Dissatisfied again"),   (S.REPLIED,),                  S.DISPUTED,      (RESIDENT, LIAISON),       ("reason",),                 ("redo_done", "not_own_work"),           (C.RATING,),         C.CONCLUDE,   _("Dissatisfied again: the head of the deputies' affairs commission decides"), may=("how", "who")),
    Move("lapse",             _("Rating window over"),   (S.REPLIED,),                  S.CLOSED,        (SYSTEM,),                 (),                          ("told", "rating_over"),                 (C.RATING,),         "",           _("Concluded without a rating")),
    Move("conclude",          _("Conclude"),             (S.DISPUTED,),                 S.CLOSED,        (HEAD,),                   ("visit", "outcome"),        (),                                      (C.CONCLUDE,),       "",           _("Concluded after a visit")),
    Move("order_redo",        _("Order a supervised redo"), (S.DISPUTED,),              S.HANDLING,      (HEAD,),                   ("leader", "unit", "due"),   (),                                      (C.CONCLUDE,),       C.REPLY,      _("A leader supervises a new handling"), may=("instructions",)),
    Move("reopen",            _("Reopen"),               (S.CLOSED,),                   S.ACCEPTED,      (CLERK,),                  ("note",),                   (),                                      (),                  C.ASSIGN,     _("Opened again")),
    Move("restore",           _("Restore"),              (S.DECLINED, S.TRANSFERRED),   S.SUBMITTED,     (CLERK,),                  ("note",),                   ("not_who_ended",),                      (),                  C.ACCEPT,     _("Taken up again")),
    Move("withdraw",          _("Withdraw"),             BEFORE_REPLY,                  S.WITHDRAWN,     (RESIDENT, LIAISON),       (),                          ("fresh", "alone"),                      ALL_CLOCKS,          "",           _("Withdrawn"), may=("reason",)),
    Move("comment",           _("Comment"),              ANY,                           None,            (DEPUTY, LIAISON, CLERK, REVIEWER, HEAD, HANDLER, LEADER), ("text",)),
    Move("claim",             _("Follow this"),          OPEN,                          None,            (DEPUTY,),                 (),                          ("not_claimed",),                        (),                  "",           _("A deputy follows this")),
    Move("unclaim",           _("Stop following"),       ANY,                           None,            (DEPUTY, SYSTEM),          (),                          ("claimed",)),
    Move("add_note",          _("Add a note or photos"), OPEN,                          None,            (RESIDENT, LIAISON),       ("text",),                   (),                                      (),                  "",           _("You added a note"), may=("photos",)),
    Move("correct_contact",   _("Correct the contact"),  ANY,                           None,            (RESIDENT, LIAISON),       ("contact",)),
    Move("set_consent",       _("Change consent"),       ANY,                           None,            (RESIDENT, LIAISON),       ("may_publish", "may_share"), (),                                     (),                  "",           _("You changed what you agree to")),
    Move("link_account",      _("Keep it under my account"), ANY,                        None,            (RESIDENT,),               (),                          ("linkable",)),
    Move("renew_code",        _("New query code"),       ANY,                           None,            (LIAISON, CLERK),          ("how",),                    (),                                      (),                  "",           _("A new query code was given out")),
    Move("reclassify",        _("Reclassify"),           OPEN,                          None,            INTAKE,                    ("category", "level", "reason")),
    Move("move_venue",        _("Move to another venue"), OPEN,                         None,            (CLERK, SYSTEM),                ("venue", "reason"),         (),                                      (),                  "",           _("Another venue takes care of this")),
    Move("redate",            _("Change the due date"),  (S.HANDLING,),                 None,            (CLERK,),                  ("due", "reason"),           (),                                      (),                  "",           _("The due date was changed")),
    Move("flag",              _("Mark"),                 OPEN,                          None,            (CLERK, HEAD),             ("flags", "reason")),
    Move("correct_reply",     _("Correct the reply"),    (S.REPLIED, S.CLOSED),         None,            (REVIEWER,),               ("reply", "reason"),         (),                                      (),                  "",           _("The reply was corrected")),
    Move("prepare_publication", _("Prepare publication"), (S.CLOSED,),                  None,            (CLERK,),                  ("title", "summary"),        ("may_publish",)),
    Move("publish",           _("Publish"),              (S.CLOSED,),                   None,            (CLERK, REVIEWER),         (),                          ("may_publish", "prepared", "second_person"), (),             "",           _("Published without personal data")),
    Move("unpublish",         _("Take off the public page"), ANY,                       None,            (CLERK, REVIEWER, FOLLOWS), ("reason",),                ("published",),                          (),                  "",           _("No longer public")),
)

ASSIGNMENT_MOVES = (
    #    action             label                      from                       to              who          must give                    guards
    Move("issue",           _("Issue"),               NEW,                       A.ISSUED,       (FOLLOWS,),  (),                          ()),
    Move("sign",            _("Sign for"),            (A.ISSUED,),               A.IN_HAND,      (HANDLER,)),
    Move("ask_return",      _("Ask to return"),       (A.ISSUED, A.IN_HAND),     A.RETURN_ASKED, (OFFICER,),  ("reason", "proposed_unit"), ("within_return_limit", "under_two_returns", "not_a_redo")),
    Move("cancel_return",   _("Keep it after all"),   (A.RETURN_ASKED,),         A.IN_HAND,      (HANDLER,),  ("reason",)),
    Move("refuse_return",   _("Refuse the return"),   (A.RETURN_ASKED,),         A.IN_HAND,      ASSIGNER,    ("reason",)),
    Move("approve_return",  _("Approve the return"),  (A.RETURN_ASKED,),         A.RETURNED,     ASSIGNER, may=("note",)),
    Move("draft",           _("Draft the reply"),     (A.IN_HAND,),              A.DRAFTED,      (HANDLER,),  ("text",),                   ("replier",), may=("answer_class",)),
    Move("undo_draft",      _("Take the draft back"), (A.DRAFTED,),              A.IN_HAND,      (HANDLER,),  (),                          ("own_draft",)),
    Move("sign_off",        _("Sign off"),            (A.DRAFTED,),              A.SIGNED,       (LEADER,),   (),                          ("not_drafter",), may=("note",)),
    Move("send_back",       _("Send back"),           (A.DRAFTED,),              A.IN_HAND,      (LEADER,),   ("reason",),                 ("not_drafter",)),
    Move("send_back",       _("Send back"),           (A.SIGNED,),               A.IN_HAND,      (REVIEWER,), ("reason",)),
    Move("release",         _("Release the reply"),   (A.SIGNED,),               A.RELEASED,     (REVIEWER,), ("publicity",),              ("not_drafter", "not_signer", "assisting_final"), may=("publicity_reason",)),
    Move("recall",          _("Recall"),              LIVE,                      A.RECALLED,     (CLERK, FOLLOWS), ("reason",)),
    Move("hand_over",       _("Hand over to another venue"), WITH_A_VENUE,       None,           (SYSTEM,),   ("venue", "reason"),         ("with_a_venue",)),
)
# fmt: on

# One question to the resident, four rows of the table: the answer decides which of them it is.
RATE = "rate"
RATINGS = ("rate_ok", "rate_bad", "rate_bad_direct", "rate_bad_again")

# Notes written for the resident; all others stay inside.
SHOWN_NOTES = frozenset(
    {"ask_more", "supplement", "decline", "transfer", "redate", "add_note", "rate_ok", "rate_bad",
     "rate_bad_direct", "rate_bad_again", "withdraw", "correct_reply"}
)  # fmt: skip

# The five-step bar; the three other ends show one plain sentence in its place.
STEPS = (
    (_("Submitted"), (S.SUBMITTED, S.SUPPLEMENTING)),
    (_("Accepted"), (S.ACCEPTED,)),
    (_("Being handled"), (S.HANDLING, S.MERGED)),
    (_("Replied"), (S.REPLIED, S.DISPUTED)),
    (_("Concluded"), (S.CLOSED,)),
)

# The clocks that may run in each state; `verify_history` and the random walk hold every case to it.
CLOCKS = {
    S.SUBMITTED: ({C.ACCEPT},),
    S.SUPPLEMENTING: ({C.SUPPLEMENT},),
    S.ACCEPTED: ({C.ASSIGN}, {C.ASSIGN, C.REPLY}),
    S.HANDLING: ({C.REPLY},),
    S.MERGED: (set(), {C.REPLY}),
    S.REPLIED: (set(), {C.RATING}),
    S.DISPUTED: ({C.CONCLUDE},),
    **{state: (set(),) for state in FINAL},
}


def find(moves: tuple[Move, ...], action: str, state: str | None) -> Move | None:
    """The row of `action` that starts in `state` (None: a row that creates), or None."""
    for move in moves:
        if move.action == action and (state in move.source or (state is None and not move.source)):
            return move
    return None


def actions(moves: tuple[Move, ...]) -> tuple[str, ...]:
    """Every action of a table once, in the table's order."""
    return tuple(dict.fromkeys(move.action for move in moves))
