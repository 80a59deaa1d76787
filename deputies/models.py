"""Who the deputies are: a person, and the mandates the person holds.

330 = 3 + 11 + 47 + 269 are mandates; one person may hold several (DOMAIN §0.1).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.common.numerals import chinese_numeral

from . import ordering, portraits
from .order_models import OrderSetting, RareCharacter, order_rules

# Django looks for all models here.
__all__ = [
    "Congress", "Deputy", "Gender", "Level", "Mandate", "MandateStatus", "OrderSetting", "RareCharacter",
]  # fmt: skip


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
    """Rows written in bulk get their place in the lists here, single ones in `Deputy.save`."""

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        people = list(objs)
        _place(people)
        return super().bulk_create(people, *args, **kwargs)

    @transaction.atomic
    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        people, names = list(objs), list(fields)
        if set(ordering.SOURCES) & set(names):
            _place(people)
            names = list(dict.fromkeys([*names, *ordering.DERIVED]))
        return super().bulk_update(people, names, *args, **kwargs)

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
    leader_order = models.PositiveSmallIntegerField(
        _("order by post"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(ordering.LAST_POST)],
        help_text=_("Leaders come first, 1 before 2. Empty for everybody else."),
    )
    sort_override = models.CharField(
        _("stands as"),
        max_length=22,
        blank=True,
        help_text=_(
            "Only if the order by strokes is wrong here: stand where this name would stand. "
            "王小明2 stands right behind 王小明."
        ),
    )
    sort_key = models.CharField(
        _("order by strokes"), max_length=ordering.LONGEST, db_index=True, editable=False, default=""
    )
    pinyin = models.CharField(_("pinyin"), max_length=ordering.LONGEST_READING, editable=False, default="")
    initials = models.CharField(
        _("initials"), max_length=ordering.LONGEST_READING, editable=False, default=""
    )
    portrait = models.CharField(_("portrait"), max_length=32, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False)
    # What is computed from the rest would only repeat it.
    history = HistoricalRecords(excluded_fields=list(ordering.DERIVED))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["sort_key", "key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is not None and not set(ordering.SOURCES) & set(written):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            _place([self])
            if written is not None:
                kwargs["update_fields"] = {*written, *ordering.DERIVED}
            super().save(*args, **kwargs)

    def clean(self) -> None:
        # Names may hold the dot of Uyghur and other names and characters beyond the basic plane.
        self.name = _plain_name(self.name)
        if len(self.name) < 2:
            raise ValidationError({"name": _("A name has at least two characters.")})
        self.sort_override = _plain_name(self.sort_override)
        if self.sort_override and not ordering.OVERRIDE.fullmatch(self.sort_override):
            raise ValidationError({"sort_override": _("Write a name, if need be with 1 to 99 behind it.")})

    @property
    def portraits(self) -> dict[str, str]:
        """Addresses of the portrait by size: s, m, l; empty without one."""
        return portraits.addresses(self.key, self.portrait)


def _plain_name(text: str) -> str:
    return "".join(text.split()).replace("•", "·").replace("・", "·")


def _place(people: Sequence[Deputy]) -> None:
    rules = order_rules(for_writing=True)
    for person in people:
        ordering.place(person, rules)


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
