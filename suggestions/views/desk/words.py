"""What the desk says before and after an action, where the label alone is not enough."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions.enums import AssignmentKind as K
from suggestions.enums import AssignmentState as A

# Before: what happens next, so that nobody has to guess.
HINTS: dict[str, str | Promise] = {
    "ask_more": _("The resident reads this question; the case waits for the answer."),
    "accept": _("The resident reads that the suggestion was accepted. The district office assigns it next."),
    "decline": _("The resident reads the explanation and where to go instead."),
    "propose_decline": _(
        "A second person confirms it first; only then does the resident read the explanation."
    ),
    "alarm": _("The duty phone rings at once, at night too. The case itself stays where it is."),
    "answer_inquiry": _("The resident reads this answer at once; it counts as an inquiry."),
    "transfer": _("The resident reads where this belongs. Nothing is sent there without consent."),
    "answer_direct": _("The resident reads this reply at once and rates it."),
    "record_told": _("From today on the resident has time to rate."),
    "rate": _("What the resident told you, in his or her words. Who handled the case cannot do this."),
    "supplement": _("What the resident told you in answer to the question."),
    "withdraw": _("Only if the resident asks for it. It cannot be taken back."),
    "comment": _("For everybody on duty with this case; the resident does not read it."),
    "add_note": _("The resident's own words; they stand on the resident's page."),
    "renew_code": _("The old query code stops working. The new one is shown once."),
    "draft": _("Write as to the resident. It is signed off by a second person and released by the congress."),
    "undo_draft": _("The draft comes back to you and you can go on writing."),
    "sign_off": _("The congress reviews the reply next and releases it."),
    "send_back": _("The drafter reads the reason and writes a new version."),
    "ask_return": _("The congress decides. Until then it stays with you and the date runs on."),
    "cancel_return": _("You go on handling it."),
    "escalate": _("The congress decides who handles it. Until then it stays with you and the date runs on."),
    "ask_extension": _("Once, and before the date is over. Whoever gave it to you decides."),
    "ask_contact": _("The venue or the office asks the resident and passes the answer on to you."),
    "answer_contact": _("Only what was asked; the unit does not get name or phone from you."),
    "log_contact": _("Before, during or after handling; the resident may be asked whether it happened so."),
    "give_opinion": _("The lead takes it up in the reply; the reply waits for it."),
    "dispatch": _("One lead with help, or several that each reply. You decide on what they ask for."),
    "report_promise": _("Say what has been done. The congress reviews it and tells the resident."),
    "assign": _("The units sign for it next. The date is told to the resident."),
    "mark_missed": _("The reply can then be released without this opinion."),
    "recall": _("It is taken from this unit; if nobody is left, it waits to be assigned again."),
}

# At a row of one's own: what comes next, by kind ("" for all others) and state.
NEXT: dict[tuple[str, str], str | Promise] = {
    ("", A.ISSUED): _("Sign for it first."),
    ("", A.IN_HAND): _("Talk to the resident, settle the matter, then draft the reply."),
    (K.ASSISTING, A.IN_HAND): _("Give your opinion to the lead unit; it replies to the resident."),
    (K.COORDINATOR, A.IN_HAND): _("Name the units that handle it."),
    ("", A.RETURN_ASKED): _("The return has been asked for. Until it is decided it stays with you."),
    ("", A.DISPATCHED): _("The units are at work; what they ask for you decide."),
    ("", A.DRAFTED): _("The draft waits to be signed off by a second person."),
    ("", A.SIGNED): _("The congress reviews the reply and releases it."),
    ("", A.RELEASED): _("The reply is out. The congress asks the resident for a rating."),
    (K.COORDINATOR, A.RELEASED): _("All units have replied."),
    ("", A.GIVEN): _("The opinion has been handed in."),
    ("", A.MISSED): _("The opinion is overdue. It can be given as long as the reply is not out."),
}

# After.
DONE: dict[str, str | Promise] = {
    "sign": _("Signed for. It is in your hands now."),
    "draft": _("The draft is on its way to be signed off."),
    "sign_off": _("Signed off. The congress reviews it next."),
    "send_back": _("Sent back to be written anew."),
    "ask_return": _("The return has been asked for."),
    "accept": _("Accepted. The district office assigns it next."),
    "ask_more": _("The question has been sent to the resident."),
    "propose_decline": _("Proposed. A second person decides now."),
    "alarm": _("The duty phone has been alerted."),
    "answer_direct": _("The reply has been given."),
    "record_told": _("Recorded. The resident can rate now."),
    "rate": _("The rating has been recorded."),
    "claim": _("You follow this now."),
    "unclaim": _("You no longer follow this."),
    "comment": _("The comment has been added."),
    "escalate": _("The congress has been asked to decide."),
    "ask_extension": _("More time has been asked for."),
    "ask_contact": _("The question has been passed on."),
    "answer_contact": _("The answer has been passed on to the unit."),
    "log_contact": _("Written down."),
    "give_opinion": _("The opinion has been handed to the lead unit."),
    "dispatch": _("Given to the units."),
    "report_promise": _("Reported. The congress reviews it next."),
    "assign": _("Assigned. It waits to be signed for."),
}
