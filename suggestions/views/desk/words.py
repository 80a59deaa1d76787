"""What the desk says before and after an action, where the label alone is not enough."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
}
