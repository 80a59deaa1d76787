"""Streets, communities and the venues where deputies are met."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.accounts.models import User

from .periods import during


class Street(models.Model):
    """街道: a sub-district. Divisions change, so they are rows."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=30)

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Community(models.Model):
    """社区 within a street."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=30)
    landmarks = models.TextField(
        _("roads, estates and landmarks"),
        blank=True,
        max_length=2000,
        help_text=_("One a line. A resident who types a piece of an address is led here."),
    )
    street = models.ForeignKey(
        Street, verbose_name=_("street"), on_delete=models.PROTECT, related_name="communities"
    )

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class VenueKind(models.TextChoices):
    HOME = "HOME", pgettext_lazy("venue", "Deputies' home")
    STATION = "STATION", pgettext_lazy("venue", "Deputy liaison station")
    POINT = "POINT", pgettext_lazy("venue", "Deputy contact point")


class VenueStatus(models.TextChoices):
    """Whether residents are received there; the two last ones are final."""

    RUNNING = "RUNNING", pgettext_lazy("venue", "Running")
    SUSPENDED = "SUSPENDED", pgettext_lazy("venue", "Suspended")
    MERGED = "MERGED", pgettext_lazy("venue", "Merged")
    CLOSED = "CLOSED", pgettext_lazy("venue", "Closed")


GONE = (VenueStatus.MERGED, VenueStatus.CLOSED)


class VenueQuerySet(models.QuerySet["Venue"]):
    def open(self) -> "VenueQuerySet":
        """Venues that receive residents now."""
        return self.filter(status=VenueStatus.RUNNING)

    def existing(self, day: date) -> "VenueQuerySet":
        """Venues of the network on `day`, suspended ones too: what a figure for that day counts."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day), Q(gone_on=None) | Q(gone_on__gt=day))

    def run_by(self, user: User, day: date) -> "VenueQuerySet":
        """Venues where `user` is a liaison officer on `day`."""
        return self.filter(pk__in=user.liaison_duties.filter(during(day)).values("venue"))

    def served_by(self, user: User, day: date) -> "VenueQuerySet":
        """Venues where `user` is a deputy in office with a posting on `day`."""
        # Postings know venues, so this module cannot know them when it is read.
        from .postings import Posting

        return self.filter(pk__in=Posting.objects.live(day).filter(deputy__user=user).values("venue"))


class Venue(models.Model):
    """家站点: a deputies' home, a liaison station or a contact point."""

    code = models.CharField(_("code"), max_length=10, unique=True, help_text=_("Stands in the QR code"))
    kind = models.CharField(_("kind"), max_length=8, choices=VenueKind)
    name = models.CharField(_("name"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    street = models.ForeignKey(
        Street, verbose_name=_("street"), on_delete=models.PROTECT, related_name="venues"
    )
    communities = models.ManyToManyField(
        Community, verbose_name=_("communities served"), blank=True, related_name="venues"
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    hours = models.CharField(_("opening hours"), max_length=80, blank=True)
    head_name = models.CharField(
        _("head"),
        max_length=20,
        blank=True,
        help_text=_("Only if the head is no deputy; a deputy who is the head has a posting that says so"),
    )
    head_post = models.CharField(_("post of the head"), max_length=40, blank=True)
    rules = models.TextField(
        _("rules on the wall"), blank=True, max_length=3000, help_text=_("One a line, as they hang there")
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(73), MaxValueValidator(136)],
        help_text=_("Degrees east, WGS 84, for example 123.451200"),
    )  # fmt: skip
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(3), MaxValueValidator(54)],
        help_text=_("Degrees north, WGS 84, for example 41.796800"),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=10, choices=VenueStatus, default=VenueStatus.RUNNING)
    opened_on = models.DateField(
        _("opened on"), null=True, blank=True, help_text=_("Empty: before the portal was kept")
    )
    # Written by the confirmed step that merges or closes, with the row of VenueChange that tells why.
    gone_on = models.DateField(_("gone since"), null=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    is_demo = models.BooleanField(_("demo"), default=False)
    history = HistoricalRecords(m2m_fields=[communities])

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=VenueKind.values), name="venue_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=VenueStatus.values), name="venue_status_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=GONE, gone_on__isnull=False) | (~Q(status__in=GONE) & Q(gone_on=None)),
                name="a_gone_venue_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(status=VenueStatus.MERGED, successor__isnull=False)
                | (~Q(status=VenueStatus.MERGED) & Q(successor=None)),
                name="a_merged_venue_has_its_successor",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
                name="a_place_on_the_map_has_both_numbers",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("venue", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Residents are received here now."""
        return self.status == VenueStatus.RUNNING


class VenueChange(models.Model):
    """One line of a venue's history: suspended, resumed, merged, closed, opened again. Never changed."""

    class Kind(models.TextChoices):
        SUSPENDED = "SUSPENDED", pgettext_lazy("venue change", "Suspended")
        RESUMED = "RESUMED", pgettext_lazy("venue change", "Resumed")
        MERGED = "MERGED", pgettext_lazy("venue change", "Merged into another")
        CLOSED = "CLOSED", pgettext_lazy("venue change", "Closed")

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="changes"
    )
    kind = models.CharField(_("change"), max_length=10, choices=Kind)
    effective_on = models.DateField(_("effective on"))
    # Where cases, reception days and deputies went; for a merger the successor.
    heir = models.ForeignKey(
        Venue, verbose_name=_("taken over by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(_("time"))
    # What went over: {"cases": n, "sessions": n, "bookings": n, "plans": n, "postings": n, ...}
    moved = models.JSONField(_("taken over"), default=dict)

    class Meta:
        verbose_name = _("change of a venue")
        verbose_name_plural = _("changes of venues")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.venue} {self.effective_on:%Y-%m-%d} {self.get_kind_display()}"
