"""代表接待日: the days themselves, who receives, who comes. The rules stand in `plans`.

A day is proposed, then announced, then held, or cancelled with a reason.
"""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common.fields import EncryptedTextField
from deputies.models import Deputy

from .places import Venue
from .plans import ReceptionPlan, ReceptionShape


class SessionStatus(models.TextChoices):
    PROPOSED = "PROPOSED", pgettext_lazy("reception day", "Proposed")
    ANNOUNCED = "ANNOUNCED", pgettext_lazy("reception day", "Announced")
    HELD = "HELD", pgettext_lazy("reception day", "Held")
    CANCELLED = "CANCELLED", pgettext_lazy("reception day", "Cancelled")


class ReceptionSession(ReceptionShape):
    """One reception day at one venue. Residents see it from its notice on."""

    plan = models.ForeignKey(
        ReceptionPlan, verbose_name=_("plan"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="sessions",
    )  # fmt: skip
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="reception_sessions"
    )
    # The day the rule names; the day itself may have moved.
    planned_on = models.DateField(_("planned for"))
    day = models.DateField(_("date"), db_index=True)
    status = models.CharField(
        _("status"), max_length=10, choices=SessionStatus, default=SessionStatus.PROPOSED, editable=False
    )
    # The rule says "ask": somebody decides before it can be announced.
    asks = models.BooleanField(_("falls on a day off: please decide"), default=False, editable=False)
    announced_at = models.DateTimeField(_("notice published"), null=True, editable=False)
    late_reason = models.CharField(_("reason for the late notice"), max_length=200, blank=True)
    # Why it was moved or cancelled, as the public reads it.
    change_reason = models.CharField(_("reason for the change"), max_length=200, blank=True)
    visitors = models.PositiveSmallIntegerField(
        _("people received"), null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    summary = models.TextField(_("record"), blank=True, max_length=3000)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), null=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    held_at = models.DateTimeField(_("recorded"), null=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("reception day")
        verbose_name_plural = _("reception days")
        ordering = ["day", "starts_at", "venue"]
        indexes = [
            models.Index(fields=["venue", "status", "day"]),
            models.Index(fields=["status", "day"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "planned_on"], name="one_session_per_planned_day"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_hours_in_order"),
            models.CheckConstraint(
                condition=Q(status__in=SessionStatus.values), name="session_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=SessionStatus.PROPOSED)
                | Q(status=SessionStatus.CANCELLED)
                | Q(announced_at__isnull=False),
                name="an_announced_session_has_its_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("reception_day", args=[self.pk])


class DutyStatus(models.TextChoices):
    PLANNED = "PLANNED", pgettext_lazy("reception duty", "Planned")
    LEAVE = "LEAVE", pgettext_lazy("reception duty", "On leave")
    ATTENDED = "ATTENDED", pgettext_lazy("reception duty", "Attended")
    ABSENT = "ABSENT", pgettext_lazy("reception duty", "Absent")


class ReceptionDuty(models.Model):
    """A deputy's turn on one day; a substitute's row names the one it stands in for."""

    session = models.ForeignKey(ReceptionSession, on_delete=models.CASCADE, related_name="duties")
    deputy = models.ForeignKey(
        Deputy, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="reception_duties"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=DutyStatus, default=DutyStatus.PLANNED, editable=False
    )
    stands_in_for = models.ForeignKey(
        "self", verbose_name=_("stands in for"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="substitutes",
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reception duty")
        verbose_name_plural = _("reception duties")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "deputy"], name="one_duty_per_deputy_and_session"),
            models.CheckConstraint(condition=Q(status__in=DutyStatus.values), name="duty_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.session.day:%Y-%m-%d}"


class SessionChange(models.Model):
    """What happened to a day, in words; the line that bookers are told by."""

    class Kind(models.TextChoices):
        ANNOUNCED = "ANNOUNCED", pgettext_lazy("session change", "Notice published")
        MOVED = "MOVED", pgettext_lazy("session change", "Moved")
        CANCELLED = "CANCELLED", pgettext_lazy("session change", "Cancelled")
        # A day that fell on a day off and stays where it is.
        DECIDED = "DECIDED", pgettext_lazy("session change", "Stays as planned")
        JOINED = "JOINED", pgettext_lazy("session change", "A deputy receives too")
        LEAVE = "LEAVE", pgettext_lazy("session change", "A deputy is on leave")
        SUBSTITUTE = "SUBSTITUTE", pgettext_lazy("session change", "A substitute stands in")
        BACK = "BACK", pgettext_lazy("session change", "A deputy takes the turn after all")
        VENUE = "VENUE", pgettext_lazy("session change", "Takes place at another venue")
        HELD = "HELD", pgettext_lazy("session change", "Recorded")

    session = models.ForeignKey(ReceptionSession, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("change"), max_length=10, choices=Kind)
    text = models.CharField(_("words"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("change of a reception day")
        verbose_name_plural = _("changes of reception days")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.session} {self.get_kind_display()}"


class BookingStatus(models.TextChoices):
    BOOKED = "BOOKED", pgettext_lazy("booking", "Booked")
    CANCELLED = "CANCELLED", pgettext_lazy("booking", "Cancelled")
    ARRIVED = "ARRIVED", pgettext_lazy("booking", "Came")
    MISSED = "MISSED", pgettext_lazy("booking", "Did not come")


class Booking(models.Model):
    """A resident's slot. Name and phone are encrypted; the code is kept only as its keyed hash."""

    session = models.ForeignKey(ReceptionSession, on_delete=models.PROTECT, related_name="bookings")
    slot = models.TimeField(_("time"))
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    # Finds "the same phone" without decrypting anybody.
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    topic = models.CharField(_("about"), max_length=60, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=BookingStatus, default=BookingStatus.BOOKED, editable=False
    )
    booked_at = models.DateTimeField(_("booked"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    arrived_at = models.DateTimeField(_("came"), null=True)
    # The last change of the day this person was told of, and how; the office works through the others.
    told_change = models.ForeignKey(SessionChange, null=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField(_("told"), null=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Name and phone were removed because the day is long over.
    forgotten_at = models.DateTimeField(null=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["session", "slot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "phone_index"],
                condition=Q(status=BookingStatus.BOOKED) & ~Q(phone_index=""),
                name="one_open_booking_per_phone_and_session",
            ),
            models.CheckConstraint(
                condition=Q(status__in=BookingStatus.values), name="booking_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return "***"


def unheard(news: Any, news_at: Any, *, of: str = "") -> Q:
    """Condition on bookings: they stand, and their people have not heard of the change `news` of `news_at`.

    `of` is the way to the bookings, such as "bookings__". Who came without an appointment has no phone.
    """
    stand = Q(**{f"{of}status": BookingStatus.BOOKED}) & ~Q(**{f"{of}phone_index": ""})
    since_booked = Q(**{f"{of}told_change": None, f"{of}booked_at__lt": news_at})
    return stand & (since_booked | Q(**{f"{of}told_change__lt": news}))


class BookingReveal(models.Model):
    """Somebody looked at a booker's name and phone: who, when and why."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="reveals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    revealed_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("look at a booking")
        verbose_name_plural = _("looks at bookings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.revealed_at:%Y-%m-%d %H:%M}"
