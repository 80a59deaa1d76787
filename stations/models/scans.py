"""How often the printed codes were scanned: a number per code and day, nothing about who did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deputies.models import Deputy

from .places import Venue


class ScanCount(models.Model):
    """Scans of the code of one venue or one deputy on one day."""

    day = models.DateField(_("day"))
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, on_delete=models.PROTECT, related_name="scans"
    )
    deputy = models.ForeignKey(
        Deputy, verbose_name=_("deputy"), null=True, on_delete=models.PROTECT, related_name="scans"
    )
    count = models.PositiveIntegerField(_("scans"), default=0)

    class Meta:
        verbose_name = _("scans of a day")
        verbose_name_plural = _("scans by day")
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "venue"], name="one_count_per_venue_and_day"),
            models.UniqueConstraint(fields=["day", "deputy"], name="one_count_per_deputy_and_day"),
            models.CheckConstraint(
                condition=Q(venue=None, deputy__isnull=False) | Q(venue__isnull=False, deputy=None),
                name="a_scan_is_of_a_venue_or_a_deputy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.venue or self.deputy}: {self.count}"
