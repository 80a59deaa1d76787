"""What the one door answers when it does not open. Wrong inputs are Django's ValidationError by field."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DoorError(Exception):
    """Nothing was changed; `message` is for the person who tried."""

    default: str | Promise = _("This cannot be done now.")

    def __init__(self, message: str | Promise = "") -> None:
        self.message = message or self.default
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(DoorError):
    """The person does not hold the role."""

    default = _("You may not do this here.")


class WrongState(DoorError):
    """The action does not start from the state the case is in."""

    default = _("This is not possible in the present state.")


class Refused(DoorError):
    """A guard of the table does not hold."""


class Stale(DoorError):
    """Somebody else was faster; the page that was seen is no longer true."""

    default = _("Someone has just handled this. Here is how it stands now.")
