"""What happens while somebody handles a case: contacts, requests, opinions, promises, supervision."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from congress_portal.common.templatetags.portal import zh_date
from suggestions.enums import ContactMode, ContactPhase, PromiseStatus, RequestKind

from .assignment import Assignment, HandlingUnit, Reply
from .suggestion import Suggestion, one_of


class ContactLog(models.Model):
    """三访: somebody who handles the case was in contact with the resident, who may confirm it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="contact_logs")
    phase = models.CharField(_("phase"), max_length=10, choices=ContactPhase)
    mode = models.CharField(_("mode"), max_length=10, choices=ContactMode)
    happened_on = models.DateField(_("day"))
    persons = models.CharField(_("who was there"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), max_length=2000)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    # None: nobody was asked yet.
    confirmed = models.BooleanField(_("confirmed"), null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("contact with the resident")
        verbose_name_plural = _("contacts with residents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} · {self.get_mode_display()} · {self.happened_on}"


class HandlingRequest(models.Model):
    """申请: whoever handles a case asks for something, once, and somebody answers."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind)
    reason = models.TextField(_("reason"), max_length=1000)
    wanted_due = models.DateField(_("wanted date"), null=True)
    proposed_unit = models.ForeignKey(
        HandlingUnit, verbose_name=_("proposed unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    # For more time: whether it was granted. For the other kinds True once it is answered.
    granted = models.BooleanField(_("granted"), null=True)
    answer = models.TextField(_("answer"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, db_index=True)

    class Meta:
        verbose_name = _("request of a handler")
        verbose_name_plural = _("requests of handlers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"], condition=Q(answered_at=None), name="one_open_request_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class AssistingOpinion(models.Model):
    """会办意见: what an assisting unit tells the lead; the lead's reply explains it."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField(_("opinion"), max_length=5000)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("assisting opinion")
        verbose_name_plural = _("assisting opinions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Promise(models.Model):
    """承诺: what a released reply said would be done by a day. It comes back by itself on that day."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="promises")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="promises")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="promises")
    text = models.CharField(_("promise"), max_length=300)
    due_on = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=10, choices=PromiseStatus, editable=False)
    came_back_at = models.DateTimeField(_("came back"), null=True)
    report = models.TextField(_("report"), blank=True, max_length=2000)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(_("reported"), null=True)
    wanted_due = models.DateField(_("wanted date"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled"), null=True)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    # The reply that told the resident of its end.
    follow_up = models.ForeignKey(
        Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="follows_promises"
    )
    moved_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from"
    )

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=one_of("status", PromiseStatus), name="promise_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.text} · {zh_date(self.due_on)}"


class SupervisingBody(models.Model):
    """Who supervises a key case: the council of chairpersons, a special committee, a working body."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("supervising body")
        verbose_name_plural = _("supervising bodies")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Supervision(models.Model):
    """重点督办: a case on the key list, with the leader and the body that answer for it."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="supervisions")
    leader = models.CharField(_("leader"), max_length=40)
    body = models.ForeignKey(
        SupervisingBody, verbose_name=_("supervising body"), null=True, on_delete=models.PROTECT
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("key supervision")
        verbose_name_plural = _("key supervisions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(ended_at=None), name="one_open_supervision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} · {self.body}" if self.body else self.leader


class SupervisionLetter(models.Model):
    """督办函: a numbered letter that urges one unit or venue on."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(_("number"), max_length=40, unique=True)
    text = models.TextField(_("text"), max_length=5000)
    reply_by = models.DateField(_("answer until"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("letter of supervision")
        verbose_name_plural = _("letters of supervision")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number
