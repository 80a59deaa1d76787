"""Two small tables everything else may lean on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class CalendarDay(models.Model):
    """A day the yearly holiday notice names; it wins over the weekday and over any package."""

    class Kind(models.TextChoices):
        WORKDAY = "WORKDAY", _("Working day")
        HOLIDAY = "HOLIDAY", _("Day off")

    day = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=40, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-day"]
        verbose_name = _("calendar day")
        verbose_name_plural = _("working calendar")
        constraints = [
            models.CheckConstraint(
                name="calendar_day_kind", condition=models.Q(kind__in=["WORKDAY", "HOLIDAY"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.get_kind_display()}"


class NumberSequence(models.Model):
    """The last number given under a name; `sequences.next_value` is the only writer."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    value = models.PositiveBigIntegerField(_("last value"), default=0)

    class Meta:
        verbose_name = _("number sequence")
        verbose_name_plural = _("number sequences")

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
