"""Congresses, the mandates in them, and everything that happens to a mandate, by date.

330 = 3 + 11 + 47 + 269 are mandates; one person may hold several.
"""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from congress_portal.common.numerals import chinese_numeral

from .people import Deputy


class Level(models.TextChoices):
    """Level of a people's congress, highest first."""

    NATIONAL = "NATIONAL", pgettext_lazy("level", "National")
    PROVINCIAL = "PROVINCIAL", pgettext_lazy("level", "Provincial")
    MUNICIPAL = "MUNICIPAL", pgettext_lazy("level", "Municipal")
    DISTRICT = "DISTRICT", pgettext_lazy("level", "District")


class MandateStatus(models.TextChoices):
    """How a mandate stands on a day. Worked out from its dates and events, stored nowhere."""

    ACTIVE = "ACTIVE", pgettext_lazy("mandate", "In office")
    SUSPENDED = "SUSPENDED", pgettext_lazy("mandate", "Suspended")
    ENDED = "ENDED", pgettext_lazy("mandate", "Ended")
    NOT_YET = "NOT_YET", pgettext_lazy("mandate", "Not yet begun")


class Congress(models.Model):
    """One term of one congress; terms of the four levels run on different calendars."""

    level = models.CharField(_("level"), max_length=12, choices=Level)
    area = models.CharField(_("area"), max_length=20, help_text=_("For example 沈河区"))
    ordinal = models.PositiveSmallIntegerField(_("term number"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    # The change of term closes the record: its mandates can be read, no longer changed.
    frozen_at = models.DateTimeField(_("record closed"), null=True, editable=False)

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


class DeputyGroup(models.Model):
    """代表小组: deputies of an area or a field who work together between sessions."""

    class Kind(models.TextChoices):
        AREA = "AREA", pgettext_lazy("deputy group", "By area")
        FIELD = "FIELD", pgettext_lazy("deputy group", "By field")

    name = models.CharField(_("name"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.AREA)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("deputy group")
        verbose_name_plural = _("deputy groups")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = "".join(self.name.split())
        # Rosters keep several names in one cell, parted by these.
        if set(self.name) & set("、,，;；"):
            raise ValidationError({"name": _("Write the name without commas and the like.")})


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: date) -> "MandateQuerySet":
        """Mandates in office on `day`: within their own dates and not suspended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), ~_suspended(day), starts_on__lte=day)

    def with_status(self, day: date) -> "MandateQuerySet":
        """Each with `.status`: its MandateStatus on `day`."""
        return self.annotate(
            status=Case(
                When(starts_on__gt=day, then=Value(MandateStatus.NOT_YET)),
                When(ends_on__lte=day, then=Value(MandateStatus.ENDED)),
                When(_suspended(day), then=Value(MandateStatus.SUSPENDED)),
                default=Value(MandateStatus.ACTIVE),
                output_field=models.CharField(),
            )
        )


def _suspended(day: date) -> Exists:
    """Condition on mandates: a suspension covers `day`."""
    return Exists(MandateEvent.objects.suspending(day).filter(mandate=OuterRef("pk")))


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
    groups = models.ManyToManyField(
        DeputyGroup, verbose_name=_("deputy groups"), blank=True, related_name="mandates"
    )
    delegation = models.CharField(_("delegation"), max_length=40, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=20, blank=True)
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


class MandateChange(models.TextChoices):
    """What can happen to a mandate between its election and the end of its term."""

    BY_ELECTION = "BY_ELECTION", pgettext_lazy("mandate change", "By-election")
    RESIGNED = "RESIGNED", pgettext_lazy("mandate change", "Resigned")
    MOVED = "MOVED", pgettext_lazy("mandate change", "Moved away")
    REMOVED = "REMOVED", pgettext_lazy("mandate change", "Removed")
    ABSENT = "ABSENT", pgettext_lazy("mandate change", "Absent from two sessions without leave")
    DIED = "DIED", pgettext_lazy("mandate change", "Died")
    SUSPENDED = "SUSPENDED", pgettext_lazy("mandate change", "Suspended")
    RESTORED = "RESTORED", pgettext_lazy("mandate change", "Restored")


# Each of these ends the mandate on its day.
ENDINGS = (
    MandateChange.RESIGNED, MandateChange.MOVED, MandateChange.REMOVED, MandateChange.ABSENT,
    MandateChange.DIED,
)  # fmt: skip


class MandateEventQuerySet(models.QuerySet["MandateEvent"]):
    def standing(self) -> "MandateEventQuerySet":
        """Those that count: not struck out."""
        return self.filter(struck_out_at=None)

    def suspending(self, day: date) -> "MandateEventQuerySet":
        """Suspensions that cover `day`."""
        return self.standing().filter(
            Q(until=None) | Q(until__gt=day), kind=MandateChange.SUSPENDED, effective_on__lte=day
        )


class MandateEvent(models.Model):
    """One change of one mandate, as the standing committee announced it. Rows are added, never changed."""

    mandate = models.ForeignKey(
        Mandate, verbose_name=_("mandate"), on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(_("change"), max_length=12, choices=MandateChange)
    effective_on = models.DateField(_("effective on"))
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    document_number = models.CharField(
        _("number of the announcement"),
        max_length=40,
        blank=True,
        help_text=_("For example 沈河人大发〔2026〕3号"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Of a suspension: the day the restoration takes effect, written with it. Of an ending: the end the
    # mandate had before, which it gets back if the ending is struck out.
    until = models.DateField(_("until"), null=True, editable=False)
    # A mistake is not erased: the row stays, struck out, and counts no more.
    struck_out_at = models.DateTimeField(_("struck out"), null=True, editable=False)
    struck_out_reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    struck_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("struck out by"), null=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), null=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    recorded_at = models.DateTimeField(_("recorded"), editable=False)

    objects = MandateEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a mandate")
        verbose_name_plural = _("changes of mandates")
        ordering = ["mandate", "effective_on", "pk"]
        indexes = [models.Index(fields=["mandate", "kind", "effective_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MandateChange.values), name="mandate_change_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("effective_on")), name="suspension_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} {self.effective_on:%Y-%m-%d} {self.get_kind_display()}"
