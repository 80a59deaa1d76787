"""五有, 八有, 六公开: checklists a venue is measured by. Their wording is local, so every line is a row."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .places import Venue, VenueKind


class StandardChecklist(models.Model):
    """One standard, for example 五有, with the kinds of venue it holds for."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40)
    kinds = models.JSONField(
        _("holds for"), default=list, blank=True, help_text=_("Kinds of venue; none chosen means all")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def holds_for(self, kind: str) -> bool:
        """Whether venues of this kind are measured by it."""
        return not self.kinds or VenueKind(kind).value in self.kinds


class StandardItem(models.Model):
    """One line of a standard. A line no longer used is retired, so that old inspections keep their words."""

    checklist = models.ForeignKey(
        StandardChecklist, verbose_name=_("standard"), on_delete=models.PROTECT, related_name="items"
    )
    text = models.CharField(_("requirement"), max_length=120)
    points = models.PositiveSmallIntegerField(_("points"), default=10, validators=[MaxValueValidator(100)])
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["checklist", "order", "pk"]

    def __str__(self) -> str:
        return self.text


class Inspection(models.Model):
    """A venue measured by one standard on one day; the newest one says whether it is met."""

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="inspections"
    )
    checklist = models.ForeignKey(
        StandardChecklist, verbose_name=_("standard"), on_delete=models.PROTECT, related_name="inspections"
    )
    inspected_on = models.DateField(_("inspected on"))
    inspector = models.CharField(_("inspector"), max_length=40)
    # Computed from the lines when they are saved; the points a line had then are kept with it.
    met = models.PositiveSmallIntegerField(_("requirements met"), default=0, editable=False)
    total = models.PositiveSmallIntegerField(_("requirements"), default=0, editable=False)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1, default=0, editable=False)
    stars = models.PositiveSmallIntegerField(
        _("stars"), null=True, blank=True, validators=[MaxValueValidator(5)], help_text=_("0 to 5, or empty")
    )
    note = models.TextField(_("note"), blank=True, max_length=1000)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-inspected_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "checklist", "inspected_on"], name="one_inspection_per_standard_and_day"
            ),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__lte=5), name="stars_up_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.venue} · {self.checklist} · {self.inspected_on:%Y-%m-%d}"


class InspectionMark(models.Model):
    """Whether one requirement was met at that inspection, with the photo that shows it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="marks")
    item = models.ForeignKey(StandardItem, verbose_name=_("requirement"), on_delete=models.PROTECT)
    points = models.PositiveSmallIntegerField(_("points"))
    is_met = models.BooleanField(_("met"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # The stored name of the re-encoded picture, without its meta data; "" without one.
    photo = models.CharField(_("photo"), max_length=100, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("requirement inspected")
        verbose_name_plural = _("requirements inspected")
        ordering = ["item__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="one_mark_per_requirement"),
        ]

    def __str__(self) -> str:
        return str(self.item)
