"""Who handles a suggestion: units, their members, assignments and replies."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from congress_portal.common.phones import validate_phone
from stations.models import Street, Venue
from suggestions.enums import AnswerClass, AssignmentKind, AssignmentState, Publicity, UnitSystem

from .suggestion import Suggestion, one_of


class HandlingUnit(models.Model):
    """承办单位."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    system = models.CharField(_("system"), max_length=14, choices=UnitSystem)
    street = models.ForeignKey(
        Street, verbose_name=_("street"), null=True, blank=True, on_delete=models.PROTECT
    )
    coordination_only = models.BooleanField(_("coordination only"), default=False)
    is_coordinator = models.BooleanField(
        _("coordinator office"), default=False,
        help_text=_("Takes cases for a whole system and dispatches them to its units"),
    )  # fmt: skip
    document_mark = models.CharField(
        _("mark of its documents"), max_length=20, blank=True,
        help_text=_("Before the year in the number of a letter of reply, for example 沈河民建"),
    )  # fmt: skip
    phone = models.CharField(
        _("phone on its papers"), max_length=20, blank=True, validators=[validate_phone],
        help_text=_("Stands below its letters of reply and opinions"),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("handling unit")
        verbose_name_plural = _("handling units")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UnitMember(models.Model):
    """A person works for a handling unit for a time; leaders sign off, the others draft."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT,
        related_name="unit_memberships",
    )  # fmt: skip
    unit = models.ForeignKey(
        HandlingUnit, verbose_name=_("handling unit"), on_delete=models.PROTECT, related_name="members"
    )
    is_leader = models.BooleanField(_("signs off"), default=False)
    is_principal = models.BooleanField(
        _("principal"), default=False, help_text=_("Signs off what is handled a second time")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("unit member")
        verbose_name_plural = _("unit members")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"], condition=Q(ends_on=None), name="one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit}"


class Assignment(models.Model):
    """交办: one row of handling by one unit or one venue, in one round."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="assignments")
    # The row of the coordinator office that dispatched this one.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    round = models.PositiveSmallIntegerField(_("round"))
    kind = models.CharField(_("kind"), max_length=12, choices=AssignmentKind)
    unit = models.ForeignKey(
        HandlingUnit, verbose_name=_("handling unit"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="assignments",
    )  # fmt: skip
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="assignments",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=14, choices=AssignmentState, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    unit_due = models.DateField(_("due"))
    # As told when it was issued; empty where nobody returns it.
    sign_due = models.DateField(_("sign for until"), null=True)
    return_until = models.DateField(_("may be returned until"), null=True)
    instructions = models.TextField(_("instructions"), blank=True, max_length=1000)
    issued_at = models.DateTimeField(_("issued"))
    signed_for_at = models.DateTimeField(_("signed for"), null=True)
    signed_for_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(_("reason for returning"), blank=True, max_length=1000)
    proposed_unit = models.ForeignKey(
        HandlingUnit, verbose_name=_("proposed unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["unit", "state", "unit_due"]),
            models.Index(fields=["venue", "state", "unit_due"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", AssignmentState), name="assignment_state_is_known"
            ),
            models.CheckConstraint(condition=one_of("kind", AssignmentKind), name="assignment_kind_is_known"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, venue__isnull=True)
                | Q(unit__isnull=True, venue__isnull=False),
                name="assignment_to_a_unit_or_a_venue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignee} · {self.get_state_display()}"

    @property
    def assignee(self) -> HandlingUnit | Venue:
        return self.unit or self.venue  # type: ignore[return-value]


class Reply(models.Model):
    """One version of a reply: a draft, a released reply, or a correction of one. Never overwritten.

    Without an assignment it was answered directly, by the congress, a deputy or a liaison officer.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    round = models.PositiveSmallIntegerField(_("round"))
    # The whole letter as the resident reads it; for a case of several points made of the next two.
    text = models.TextField(_("reply"), max_length=15000)
    opening = models.TextField(_("opening"), max_length=5000, blank=True)
    answers = models.JSONField(_("answers by point"), default=list, blank=True)
    # [{"text": …, "due": "2027-06-30"}]; rows of `Promise` from the release on.
    promised = models.JSONField(_("promised"), default=list, blank=True)
    answer_class = models.CharField(_("class"), max_length=1, choices=AnswerClass, blank=True)
    # The words of the class on the day of the release; the office may change them later.
    class_label = models.CharField(_("class in words"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    publicity = models.CharField(_("publicity"), max_length=10, choices=Publicity, blank=True)
    publicity_reason = models.CharField(_("reason for the publicity"), max_length=200, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("drafted"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed off"), null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(_("released"), null=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("answer_class", AnswerClass, blank=True), name="answer_class_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
