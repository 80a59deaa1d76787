"""Who took a list out as a file."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaysWritten(Exception):
    """Somebody tried to change what left the house."""


class ExportLog(models.Model):
    """A list that left the house as a file: who took it, which one, how many rows; never rewritten."""

    exported_at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("exported by"), on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("list"), max_length=80)
    # What it was narrowed to, in the words of its page and as the query of its address.
    conditions = models.CharField(_("narrowed to"), max_length=300, blank=True)
    query = models.CharField(max_length=500, blank=True)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("exported list")
        verbose_name_plural = _("exported lists")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.exported_at:%Y-%m-%d %H:%M} {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise StaysWritten("What left the house stays written down.")
        super().save(*args, **kwargs)
