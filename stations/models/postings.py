"""Who serves at a venue and when: postings, liaison officers, the five roles."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from deputies.models import Deputy, Mandate

from .periods import during
from .places import Street, Venue


class PostingRole(models.TextChoices):
    RESIDENT = "RESIDENT", pgettext_lazy("posting", "Deputy in residence")
    HEAD = "HEAD", pgettext_lazy("posting", "Station head")
    CONVENER = "CONVENER", pgettext_lazy("posting", "Convener")


class PostingReason(models.TextChoices):
    FIRST = "FIRST", pgettext_lazy("posting reason", "First posting")
    ADJUSTED = "ADJUSTED", pgettext_lazy("posting reason", "Adjusted")
    TERM = "TERM", pgettext_lazy("posting reason", "Change of term")
    MERGER = "MERGER", pgettext_lazy("posting reason", "Venue merged or closed")


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
    reason = models.CharField(_("reason"), max_length=10, choices=PostingReason, default=PostingReason.FIRST)
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


class CommitteeMember(models.Model):
    """街道人大工委: somebody who works for the sub-district working committee of a street for a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT,
        related_name="committee_duties",
    )  # fmt: skip
    street = models.ForeignKey(
        Street, verbose_name=_("street"), on_delete=models.PROTECT, related_name="committee_members"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member of a working committee")
        verbose_name_plural = _("members of working committees")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "street"], condition=Q(ends_on=None), name="one_open_committee_duty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.street}"


class FiveRole(models.TextChoices):
    """五员: the five roles a deputy may hold in neighbourhood governance; the list is fixed."""

    POLICY = "POLICY", pgettext_lazy("five roles", "Publicist of policy and law")
    OPINION = "OPINION", pgettext_lazy("five roles", "Liaison for public opinion")
    LIVELIHOOD = "LIVELIHOOD", pgettext_lazy("five roles", "Supervisor of livelihood projects")
    MEDIATOR = "MEDIATOR", pgettext_lazy("five roles", "Mediator between neighbours")
    GUARDIAN = "GUARDIAN", pgettext_lazy("five roles", "Guardian of the neighbourhood")


class RoleDutyQuerySet(models.QuerySet["RoleDuty"]):
    def live(self, day: date) -> "RoleDutyQuerySet":
        """Roles held on `day` at a running venue; a role ends at the latest with the posting there."""
        serving = Posting.objects.live(day).filter(deputy=OuterRef("deputy"), venue=OuterRef("venue"))
        return self.filter(during(day), Exists(serving), venue__in=Venue.objects.open())


class RoleDuty(models.Model):
    """A deputy holds one of the five roles at a venue for a time."""

    deputy = models.ForeignKey(
        Deputy, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="role_duties"
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="role_duties"
    )
    role = models.CharField(_("role"), max_length=10, choices=FiveRole)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day out of service"))
    history = HistoricalRecords()

    objects = RoleDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("one of the five roles")
        verbose_name_plural = _("five roles")
        ordering = ["venue", "role", "deputy"]
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "venue", "role"], condition=Q(ends_on=None), name="one_open_role_per_venue"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="role_period_in_order"
            ),
            models.CheckConstraint(condition=Q(role__in=FiveRole.values), name="five_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.get_role_display()} · {self.venue}"
