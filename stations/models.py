"""Where deputies are met: streets, communities, venues and the dated postings to them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.accounts.models import User
from deputies.models import Deputy, Mandate


def during(day: date) -> Q:
    """Rows in force on `day`: from the first day on, until before the last."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


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


class VenueQuerySet(models.QuerySet["Venue"]):
    def open(self) -> "VenueQuerySet":
        return self.filter(is_open=True)

    def run_by(self, user: User, day: date) -> "VenueQuerySet":
        """Venues where `user` is a liaison officer on `day`."""
        officers = LiaisonOfficer.objects.filter(during(day), user=user)
        return self.filter(pk__in=officers.values("venue"))

    def served_by(self, user: User, day: date) -> "VenueQuerySet":
        """Venues where `user` is a deputy in office with a posting on `day`."""
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
    is_open = models.BooleanField(_("running"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    history = HistoricalRecords(m2m_fields=[communities])

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=VenueKind.values), name="venue_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("venue", args=[self.code])


class PostingRole(models.TextChoices):
    RESIDENT = "RESIDENT", pgettext_lazy("posting", "Deputy in residence")
    HEAD = "HEAD", pgettext_lazy("posting", "Station head")
    CONVENER = "CONVENER", pgettext_lazy("posting", "Convener")


class PostingQuerySet(models.QuerySet["Posting"]):
    def live(self, day: date) -> "PostingQuerySet":
        """Postings in force on `day` of people with a mandate in force: both must hold."""
        return self.filter(during(day), deputy__in=Mandate.objects.in_force(day).values("deputy"))


class Posting(models.Model):
    """进站进点: a deputy serves at a venue for a time."""

    deputy = models.ForeignKey(
        Deputy, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="postings"
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="postings"
    )
    role = models.CharField(_("role"), max_length=10, choices=PostingRole, default=PostingRole.RESIDENT)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day out of service"))
    history = HistoricalRecords()

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["venue", "deputy"]
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "venue"], condition=Q(ends_on=None), name="one_open_posting_per_venue"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="posting_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.venue}"


class LiaisonOfficer(models.Model):
    """联络员: a member of staff who runs the desk of a venue for a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="liaison_duties",
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="liaison_officers"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("liaison officer")
        verbose_name_plural = _("liaison officers")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "venue"], condition=Q(ends_on=None), name="one_open_liaison_duty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.venue}"
