"""Who the deputies are: a person, and the mandates the person holds.

330 = 3 + 11 + 47 + 269 are mandates; one person may hold several (DOMAIN §0.1).
"""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.common.numerals import chinese_numeral


class Level(models.TextChoices):
    """Level of a people's congress, highest first."""

    NATIONAL = "NATIONAL", pgettext_lazy("level", "National")
    PROVINCIAL = "PROVINCIAL", pgettext_lazy("level", "Provincial")
    MUNICIPAL = "MUNICIPAL", pgettext_lazy("level", "Municipal")
    DISTRICT = "DISTRICT", pgettext_lazy("level", "District")


class MandateStatus(models.TextChoices):
    ACTIVE = "ACTIVE", pgettext_lazy("mandate", "In office")
    SUSPENDED = "SUSPENDED", pgettext_lazy("mandate", "Suspended")
    ENDED = "ENDED", pgettext_lazy("mandate", "Ended")


class Gender(models.TextChoices):
    MALE = "MALE", _("Male")
    FEMALE = "FEMALE", _("Female")


class Congress(models.Model):
    """One term of one congress; terms of the four levels run on different calendars (DOMAIN §B.1)."""

    level = models.CharField(_("level"), max_length=12, choices=Level)
    area = models.CharField(_("area"), max_length=20, help_text=_("For example 沈河区"))
    ordinal = models.PositiveSmallIntegerField(_("term number"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("congress")
        verbose_name_plural = _("congresses")
        ordering = ["level", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["level", "area", "ordinal"], name="one_congress_per_term"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="congress_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}第{chinese_numeral(self.ordinal)}届人民代表大会"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def serving(self, day: date) -> "DeputyQuerySet":
        """People with at least one mandate in force on `day`."""
        return self.filter(pk__in=Mandate.objects.in_force(day).values("deputy"))


class Deputy(models.Model):
    """A person. The key is given by the office and tells people of the same name apart."""

    key = models.CharField(
        _("key"), max_length=20, unique=True, help_text=_("Tells people of the same name apart, e.g. D0001")
    )
    name = models.CharField(_("name"), max_length=20, db_index=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    position = models.CharField(_("position"), max_length=80, blank=True)
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputy",
    )
    is_demo = models.BooleanField(_("demo"), default=False)
    history = HistoricalRecords()

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        # Names may hold the dot of Uyghur and other names and characters beyond the basic plane.
        self.name = "".join(self.name.split()).replace("•", "·").replace("・", "·")
        if len(self.name) < 2:
            raise ValidationError({"name": _("A name has at least two characters.")})


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: date) -> "MandateQuerySet":
        """Mandates in office on `day`: neither suspended nor ended, within their own dates."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=day), status=MandateStatus.ACTIVE, starts_on__lte=day
        )


class Mandate(models.Model):
    """A person's seat in one congress. Only district deputies have an electoral district (选举法 3, 25)."""

    deputy = models.ForeignKey(
        Deputy, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="mandates"
    )
    congress = models.ForeignKey(
        Congress, verbose_name=_("congress"), on_delete=models.PROTECT, related_name="mandates"
    )
    electoral_district = models.CharField(_("electoral district"), max_length=40, blank=True)
    electing_unit = models.CharField(_("electing unit"), max_length=40, blank=True)
    delegation = models.CharField(_("delegation"), max_length=40, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=MandateStatus, default=MandateStatus.ACTIVE)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day out of office"))
    history = HistoricalRecords()

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["congress", "deputy"]
        constraints = [
            models.UniqueConstraint(fields=["deputy", "congress"], name="one_mandate_per_congress"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="mandate_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MandateStatus.values), name="mandate_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.congress}"

    def clean(self) -> None:
        if self.congress_id is None:
            return
        if self.congress.level == Level.DISTRICT and not self.electoral_district:
            raise ValidationError({"electoral_district": _("A district deputy has an electoral district.")})
        if self.congress.level != Level.DISTRICT and self.electoral_district:
            raise ValidationError(
                {"electoral_district": _("Only district deputies have one; write the electing unit.")}
            )
