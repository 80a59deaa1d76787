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
    # What goes and what stays, before something that cannot be undone.
    goes: tuple[str | Promise, ...] = ()
    stays: tuple[str | Promise, ...] = ()


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
    "leave": ActionPage(
        title=_("Leave it to the others"),
        lead=_(
            "Other people raised the same matter and theirs is joined to yours. "
            "You can leave; their matter is handled all the same. This cannot be undone."
        ),
        button=_("Leave it to the others"),
        done=_("You have left it. The others' matter goes on without your name and phone."),
        icon="users",
        danger=True,
        goes=(
            _("Your name and phone"),
            _("Number and query code: you cannot open it any more"),
            _("You get no reply and rate nothing"),
        ),
        stays=(_("What you wrote and your photos, so that it can be handled for the others"),),
    ),
    "forget_contact": ActionPage(
        title=_("Delete name and phone"),
        lead=_("You can have us delete your name and phone now. This cannot be undone."),
        button=_("Delete name and phone"),
        done=_("Name and phone were deleted."),
        icon="lock",
        danger=True,
        goes=(
            _("Your name and phone, here and for everybody who handled it"),
            _("That a unit may see them, if you had allowed it"),
            _("We cannot call you or send you a message about it any more"),
        ),
        stays=(
            _("What you wrote, photos, replies and your rating"),
            _("Number and query code: you can still look at it here"),
            _("The list of who looked at your name and phone"),
        ),
    ),
    "confirm_contact": ActionPage(
        title=_("Did they get in touch with you?"),
        lead=_("A unit says it was in touch with you. Please tell us whether that is so."),
        button=_("Yes, that is so"),
        done=_("Thank you. We have noted your answer."),
        icon="check",
    ),
    "rate_kept_promise": ActionPage(
        title=_("Rate what has been done"),
        lead=_("What was promised to you has been done, as the unit says. Are you satisfied with it?"),
        button=_("Send my rating"),
        done=_("Thank you for your rating."),
        icon="smile",
    ),
}
# Asked of the resident at the head of the page, so not among what can be done besides.
ASKED = ("supplement", "confirm_contact", "rate_kept_promise")
