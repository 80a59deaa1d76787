"""Rows of the outbox, what people chose, and the office's own rules. Nothing here sends or decides."""

from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.common.fields import EncryptedTextField
from congress_portal.common.models import OneRow

from . import kinds
from .enums import FOR_STAFF, QUEUED, Channel, Choice, Status

UNREAD = Q(channel=Channel.INBOX, read_at=None)


class Notice(models.Model):
    """One notice to one recipient by one channel. The row is the message, the queue and the receipt.

    Written by `outbox.post` in the transaction of what it tells of; moved on by `delivery` and `decisions`
    alone. `token` names the delivery for ever: the caller's key, channel and recipient as 64 hex digits.
    """

    token = models.CharField(max_length=64, unique=True, editable=False)
    key = models.CharField(pgettext_lazy("notice", "key"), max_length=200, db_index=True)
    kind = models.CharField(_("kind"), max_length=60)
    channel = models.CharField(pgettext_lazy("notice", "channel"), max_length=5, choices=Channel)
    urgent = models.BooleanField(_("also at night"), default=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, on_delete=models.CASCADE,
        related_name="notices",
    )  # fmt: skip
    # Where it goes: only as long as it has not gone there. What stays is the masked form.
    address = EncryptedTextField(blank=True)
    masked = models.CharField(_("recipient"), max_length=120, blank=True)

    # An SMS carries neither, so its row has neither; a letter's row forgets both once it is sent.
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    path = models.CharField(_("page"), max_length=300, blank=True)

    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.WAITING)
    written_at = models.DateTimeField(_("written"))
    # From when it counts: an inbox shows it then, the worker sends it not before.
    posted_at = models.DateTimeField(_("date"))
    # When the worker looks at it next: a waiting one is due then, the lease of one being sent ends then.
    next_at = models.DateTimeField(_("next try"), null=True)
    # Which attempt holds the row: whoever comes back with an older number changes nothing.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # Those that ended badly since it was posted, or since staff had it sent again.
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    reference = models.CharField(_("reference of the provider"), max_length=120, blank=True)
    done_at = models.DateTimeField(_("sent or settled"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("undelivered notices")
        indexes = [
            models.Index(
                fields=["to", "-posted_at", "-id"], condition=Q(channel=Channel.INBOX), name="notice_inbox"
            ),
            models.Index(fields=["to"], condition=UNREAD, name="notice_unread"),
            models.Index(fields=["next_at", "id"], condition=Q(status__in=QUEUED), name="notice_queue"),
            models.Index(fields=["-id"], condition=Q(status__in=FOR_STAFF), name="notice_for_staff"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="notice_status_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notice_channel_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=QUEUED, next_at__isnull=False)
                | (~Q(status__in=QUEUED) & Q(next_at=None)),
                name="notice_in_the_queue_has_its_turn",
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.INBOX) | Q(status=Status.SENT, to__isnull=False),
                name="notice_in_an_inbox_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.SMS) | Q(title="", text=""), name="notice_by_sms_has_no_words"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (kinds.label_of(self.kind), self.number) if part)


class NoticeDecision(models.Model):
    """What somebody did about a parked notice, and why. Appended, never changed."""

    notice = models.ForeignKey(
        Notice, verbose_name=_("notice"), on_delete=models.CASCADE, related_name="decisions"
    )
    choice = models.CharField(_("decision"), max_length=10, choices=Choice)
    why = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("date"))

    class Meta:
        verbose_name = _("decision on a notice")
        verbose_name_plural = _("decisions on notices")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="decision_on_notice_is_known")
        ]

    def __str__(self) -> str:
        return self.get_choice_display()


class Preference(models.Model):
    """One channel of one kind, switched on or off by the person; no row: as the kind says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=5, choices=Channel)
    wanted = models.BooleanField()

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="one_choice_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"


class ContactWay(models.Model):
    """Where a person with an account is reached besides the e-mail address of the account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact_way"
    )
    mobile = EncryptedTextField(blank=True)

    class Meta:
        verbose_name = _("mobile number of an account")
        verbose_name_plural = _("mobile numbers of accounts")

    def __str__(self) -> str:
        return str(self.user)


def no_brackets(value: str) -> None:
    if any(sign in "【】[]" for sign in value):
        raise ValidationError(_("Write the signature without its brackets; they are added."))


class NoticeSetting(OneRow):
    """Local rules for notices; one row."""

    signature = models.CharField(
        _("signature of an SMS"), max_length=20, default="沈河人大", validators=[no_brackets],
        help_text=_("Every SMS begins with it in brackets, as registered with the provider."),
    )  # fmt: skip
    quiet_from = models.TimeField(
        _("quiet hours begin"), default=time(21),
        help_text=_("From then on no SMS is sent, urgent ones excepted. Inbox and e-mail make no noise."),
    )  # fmt: skip
    quiet_to = models.TimeField(
        _("quiet hours end"), default=time(8), help_text=_("The same time twice: no quiet hours.")
    )
    max_tries = models.PositiveSmallIntegerField(
        _("tries before staff is asked"), default=12,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Twelve tries take about twenty hours, with longer and longer pauses."),
    )  # fmt: skip
    keep_days = models.PositiveSmallIntegerField(
        _("days read notices are kept"), default=180,
        validators=[MinValueValidator(7), MaxValueValidator(3650)],
        help_text=_("Also receipts of what was sent. Unread notices stay."),
    )  # fmt: skip
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rules for notices")
        verbose_name_plural = _("rules for notices")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_row_of_notice_rules")]


def rules() -> NoticeSetting:
    return NoticeSetting.objects.first() or NoticeSetting()
