"""Who signs in, and which district-wide duties a person has.

What a duty covers (a venue, a street, a unit) is a dated row in the app that owns the noun.
"""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """District-wide duties inside the congress."""

    CLERK = "CLERK", pgettext_lazy("role", "Clerk")
    REVIEWER = "REVIEWER", pgettext_lazy("role", "Reviewer")
    HEAD = "HEAD", pgettext_lazy("role", "Head of the deputies' affairs commission")
    # Sees what a sensitive refusal hides, and nothing else of the office.
    SECRECY = "SECRECY", pgettext_lazy("role", "Secrecy officer")


# Who works in the office of the congress, for the whole district.
OFFICE = (Role.CLERK, Role.REVIEWER, Role.HEAD)


class User(AbstractUser):
    """A person who signs in. A superuser manages rosters and settings and has no role in the workflow."""

    # The names of people in China are one field, family name first.
    name = models.CharField(_("name"), max_length=40, blank=True)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    # Nothing beyond the login name is asked of whoever makes the first account.
    REQUIRED_FIELDS = []  # type: ignore[misc]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.username

    def role_names(self) -> frozenset[str]:
        """District-wide duties held now; one query, then kept on the object for the request."""
        if not hasattr(self, "_role_names"):
            self._role_names = frozenset(self.role_grants.values_list("role", flat=True))
        return self._role_names

    def has_role(self, *names: str) -> bool:
        return self.is_active and not self.role_names().isdisjoint(names)


class RoleGrant(models.Model):
    """One district-wide duty of one person."""

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="role_grants"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_role")]

    def __str__(self) -> str:
        return self.get_role_display()
