"""The ways a notice takes, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    INBOX = "INBOX", _("On this site")
    EMAIL = "EMAIL", _("E-mail")
    SMS = "SMS", _("SMS")


class Status(models.TextChoices):
    """WAITING and SENDING are the queue, FAILED and UNCERTAIN wait for staff, the other two are over."""

    WAITING = "WAITING", pgettext_lazy("notice", "Waiting")
    SENDING = "SENDING", pgettext_lazy("notice", "Being sent")
    SENT = "SENT", pgettext_lazy("notice", "Sent")
    FAILED = "FAILED", pgettext_lazy("notice", "Not delivered")
    UNCERTAIN = "UNCERTAIN", pgettext_lazy("notice", "Perhaps delivered")
    SETTLED = "SETTLED", pgettext_lazy("notice", "Settled")


QUEUED = (Status.WAITING, Status.SENDING)
FOR_STAFF = (Status.FAILED, Status.UNCERTAIN)
OVER = (Status.SENT, Status.SETTLED)


class Choice(models.TextChoices):
    """What somebody of the office did about a notice that was parked."""

    SEND_AGAIN = "SEND_AGAIN", _("Sent again knowingly")
    SETTLE = "SETTLE", _("Marked as settled")
