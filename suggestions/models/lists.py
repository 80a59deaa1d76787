"""What people keep for themselves: saved filters and marked cases; and what a change of the calendar did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .suggestion import Suggestion


class SavedFilter(models.Model):
    """A list somebody comes back to, as the query of its address."""

    class Where(models.TextChoices):
        OFFICE = "OFFICE", _("Case list of the office")
        DESK = "DESK", _("Desk")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    where = models.CharField(max_length=8, choices=Where)
    name = models.CharField(_("name"), max_length=30)
    query = models.CharField(max_length=500)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "where", "name"], name="one_saved_filter_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Bookmark(models.Model):
    """我的清单: a case somebody on duty wants to find again; nobody else sees the mark."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="bookmarks")
    note = models.CharField(_("note"), max_length=100, blank=True)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "suggestion"], name="one_bookmark_a_case"),
        ]

    def __str__(self) -> str:
        return str(self.suggestion)


class Recalculation(models.Model):
    """One run of the job that counts open dates anew after the calendar has changed; never rewritten."""

    ran_at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    years = models.CharField(_("years"), max_length=80)
    looked_at = models.PositiveIntegerField(_("dates looked at"))
    moved = models.PositiveIntegerField(_("dates moved"))
    kept = models.PositiveIntegerField(_("dates kept, because they were told already"))
    # [{"number": …, "what": a clock or a date of an assignment, "of": whose, "from": …, "to": …, "done": …}]
    lines = models.JSONField(default=list)
    # The state of the calendar all open dates were counted with; empty for a run that looked at some only.
    calendar = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("dates counted anew")
        verbose_name_plural = _("dates counted anew")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"
