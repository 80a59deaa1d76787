"""One line of history. Append-only: figures and the timeline are read from here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .assignment import Assignment
from .suggestion import Suggestion


class AppendOnly(Exception):
    """Somebody tried to change or delete history."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> int:
        raise AppendOnly("Events are never changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnly("Events are never changed.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list["Event"]:  # type: ignore[override]
        # With update_conflicts it would change rows; one event at a time is what the one door writes.
        raise AppendOnly("Events are written one by one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Events are never deleted.")


class Event(models.Model):
    """What happened, who did it in which role, from which state to which; written by the one door."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    action = models.CharField(_("action"), max_length=24)
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    # The state of what the action moved: the assignment where one is named, else the suggestion.
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(_("state"), max_length=16)
    round = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=20)
    note = models.TextField(_("note"), blank=True)
    # True: the note was written for the resident and stands on the timeline.
    is_public = models.BooleanField(default=False)
    data = models.JSONField(default=dict, blank=True)
    happened_at = models.DateTimeField(_("time"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["suggestion", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "seq"], name="one_event_per_place_in_history"),
        ]
        indexes = [models.Index(fields=["action", "happened_at"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Events are never deleted.")
