"""What a resident can do with the own case, one page each. Whether it is offered says the table, not this."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Words of one action's page; `done` is said after it worked."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    icon: str
    danger: bool = False


ACTIONS = {
    "supplement": ActionPage(
        title=_("Answer our question"),
        lead=_("After that we go on checking your suggestion."),
        button=_("Send the answer"),
        done=_("Thank you. We go on checking your suggestion."),
        icon="reply",
    ),
    "add_note": ActionPage(
        title=_("Add a note or photos"),
        lead=_("Whoever handles your suggestion sees it at once."),
        button=_("Send the note"),
        done=_("Your note was added."),
        icon="pen",
    ),
    "correct_contact": ActionPage(
        title=_("Correct name or phone"),
        lead=_("What you write here replaces what we have now."),
        button=_("Save"),
        done=_("Name and phone were saved."),
        icon="phone",
    ),
    "set_consent": ActionPage(
        title=_("Change what you agree to"),
        lead=_("You may change this at any time. It makes no difference to how your suggestion is handled."),
        button=_("Save"),
        done=_("Your choice was saved."),
        icon="lock",
    ),
    "link_account": ActionPage(
        title=_("Keep it under my account"),
        lead=_("You then find it in your list when you are signed in, without number and query code."),
        button=_("Keep it"),
        done=_("It is in your list now."),
        icon="user",
    ),
    "withdraw": ActionPage(
        title=_("Withdraw the suggestion"),
        lead=_(
            "It is then not handled any further, and this cannot be undone. "
            "You can make a new one at any time."
        ),
        button=_("Withdraw it"),
        done=_("You have withdrawn your suggestion."),
        icon="close",
        danger=True,
    ),
}
