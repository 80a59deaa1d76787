"""Two small tables everything else may lean on, and what tables of one row share."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class OneRow(models.Model):
    """Settings in a table of one row; the table itself holds it to number 1 by a constraint."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whatever number the database would give next.
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> Self:
        """The row, or what it says before anybody has saved it."""
        return cls._default_manager.first() or cls()


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
