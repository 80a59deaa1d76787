"""Django's own permissions that come with a duty, for pages below the apps that know roles."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from .models import Role, User

# A clerk reads the red notice about a missing year, so a clerk can enter it.
PERMISSIONS = {
    Role.CLERK: frozenset({f"common.{what}_calendarday" for what in ("view", "add", "change", "delete")}),
}


class RoleBackend(BaseBackend):
    """Signs nobody in; answers `has_perm` from the duties held now."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return isinstance(user_obj, User) and any(
            perm in PERMISSIONS.get(Role(name), ()) for name in user_obj.role_names() if user_obj.is_active
        )

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(
            self.has_perm(user_obj, perm)
            for perms in PERMISSIONS.values()
            for perm in perms
            if perm.startswith(f"{app_label}.")
        )
