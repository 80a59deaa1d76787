"""换届: one term of a congress hands over to the next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .mandates import Congress, Mandate
from .people import Deputy, Gender


class TermChangeStatus(models.TextChoices):
    DRAFT = "DRAFT", pgettext_lazy("change of term", "In preparation")
    CONFIRMED = "CONFIRMED", pgettext_lazy("change of term", "Confirmed, waits for its day")
    DONE = "DONE", pgettext_lazy("change of term", "Done")


class TermChange(models.Model):
    """The change from one term to the next, prepared row by row, carried out on a set day."""

    old = models.ForeignKey(Congress, verbose_name=_("old term"), on_delete=models.PROTECT, related_name="+")
    new = models.OneToOneField(
        Congress, verbose_name=_("new term"), on_delete=models.PROTECT, related_name="term_change"
    )
    switch_on = models.DateField(
        _("takes effect on"),
        help_text=_("The first day of the new term; from then on everybody sees it"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=TermChangeStatus, default=TermChangeStatus.DRAFT, editable=False
    )
    file_name = models.CharField(_("file"), max_length=120, blank=True, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(_("prepared"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    # What the day did: {"claims": n, "duties": n, ...}, and the lists the hand-over is printed from.
    result = models.JSONField(_("result"), default=dict, editable=False)

    class Meta:
        verbose_name = _("change of term")
        verbose_name_plural = _("changes of term")
        ordering = ["-switch_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="a_term_follows_another"),
            models.CheckConstraint(
                condition=Q(status__in=TermChangeStatus.values), name="term_change_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class TermMatch(models.TextChoices):
    """Whether a person elected now is somebody we know."""

    OPEN = "OPEN", pgettext_lazy("term match", "To be decided")
    SAME = "SAME", pgettext_lazy("term match", "Re-elected or known")
    NEW = "NEW", pgettext_lazy("term match", "New person")


class TermRow(models.Model):
    """One mandate of the next term as the file says it, with the person it belongs to."""

    change = models.ForeignKey(TermChange, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row of the file"))
    name = models.CharField(_("name"), max_length=20)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    position = models.CharField(_("position"), max_length=80, blank=True)
    electoral_district = models.CharField(_("electoral district"), max_length=40, blank=True)
    electing_unit = models.CharField(_("electing unit"), max_length=40, blank=True)
    delegation = models.CharField(_("delegation"), max_length=40, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=20, blank=True)
    # Codes of the venues the person will serve at, separated by 、
    venues = models.CharField(_("venues"), max_length=200, blank=True)
    deputy = models.ForeignKey(
        Deputy, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    match = models.CharField(_("match"), max_length=5, choices=TermMatch, default=TermMatch.OPEN)
    # Why the step proposes it: same name and unit, same name only, ...
    match_reason = models.CharField(_("why"), max_length=40, blank=True)
    # Somebody looked at it and agreed.
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    mandate = models.OneToOneField(
        Mandate, null=True, editable=False, on_delete=models.PROTECT, related_name="term_row"
    )

    class Meta:
        verbose_name = _("mandate of the next term")
        verbose_name_plural = _("mandates of the next term")
        ordering = ["change", "line"]
        constraints = [
            models.UniqueConstraint(fields=["change", "line"], name="one_term_row_per_line"),
            models.UniqueConstraint(fields=["change", "deputy"], name="one_term_row_per_person"),
        ]

    def __str__(self) -> str:
        return self.name
