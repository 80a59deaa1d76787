"""Undelivered notices, for the office, and the rules for notices, for whoever keeps the settings."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from congress_portal.accounts.models import OFFICE
from congress_portal.common.read_only import ReadOnly

from . import decisions, kinds
from .enums import FOR_STAFF, Channel, Choice, Status
from .forms import WhyForm
from .models import Notice, NoticeSetting

TONES = {Status.FAILED: "overdue", Status.UNCERTAIN: "waiting", Status.SETTLED: "done"}


class StatusFilter(admin.SimpleListFilter):
    """Unasked, what waits for a decision."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(status.value, status.label) for status in TONES]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("Undecided ones")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        return queryset.filter(status=self.value()) if self.value() else queryset.filter(status__in=FOR_STAFF)


class ChannelFilter(admin.SimpleListFilter):
    """Without the inbox, where nothing fails."""

    title = pgettext_lazy("notice", "channel")
    parameter_name = "channel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(channel.value, channel.label) for channel in (Channel.SMS, Channel.EMAIL)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        return queryset.filter(channel=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.key, kind.label) for kind in kinds.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """What was parked, without its words: some cases are seen by few, and a decision needs none of them."""

    list_display = ["what", "channel", "number", "recipient", "status_tag", "problem", "written_at"]
    list_filter = [StatusFilter, ChannelFilter, KindFilter]
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    ordering = ["-id"]
    show_full_result_count = False
    search_fields = ["number", "key"]
    search_help_text = _("Number of the case, or key")
    fields = (
        "what", "channel", "number", "page", "recipient", "status", "problem", "attempts", "reference", "key",
        "written_at", "done_at", "decided",
    )  # fmt: skip
    readonly_fields = fields
    actions = ["send_again", "settle"]
    change_form_template = "admin/notices/notice.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        rows = super().get_queryset(request).filter(status__in=[*FOR_STAFF, Status.SETTLED])
        return rows.select_related("to").defer("address", "title", "text")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return decisions.may_decide(request.user)  # type: ignore[arg-type]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": _("Undelivered notices"), **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["undecided"] = kwargs["obj"].status in FOR_STAFF
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=_("Send again knowingly"), permissions=["decide"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> HttpResponse:
        return self._decide(request, queryset, Choice.SEND_AGAIN)

    @admin.action(description=_("Mark as settled"), permissions=["decide"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Notice]) -> HttpResponse:
        return self._decide(request, queryset, Choice.SETTLE)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Notice], choice: Choice) -> HttpResponse:
        """Ask why, then do it: the same address and action, with the reason in the second form."""
        user: Any = request.user
        form = WhyForm(request.POST if "decided" in request.POST else None)
        if form.is_valid():
            pks = queryset.values_list("pk", flat=True)
            count = decisions.decide(choice, pks=pks, by=user, why=form.cleaned_data["why"])
            self._tell(request, choice, count)
            return redirect(request.get_full_path())
        again = choice == Choice.SEND_AGAIN
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Send again knowingly") if again else _("Mark as settled"),
            "again": again,
            "form": form,
            "notices": queryset[:20],
            "count": queryset.count(),
            "uncertain": again and queryset.filter(status=Status.UNCERTAIN).exists(),
            "action": request.POST["action"],
            "across": request.POST.get("select_across") or "0",
            "selected": [int(pk) for pk in request.POST.getlist("_selected_action") if pk.isdecimal()],
        }
        return TemplateResponse(request, "admin/notices/decide.html", context)

    def _tell(self, request: HttpRequest, choice: Choice, count: int) -> None:
        if not count:
            messages.warning(request, _("Somebody else has decided on these meanwhile."))
        elif choice == Choice.SEND_AGAIN:
            text = ngettext(
                "%(count)d notice will be sent again.", "%(count)d notices will be sent again.", count
            )
            messages.success(request, text % {"count": count})
        else:
            text = ngettext("%(count)d notice is settled.", "%(count)d notices are settled.", count)
            messages.success(request, text % {"count": count})

    @admin.display(description=_("notice"), ordering="kind")
    def what(self, notice: Notice) -> str:
        return kinds.label_of(notice.kind)

    @admin.display(description=_("recipient"))
    def recipient(self, notice: Notice) -> str:
        return " ".join(part for part in (str(notice.to or ""), notice.masked) if part)

    # A column named error would be coloured like one.
    @admin.display(description=_("what went wrong"), ordering="error")
    def problem(self, notice: Notice) -> str:
        return notice.error

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, notice: Notice) -> SafeString:
        context = {"state": TONES[Status(notice.status)], "label": notice.get_status_display()}
        return render_to_string("components/tag.html", context)

    @admin.display(description=_("page"))
    def page(self, notice: Notice) -> SafeString | str:
        return format_html('<a href="{0}">{0}</a>', notice.path) if notice.path else "—"

    @admin.display(description=_("decisions on notices"))
    def decided(self, notice: Notice) -> SafeString | str:
        rows = (
            (date_format(timezone.localtime(row.decided_at), "DATETIME_FORMAT"), row.by, row, row.why)
            for row in notice.decisions.select_related("by")
        )
        return format_html_join("", "<p>{} {} {}：{}</p>", rows) or "—"


@admin.register(NoticeSetting)
class NoticeSettingAdmin(SimpleHistoryAdmin):
    """Kept by the superuser, read by the office; its list leads straight to the one row."""

    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(*OFFICE))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and not NoticeSetting.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = NoticeSetting.objects.first()
        if row is None:
            return super().changelist_view(request, extra_context)
        return redirect("admin:notices_noticesetting_change", row.pk)
