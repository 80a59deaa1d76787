"""The rule for the order of names, and the characters put into it by hand."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from deputies.models import OrderSetting, RareCharacter
from deputies.selectors import unplaced

from .base import OneRowAdmin, RosterAdmin

admin.site.register(OrderSetting, OneRowAdmin)


@admin.register(RareCharacter)
class RareCharacterAdmin(RosterAdmin):
    """Until a character of a name stands here, the name stands last; the page lists such names."""

    list_display = ["character", "strokes", "after"]
    search_fields = ["character"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # No person's record: a character entered by mistake goes.
        return self.has_change_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        missing = unplaced()
        if missing:
            text = _("These characters are not in the order yet, so their names stand last: %(signs)s")
            messages.warning(request, text % {"signs": "、".join(missing)})
        return super().changelist_view(request, extra_context)
