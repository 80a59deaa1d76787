"""The journey of a suggestion as two tables of data: no queries, no users, no settings.

A row is one named action: what it is called, from which states to which, who may do it, what must be
given, which guards must hold (`guards/`), which clocks it stops and starts, what the resident reads,
what may be given besides.
What an action does beyond the states stands in `effects/` under the same name.
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
RESIDENT, LIAISON, COMMITTEE, DEPUTY = "resident", "liaison", "committee", "deputy"
CLERK, REVIEWER, HEAD, SECRECY = "clerk", "reviewer", "head", "secrecy"
STREET_ASSIGNER, COORDINATOR = "street_assigner", "coordinator"
HANDLER, OFFICER, LEADER = "handler", "officer", "leader"
SYSTEM, FOLLOWS = "system", "follows"
ROLES = (
    RESIDENT, LIAISON, COMMITTEE, DEPUTY, CLERK, STREET_ASSIGNER, COORDINATOR, REVIEWER, HEAD, SECRECY,
    HANDLER, OFFICER, LEADER, SYSTEM, FOLLOWS,
)  # fmt: skip
INTAKE = (LIAISON, COMMITTEE, CLERK)
ASSIGNER = (CLERK, STREET_ASSIGNER, COORDINATOR)
HERE = (LIAISON, DEPUTY, COMMITTEE, CLERK)
FOR_RESIDENT = (RESIDENT, LIAISON)

NEW: tuple[str, ...] = ()
FINAL = (S.WITHDRAWN, S.CLOSED, S.DECLINED, S.TRANSFERRED)
OPEN = tuple(state for state in S.values if state not in FINAL)
BEFORE_REPLY = (S.SUBMITTED, S.SUPPLEMENTING, S.ACCEPTED, S.HANDLING, S.MERGED)
AFTER_REPLY = (S.REPLIED, S.DISPUTED, *FINAL)
HANDLED = (S.HANDLING, S.REPLIED, S.DISPUTED, S.CLOSED)
ANY = tuple(S.values)
LIVE = (A.ISSUED, A.IN_HAND, A.RETURN_ASKED, A.DISPATCHED, A.DRAFTED, A.SIGNED)
NOT_DISPATCHED = tuple(state for state in LIVE if state != A.DISPATCHED)
# A venue returns nothing and dispatches nothing.
WITH_A_VENUE = (A.ISSUED, A.IN_HAND, A.DRAFTED, A.SIGNED)
AT_WORK = (A.IN_HAND, A.DRAFTED, A.SIGNED)
ASSIGNMENT_FINAL = tuple(state for state in A.values if state not in LIVE)
ALL_CLOCKS = tuple(C.values)

# fmt: off
# ruff: noqa: E501 - a table reads best with one row a line
SUGGESTION_MOVES = (
    #    action             label                       from                           to               who                        must give                    guards                                   stops                starts        the resident reads
    Move("submit",            _("Submit"),               NEW,                           S.SUBMITTED,     (RESIDENT, *HERE),         ("text",),                   (),                                      (),                  C.ACCEPT,     _("We have received your suggestion")),
    Move("register_answered", _("Register as answered"), NEW,                           S.REPLIED,       HERE,                      ("text", "category", "reply"), (),                                   (),                  C.RATING,     _("Answered on the spot")),
    Move("ask_more",          _("Ask for more"),         (S.SUBMITTED,),                S.SUPPLEMENTING, INTAKE,                    ("question",),               (),                                      (C.ACCEPT,),         C.SUPPLEMENT, _("We need to know more from you")),
    Move("supplement",        _("Supplement"),           (S.SUPPLEMENTING,),            S.SUBMITTED,     FOR_RESIDENT,              ("text",),                   (),                                      (C.SUPPLEMENT,),     C.ACCEPT,     _("Supplement received"), may=("photos",)),
    Move("lapse_supplement",  _("Supplement lapsed"),    (S.SUPPLEMENTING,),            S.WITHDRAWN,     (SYSTEM,),                 (),                          ("supplement_over",),                    (C.SUPPLEMENT,),     "",           _("No supplement came in time, so this counts as withdrawn; you are welcome to submit again")),
    Move("accept",            _("Accept"),               (S.SUBMITTED,),                S.ACCEPTED,      INTAKE,                    ("category", "level"),       (),                                      (C.ACCEPT,),         C.ASSIGN,     _("Accepted"), may=("points", "note")),
    Move("decline",           _("Decline"),              (S.SUBMITTED,),                S.DECLINED,      INTAKE,                    ("code", "text", "where_to_go"), ("fresh", "alone"),                  ALL_CLOCKS,          "",           _("Not accepted")),
    Move("decline",           _("Decline"),              (S.ACCEPTED,),                 S.DECLINED,      (CLERK,),                  ("code", "text", "where_to_go"), ("fresh", "alone"),                  ALL_CLOCKS,          "",           _("Not accepted")),
    Move("propose_decline",   _("Propose to decline"),   (S.SUBMITTED,),                S.DECLINE_REVIEW, INTAKE,                   ("code", "text", "where_to_go"), ("fresh", "alone"),                  ALL_CLOCKS,          C.REVIEW),
    Move("propose_decline",   _("Propose to decline"),   (S.ACCEPTED,),                 S.DECLINE_REVIEW, (CLERK,),                 ("code", "text", "where_to_go"), ("fresh", "alone"),                  ALL_CLOCKS,          C.REVIEW),
    Move("confirm_decline",   _("Confirm the refusal"),  (S.DECLINE_REVIEW,),           S.DECLINED,      (HEAD, SECRECY),           (),                          ("not_proposer",),                       (C.REVIEW,),         "",           _("Not accepted"), may=("note",)),
    Move("refuse_decline",    _("Refuse the refusal"),   (S.DECLINE_REVIEW,),           S.SUBMITTED,     (HEAD, SECRECY),           ("note",),                   ("not_proposer",),                       (C.REVIEW,),         C.ACCEPT),
    Move("transfer",          _("Transfer"),             (S.SUBMITTED,),                S.TRANSFERRED,   INTAKE,                    ("body", "text"),            ("fresh", "alone"),                      ALL_CLOCKS,          "",           _("This belongs to another office"), may=("code",)),
    Move("transfer",          _("Transfer"),             (S.ACCEPTED,),                 S.TRANSFERRED,   (CLERK,),                  ("body", "text"),            ("fresh", "alone"),                      ALL_CLOCKS,          "",           _("This belongs to another office"), may=("code",)),
    Move("answer_inquiry",    _("Answer the inquiry"),   (S.SUBMITTED,),                S.REPLIED,       INTAKE,                    ("category", "reply"),       (),                                      (C.ACCEPT,),         C.FEEDBACK,   _("Replied"), may=("code",)),
    Move("merge",             _("Join to another"),      (S.SUBMITTED, S.ACCEPTED, S.HANDLING), S.MERGED, (CLERK,),                 ("lead",),                   ("fresh", "alone", "lead_takes"),        (C.ACCEPT, C.ASSIGN), "",          _("Handled together with others who raised the same matter"), may=("same_person", "note")),
    Move("unmerge",           _("Take out of the joined case"), (S.MERGED,),            S.ACCEPTED,      (CLERK,),                  ("note", "category", "level"), (),                                    (),                  C.ASSIGN,     _("Handled on its own again")),
    Move("reply_with_lead",   _("Replied with the lead case"), (S.MERGED,),             S.REPLIED,       (FOLLOWS,),                (),                          (),                                      (C.REPLY,),          C.FEEDBACK,   _("Replied")),
    Move("answer_direct",     _("Answer now"),           (S.ACCEPTED,),                 S.REPLIED,       (CLERK, DEPUTY, LIAISON),  ("reply",),                  (),                                      (C.ASSIGN, C.REPLY), C.FEEDBACK,   _("Replied"), may=("note",)),
    Move("assign",            _("Assign"),               (S.ACCEPTED,),                 S.HANDLING,      (CLERK, STREET_ASSIGNER),  ("assignments", "due"),      ("congress_decides",),                   (C.ASSIGN,),         C.REPLY,      _("Given to a unit to handle"), may=("instructions",)),
    Move("add_assisting",     _("Add an assisting unit"), (S.HANDLING,),                None,            ASSIGNER,                  ("unit",),                   ("lead_at_work",),                       (),                  "",           _("One more unit helps"), may=("instructions",)),
    Move("take_back",         _("Take back"),            (S.HANDLING,),                 S.ACCEPTED,      (CLERK,),                  ("reason",),                 ("nothing_released",),                   (),                  C.ASSIGN,     _("Being assigned again")),
    Move("lead_gone",         _("Nobody left in charge"), (S.HANDLING,),                S.ACCEPTED,      (FOLLOWS,),                (),                          ("no_live_replier", "nothing_released"), (),                  C.ASSIGN,     _("Being assigned again")),
    Move("all_replied",       _("All replied"),          (S.HANDLING,),                 S.REPLIED,       (FOLLOWS,),                (),                          ("no_live_replier", "something_released"), (C.REPLY,),        C.FEEDBACK,   _("Replied")),
    Move("record_told",       _("Record that the resident was told"), (S.REPLIED,),     None,            (SYSTEM, *HERE),           ("how",),                    ("not_told",),                           (C.FEEDBACK,),       C.RATING,     _("You were told of the reply"), may=("note",)),
    Move("rate_ok",           _("Rate"),                 (S.REPLIED,),                  S.CLOSED,        FOR_RESIDENT,              ("level", "process"),        ("not_own_work",),                       (C.FEEDBACK, C.RATING), "",        _("Rated and concluded"), may=("reason", "how", "who", "when")),
    Move("rate_bad",          _("Dissatisfied"),         (S.REPLIED,),                  S.HANDLING,      FOR_RESIDENT,              ("process", "reason"),       ("no_redo_yet", "by_assignment", "not_own_work"), (C.FEEDBACK, C.RATING), C.REPLY, _("Dissatisfied: handled a second time"), may=("how", "who", "when")),
    Move("rate_bad_direct",   _("Dissatisfied"),         (S.REPLIED,),                  S.ACCEPTED,      FOR_RESIDENT,              ("process", "reason"),       ("no_redo_yet", "by_direct_answer", "not_own_work"), (C.FEEDBACK, C.RATING), C.ASSIGN, _("Dissatisfied: handled a second time"), may=("how", "who", "when")),
    Move("rate_bad_again",    _("Dissatisfied again"),   (S.REPLIED,),                  S.DISPUTED,      FOR_RESIDENT,              ("process", "reason"),       ("redo_done", "not_own_work"),           (C.FEEDBACK, C.RATING), C.CONCLUDE, _("Dissatisfied again: the head of the deputies' affairs commission decides"), may=("how", "who", "when")),
    Move("rate_kept_promise", _("Rate what was promised"), (S.CLOSED,),                 None,            FOR_RESIDENT,              ("level", "process"),        ("promise_unrated", "not_own_work"),     (),                  "",           _("You rated what was promised"), may=("reason", "how", "who", "when")),
    Move("lapse",             _("Rating window over"),   (S.REPLIED,),                  S.CLOSED,        (SYSTEM,),                 (),                          ("told", "rating_over"),                 (C.FEEDBACK, C.RATING), "",           _("Concluded without a rating")),
    Move("conclude",          _("Conclude"),             (S.DISPUTED,),                 S.CLOSED,        (HEAD,),                   ("visit", "outcome"),        (),                                      (C.CONCLUDE,),       "",           _("Concluded after a visit")),
    Move("order_redo",        _("Order a supervised redo"), (S.DISPUTED,),              S.HANDLING,      (HEAD,),                   ("leader", "unit", "due"),   (),                                      (C.CONCLUDE,),       C.REPLY,      _("A leader supervises a new handling"), may=("instructions",)),
    Move("reopen",            _("Reopen"),               (S.CLOSED,),                   S.ACCEPTED,      (CLERK,),                  ("note",),                   (),                                      (),                  C.ASSIGN,     _("Opened again")),
    Move("restore",           _("Restore"),              (S.DECLINED, S.TRANSFERRED),   S.SUBMITTED,     (CLERK, SECRECY),          ("note",),                   ("not_who_ended",),                      (),                  C.ACCEPT,     _("Taken up again")),
    Move("withdraw",          _("Withdraw"),             BEFORE_REPLY,                  S.WITHDRAWN,     FOR_RESIDENT,              (),                          ("fresh", "alone"),                      ALL_CLOCKS,          "",           _("Withdrawn"), may=("reason",)),
    Move("leave",             _("Leave it to the others"), (S.ACCEPTED, S.HANDLING),    None,            (RESIDENT,),               (),                          ("fresh", "leads_others", "not_left"),   (),                  "",           _("You left; the others' case goes on")),
    Move("forget_contact",    _("Delete name and phone"), AFTER_REPLY,                  None,            (RESIDENT,),               (),                          ("contact_kept",),                       (),                  "",           _("Name and phone were deleted")),
    Move("comment",           _("Comment"),              ANY,                           None,            (DEPUTY, LIAISON, COMMITTEE, CLERK, REVIEWER, HEAD, SECRECY, HANDLER, LEADER), ("text",)),
    Move("claim",             _("Follow this"),          OPEN,                          None,            (DEPUTY,),                 (),                          ("not_claimed",),                        (),                  "",           _("A deputy follows this")),
    Move("unclaim",           _("Stop following"),       ANY,                           None,            (DEPUTY, SYSTEM),          (),                          ("claimed",)),
    Move("add_note",          _("Add a note or photos"), OPEN,                          None,            FOR_RESIDENT,              ("text",),                   (),                                      (),                  "",           _("You added a note"), may=("photos",)),
    Move("confirm_contact",   _("Confirm a contact"),    HANDLED,                       None,            (RESIDENT, *INTAKE),       ("contact_log", "confirmed"), ("contact_unconfirmed",), may=("note",)),
    Move("correct_contact",   _("Correct the contact"),  ANY,                           None,            FOR_RESIDENT,              ("contact",)),
    Move("set_consent",       _("Change consent"),       ANY,                           None,            FOR_RESIDENT,              ("may_publish", "may_share"), (),                                     (),                  "",           _("You changed what you agree to")),
    Move("link_account",      _("Keep it under my account"), ANY,                       None,            (RESIDENT,),               (),                          ("linkable",)),
    Move("renew_code",        _("New query code"),       ANY,                           None,            (LIAISON, CLERK),          ("how",),                    (),                                      (),                  "",           _("A new query code was given out")),
    Move("reclassify",        _("Reclassify"),           OPEN,                          None,            INTAKE,                    ("category", "level", "reason"), may=("points",)),
    Move("move_venue",        _("Move to another venue"), OPEN,                         None,            (CLERK, SYSTEM),           ("venue", "reason"),         (),                                      (),                  "",           _("Another venue takes care of this")),
    Move("redate",            _("Change the due date"),  (S.HANDLING,),                 None,            (CLERK, STREET_ASSIGNER, FOLLOWS), ("due", "reason"),   (),                                      (),                  "",           _("The due date was changed")),
    Move("recalculate",       _("Date counted anew"),    OPEN,                          None,            (SYSTEM,),                 ("kind", "due", "reason"),   (),                                      (),                  "",           _("The date moved because days off were announced")),
    Move("remind",            _("Reminder"),             OPEN,                          None,            (SYSTEM,),                 ("tone", "whom"),            (),                                      (),                  "",           may=("about",)),
    Move("alarm",             _("Alert the duty phone"), OPEN,                          None,            (*INTAKE, SYSTEM),         ("note",),                   (),                                      (),                  "",           may=("code",)),
    Move("flag",              _("Mark"),                 OPEN,                          None,            (CLERK, HEAD),             ("flags", "reason")),
    Move("supervise",         _("Supervise as a key case"), (S.ACCEPTED, S.HANDLING),   None,            (CLERK, HEAD),             ("leader", "body", "reason"), ("not_supervised",)),
    Move("end_supervision",   _("End the supervision"),  ANY,                           None,            (CLERK, HEAD),             ("reason",),                 ("supervised",)),
    Move("correct_reply",     _("Correct the reply"),    (S.REPLIED, S.CLOSED),         None,            (REVIEWER,),               ("reply", "reason"),         (),                                      (),                  "",           _("The reply was corrected")),
    Move("follow_up",         _("What was promised"),    ANY,                           None,            (FOLLOWS,),                ("promise", "reply"),        (),                                      (),                  "",           _("News of what was promised"), may=("answer_class",)),
    Move("prepare_publication", _("Prepare publication"), (S.CLOSED,),                  None,            (CLERK,),                  ("title", "summary"),        ("may_publish",)),
    Move("publish",           _("Publish"),              (S.CLOSED,),                   None,            (CLERK, REVIEWER),         (),                          ("may_publish", "prepared", "second_person"), (),             "",           _("Published without personal data")),
    Move("unpublish",         _("Take off the public page"), ANY,                       None,            (CLERK, REVIEWER, FOLLOWS), ("reason",),                ("published",),                          (),                  "",           _("No longer public")),
)

ASSIGNMENT_MOVES = (
    #    action             label                       from                       to              who          must give                    guards
    Move("issue",           _("Issue"),               NEW,                       A.ISSUED,       (FOLLOWS,),  (),                          ()),
    Move("sign",            _("Sign for"),            (A.ISSUED,),               A.IN_HAND,      (HANDLER,)),
    Move("ask_return",      _("Ask to return"),       (A.ISSUED, A.IN_HAND),     A.RETURN_ASKED, (OFFICER,),  ("reason", "proposed_unit"), ("within_return_limit", "under_two_returns", "not_a_redo")),
    Move("cancel_return",   _("Keep it after all"),   (A.RETURN_ASKED,),         A.IN_HAND,      (HANDLER,),  ("reason",)),
    Move("refuse_return",   _("Refuse the return"),   (A.RETURN_ASKED,),         A.IN_HAND,      ASSIGNER,    ("reason",)),
    Move("approve_return",  _("Approve the return"),  (A.RETURN_ASKED,),         A.RETURNED,     ASSIGNER, may=("note",)),
    Move("escalate",        _("Ask the congress to decide"), (A.ISSUED, A.IN_HAND), None,        (OFFICER,),  ("reason", "proposed_unit"), ("return_closed", "escalation_unasked")),
    Move("settle_escalation", _("Settle who handles it"), (A.ISSUED, A.IN_HAND), None,           (CLERK,),    ("note",),                   ("open_escalation",)),
    Move("ask_extension",   _("Ask for more time"),   (A.IN_HAND,),              None,           (HANDLER,),  ("due", "reason"),           ("replier", "before_due", "extension_unasked")),
    Move("grant_extension", _("Grant more time"),     AT_WORK,                   None,           ASSIGNER,    ("due",),                    ("open_extension",), may=("note",)),
    Move("refuse_extension", _("Refuse more time"),   AT_WORK,                   None,           ASSIGNER,    ("reason",),                 ("open_extension",)),
    Move("log_contact",     _("Log a contact"),       (*AT_WORK, A.DISPATCHED, A.RELEASED), None, (HANDLER,), ("phase", "mode", "happened_on", "summary"), (), may=("persons",)),
    Move("ask_contact",     _("Have the resident asked"), (A.IN_HAND,),          None,           (HANDLER,),  ("question",),               ("no_open_question",)),
    Move("answer_contact",  _("Pass on the resident's answer"), (*AT_WORK, A.RETURN_ASKED, A.DISPATCHED), None,           INTAKE,      ("answer",),                 ("open_question",)),
    Move("dispatch",        _("Dispatch to units"),   (A.IN_HAND,),              A.DISPATCHED,   (OFFICER,), ("assignments", "due"),   ("coordinates", "congress_decides"), may=("instructions",)),
    Move("child_done",      _("The units replied"),   (A.DISPATCHED,),           A.RELEASED,     (FOLLOWS,)),
    Move("child_gone",      _("No unit is left"),     (A.DISPATCHED,),           A.IN_HAND,      (FOLLOWS,)),
    Move("give_opinion",    _("Give the opinion"),    (A.IN_HAND, A.MISSED),     A.GIVEN,        (HANDLER,),  ("text",),                   ("assisting", "lead_at_work")),
    Move("mark_missed",     _("Mark the opinion as overdue"), (A.ISSUED, A.IN_HAND, A.RETURN_ASKED), A.MISSED, ASSIGNER, (),              ("assisting", "row_overdue")),
    Move("draft",           _("Draft the reply"),     (A.IN_HAND,),              A.DRAFTED,      (HANDLER,),  ("text",),                   ("replier",), may=("answers", "answer_class", "promises")),
    Move("undo_draft",      _("Take the draft back"), (A.DRAFTED,),              A.IN_HAND,      (HANDLER,),  (),                          ("own_draft",)),
    Move("sign_off",        _("Sign off"),            (A.DRAFTED,),              A.SIGNED,       (LEADER,),   (),                          ("not_drafter", "higher_leader"), may=("note",)),
    Move("send_back",       _("Send back"),           (A.DRAFTED,),              A.IN_HAND,      (LEADER,),   ("reason",),                 ("not_drafter",)),
    Move("send_back",       _("Send back"),           (A.SIGNED,),               A.IN_HAND,      (REVIEWER,), ("reason",)),
    Move("release",         _("Release the reply"),   (A.SIGNED,),               A.RELEASED,     (REVIEWER,), ("publicity",),              ("not_drafter", "not_signer", "assisting_final"), may=("publicity_reason", "answer_class")),
    Move("report_promise",  _("Report on a promise"), (A.RELEASED,),             None,           (HANDLER,),  ("promise", "report"),       ("open_promise",), may=("photos", "due")),
    Move("promise_due",     _("A promise is due"),    (A.RELEASED,),             None,           (SYSTEM,),   ("promise",),                ("open_promise", "promise_not_back")),
    Move("settle_promise",  _("Settle a promise"),    (A.RELEASED,),             None,           (REVIEWER,), ("promise", "verdict"),      ("open_promise", "not_reporter"), may=("reply", "answer_class", "due", "note")),
    Move("urge",            _("Send a letter of supervision"), LIVE,             None,           (CLERK, HEAD), ("text", "due")),
    Move("recall",          _("Recall"),              NOT_DISPATCHED,            A.RECALLED,     (*ASSIGNER, FOLLOWS), ("reason",)),
    Move("recall",          _("Recall"),              (A.DISPATCHED,),           A.RECALLED,     (CLERK, STREET_ASSIGNER, FOLLOWS), ("reason",)),
    Move("recount",         _("Dates counted anew"),  LIVE,                      None,           (SYSTEM,),   ("dates", "reason")),
    Move("hand_over",       _("Hand over to another venue"), WITH_A_VENUE,       None,           (SYSTEM,),   ("venue", "reason"),         ("with_a_venue",)),
)
# fmt: on

# One question to the resident, four rows of the table: the answer decides which of them it is.
RATE = "rate"
RATINGS = ("rate_ok", "rate_bad", "rate_bad_direct", "rate_bad_again")

# Notes written for the resident; all others stay inside.
SHOWN_NOTES = frozenset(
    {"ask_more", "supplement", "decline", "confirm_decline", "transfer", "redate", "add_note", "rate_ok",
     "rate_bad", "rate_bad_direct", "rate_bad_again", "rate_kept_promise", "withdraw", "correct_reply"}
)  # fmt: skip

# The five-step bar; the three other ends show one plain sentence in its place.
STEPS = (
    (_("Submitted"), (S.SUBMITTED, S.SUPPLEMENTING, S.DECLINE_REVIEW)),
    (_("Accepted"), (S.ACCEPTED,)),
    (_("Being handled"), (S.HANDLING, S.MERGED)),
    (_("Replied"), (S.REPLIED, S.DISPUTED)),
    (_("Concluded"), (S.CLOSED,)),
)

# The clocks that may run in each state; `verify_history` and the random walk hold every case to it.
CLOCKS = {
    S.SUBMITTED: ({C.ACCEPT},),
    S.SUPPLEMENTING: ({C.SUPPLEMENT},),
    S.DECLINE_REVIEW: ({C.REVIEW},),
    S.ACCEPTED: ({C.ASSIGN}, {C.ASSIGN, C.REPLY}),
    S.HANDLING: ({C.REPLY},),
    S.MERGED: (set(), {C.REPLY}),
    S.REPLIED: ({C.FEEDBACK}, {C.RATING}),
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
