"""代表接待日: the local rules, and the rule by which the days of one venue come round."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.common.models import OneRow
from deputies.models import Deputy

from .places import Venue


class ReceptionSetting(OneRow):
    """Local rules for reception days; one row."""

    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"), default=3, validators=[MaxValueValidator(60)],
        help_text=_("Calendar days between the notice and the day; a later notice needs a reason"),
    )  # fmt: skip
    ahead_days = models.PositiveSmallIntegerField(
        _("days planned ahead"), default=90, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    yearly_minimum = models.PositiveSmallIntegerField(
        _("reception days per deputy and year"), default=2, help_text=_("Shown beside those who are below")
    )
    booking_keep_days = models.PositiveSmallIntegerField(
        _("days names and phones of bookings are kept"), default=90,
        validators=[MinValueValidator(1), MaxValueValidator(1100)],
        help_text=_("Counted from the reception day; residents read this before they book"),
    )  # fmt: skip
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rules for reception days")
        verbose_name_plural = _("rules for reception days")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_row_of_reception_rules")]


class Recurrence(models.TextChoices):
    """How days come round; what each needs stands in ReceptionPlan.clean."""

    MONTHLY = "MONTHLY", pgettext_lazy("recurrence", "Every month on a date")
    ODD_MONTHS = "ODD_MONTHS", pgettext_lazy("recurrence", "In odd months on a date")
    NTH_WEEKDAY = "NTH_WEEKDAY", pgettext_lazy("recurrence", "Every month on the n-th weekday")
    WEEKLY = "WEEKLY", pgettext_lazy("recurrence", "Every week")


# What each recurrence is told by.
NEEDS: dict[str, tuple[str, ...]] = {
    Recurrence.MONTHLY: ("day_of_month",),
    Recurrence.ODD_MONTHS: ("day_of_month",),
    Recurrence.NTH_WEEKDAY: ("weekday", "nth"),
    Recurrence.WEEKLY: ("weekday",),
}


class HolidayPolicy(models.TextChoices):
    """What becomes of a day that falls on a day off."""

    POSTPONE = "POSTPONE", pgettext_lazy("holiday policy", "Postpone to the next working day")
    BRING_FORWARD = (
        "BRING_FORWARD",
        pgettext_lazy("holiday policy", "Bring forward to the working day before"),
    )
    CANCEL = "CANCEL", pgettext_lazy("holiday policy", "Leave out")
    ASK = "ASK", pgettext_lazy("holiday policy", "Ask each time")


class ReceptionMode(models.TextChoices):
    ON_SITE = "ON_SITE", pgettext_lazy("reception", "On site")
    ONLINE = "ONLINE", pgettext_lazy("reception", "Online")
    JOINT = "JOINT", pgettext_lazy("reception", "Joint, with government departments present")


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class ReceptionShape(models.Model):
    """What a plan says of every day it makes, and a day says of itself."""

    starts_at = models.TimeField(pgettext_lazy("time of day", "from"))
    ends_at = models.TimeField(pgettext_lazy("time of day", "until"))
    mode = models.CharField(_("form"), max_length=8, choices=ReceptionMode, default=ReceptionMode.ON_SITE)
    theme = models.CharField(_("theme"), max_length=60, blank=True)
    room = models.CharField(
        _("room"), max_length=60, blank=True, help_text=_("Where in the venue, for example 一楼接待室")
    )
    online_url = models.URLField(_("address of the online meeting"), blank=True)
    partners = models.CharField(
        _("departments present"), max_length=200, blank=True, help_text=_("For joint receptions")
    )
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes per visit"), default=20, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    seats = models.PositiveSmallIntegerField(
        _("visits at the same time"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("The end is after the beginning.")
        if self.mode == ReceptionMode.ONLINE and not self.online_url:
            errors["online_url"] = _("Where does an online reception take place?")
        if errors:
            raise ValidationError(errors)


class ReceptionPlan(ReceptionShape):
    """The rule of one venue: when days come round and who takes turns."""

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="reception_plans"
    )
    recurrence = models.CharField(_("comes round"), max_length=12, choices=Recurrence)
    day_of_month = models.PositiveSmallIntegerField(
        _("day of the month"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("31 means the last day in shorter months"),
    )  # fmt: skip
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True, choices=Weekday)
    nth = models.PositiveSmallIntegerField(
        _("n-th in the month"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 to 4; 5 means the last"),
    )  # fmt: skip
    holiday_policy = models.CharField(
        _("on days off"), max_length=14, choices=HolidayPolicy, default=HolidayPolicy.POSTPONE
    )
    deputies_per_day = models.PositiveSmallIntegerField(
        _("deputies per day"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day without"))
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reception plan")
        verbose_name_plural = _("reception plans")
        ordering = ["venue", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="plan_hours_in_order"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="plan_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} · {self.get_recurrence_display()}"

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        try:
            super().clean()
        except ValidationError as error:
            errors = error.error_dict
        for name in NEEDS.get(self.recurrence, ()):
            if getattr(self, name) is None:
                errors[name] = _("This way of coming round needs it.")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = _("The end is not before the beginning.")
        if errors:
            raise ValidationError(errors)


class RotaPlace(models.Model):
    """A deputy's place in the turn of one plan."""

    plan = models.ForeignKey(ReceptionPlan, on_delete=models.CASCADE, related_name="rota")
    deputy = models.ForeignKey(
        Deputy, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="rota_places"
    )
    place = models.PositiveSmallIntegerField(_("turn"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("rota")
        ordering = ["plan", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "deputy"], name="one_turn_per_deputy")]

    def __str__(self) -> str:
        return str(self.deputy)
