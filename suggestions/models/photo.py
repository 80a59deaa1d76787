"""Photos, and what is kept for a day while a form is being filled in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress_portal.common.fields import EncryptedTextField

from .suggestion import Suggestion


def photo_path(instance: models.Model, filename: str) -> str:
    """A random name: neither the resident's file name nor an order can be guessed from it."""
    name = uuid.uuid4().hex
    return f"photos/{name[:2]}/{name}.jpg"


class Draft(models.Model):
    """A form half filled in. Encrypted, because it may hold a phone number; gone after a day."""

    token = models.CharField(max_length=40, unique=True)
    answers = EncryptedTextField(blank=True)
    updated_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class StagedPhoto(models.Model):
    """A photo of a form that has not been sent yet."""

    token = models.CharField(max_length=40, db_index=True)
    file = models.ImageField(upload_to=photo_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # The same picture chosen twice, or sent again by a reload, is kept once.
            models.UniqueConstraint(fields=["token", "sha256"], name="one_copy_per_form"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Photo(models.Model):
    """A private photo of a suggestion, served through the row rule."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="photos")
    file = models.ImageField(_("photo"), upload_to=photo_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
