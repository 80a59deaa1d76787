"""Personal data of the submitter: apart, encrypted, every look recorded."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common.fields import EncryptedTextField

from .suggestion import Suggestion


class SubmitterContact(models.Model):
    """How to reach the resident. Masked by default; `contacts.reveal` is the only way to the clear text."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.CASCADE, related_name="contact")
    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    # Finds "the same person" without decrypting anybody.
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    may_share = models.BooleanField(_("units may see it"), default=False)
    # Name and phone were removed because the case ended long ago.
    forgotten_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return "***"


class Consent(models.Model):
    """What a resident agreed to, in which wording, when; withdrawn by date, never deleted."""

    class Kind(models.TextChoices):
        NOTICE = "NOTICE", pgettext_lazy("consent", "Has read how personal data is used")
        PUBLISH = "PUBLISH", pgettext_lazy("consent", "May be published without personal data")
        SHARE = "SHARE", pgettext_lazy("consent", "The handling unit may see name and phone")

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=10, choices=Kind)
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "kind"], condition=models.Q(withdrawn_at=None), name="one_open_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ContactReveal(models.Model):
    """Somebody looked at a contact: who, when and why. The resident can read it."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="reveals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20)
    reason = models.CharField(_("reason"), max_length=200)
    revealed_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("look at a contact")
        verbose_name_plural = _("looks at contacts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.revealed_at:%Y-%m-%d %H:%M}"
