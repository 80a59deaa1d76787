"""Local rules as rows the office edits: categories, decline reasons, where to transfer, clock lengths."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from suggestions.enums import ClockKind, ClockUnit


class Category(models.Model):
    """What a suggestion is about, in words a resident uses."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=20)
    icon = models.CharField(_("icon"), max_length=20, default="other")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class DeclineReason(models.Model):
    """Why a suggestion is not accepted, the explanation, and where to go instead (DOMAIN §C.5)."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    label = models.CharField(_("reason"), max_length=60)
    text = models.TextField(_("explanation to the resident"))
    where_to_go = models.TextField(_("where to go instead"))
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class TransferBody(models.Model):
    """Where a suggestion that is not ours goes: another district, 12345, a court."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    how_to_reach = models.CharField(_("how to reach it"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("office to transfer to")
        verbose_name_plural = _("offices to transfer to")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ClockRule(models.Model):
    """How long a clock runs, with its basis: a local rule, so it is data."""

    class Key(models.TextChoices):
        """A clock, or a limit that is counted but has no clock of its own."""

        ACCEPT = ClockKind.ACCEPT.value, ClockKind.ACCEPT.label
        SUPPLEMENT = ClockKind.SUPPLEMENT.value, ClockKind.SUPPLEMENT.label
        ASSIGN = ClockKind.ASSIGN.value, ClockKind.ASSIGN.label
        REPLY = ClockKind.REPLY.value, ClockKind.REPLY.label
        RATING = ClockKind.RATING.value, ClockKind.RATING.label
        CONCLUDE = ClockKind.CONCLUDE.value, ClockKind.CONCLUDE.label
        REPLY_COMPLEX = "REPLY_COMPLEX", _("Reply, complex matter")
        REDO = "REDO", _("Second reply")
        RETURN = "RETURN", _("Ask to return")
        RETENTION = "RETENTION", _("Keep name and phone after the end")

    key = models.CharField(_("clock"), max_length=20, unique=True, choices=Key)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=10, choices=ClockUnit, default=ClockUnit.WORKDAYS)
    basis = models.CharField(_("basis"), max_length=120)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(length__gte=1), name="clock_length_is_positive"),
        ]

    def __str__(self) -> str:
        return self.get_key_display()
