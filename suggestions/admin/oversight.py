"""What the office keeps an eye on: the key list and the register of letters."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.lists import Column
from congress_portal.exports.listing import shows
from suggestions import supervising
from suggestions.lateness import level_of
from suggestions.lists import columns
from suggestions.models import SupervisingBody, Supervision, SupervisionLetter
from suggestions.why import explain, running_first
from suggestions.workflow import LIVE

from .base import Register

# What a sheet says of the case a line is about.
CASE = (columns.NUMBER, columns.TITLE, columns.CATEGORY, columns.AREA)


def _at_work(row: Supervision) -> list[str]:
    """Who has the case now."""
    return [str(each.assignee) for each in row.suggestion.assignments.all() if each.state in LIVE]


def _number_of_last(row: Supervision) -> str | None:
    letter = supervising.newest_letter(row)
    return letter.number if letter else None


class GoingOnFilter(admin.SimpleListFilter):
    """Unasked, what is still supervised."""

    title, parameter_name = gettext_lazy("supervision"), "going_on"
    # What the empty choice is called.
    unasked = pgettext_lazy("supervision", "Going on")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("ended", pgettext_lazy("supervision", "Ended")),
            ("all", pgettext_lazy("supervision", "All")),
        ]

    def queryset(self, request: HttpRequest, rows: QuerySet[Supervision]) -> QuerySet[Supervision]:
        if self.value() == "all":
            return rows
        return rows.filter(ended_at__isnull=self.value() != "ended")


class BodyFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("supervising body"), "body"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        rows = [(str(row.pk), row.name) for row in SupervisingBody.objects.all()]
        return [*rows, ("none", gettext_lazy("not named"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Supervision]) -> QuerySet[Supervision]:
        value = self.value() or ""
        if value == "none":
            return rows.filter(body=None)
        return rows.filter(body=int(value)) if value.isdecimal() else rows


class LeaderFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("leader"), "leader"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        names = Supervision.objects.order_by("leader").values_list("leader", flat=True).distinct()
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, rows: QuerySet[Supervision]) -> QuerySet[Supervision]:
        return rows.filter(leader=self.value()) if self.value() else rows


@admin.register(Supervision)
class SupervisionAdmin(Register):
    list_display = ["case", "led_by", "since", "with_whom", "due", "last_letter", "state"]
    list_filter = [GoingOnFilter, BodyFilter, LeaderFilter]
    ordering = [F("suggestion__due_on").asc(nulls_last=True), "pk"]
    search_fields = ["suggestion__number", "suggestion__title", "leader"]
    search_help_text = gettext_lazy("Number, title or leader")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Supervision]:
        return supervising.key_list(request.user)  # type: ignore[arg-type]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Key supervision"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("suggestion"), ordering="suggestion__number")
    @shows(*columns.of(lambda row: row.suggestion, *CASE))
    def case(self, row: Supervision) -> SafeString:
        return _case(row.suggestion)

    @admin.display(description=gettext_lazy("leader"), ordering="leader")
    @shows(
        Column("leader", gettext_lazy("leader"), lambda row: row.leader),
        Column("body", gettext_lazy("supervising body"), lambda row: row.body),
        Column("reason", gettext_lazy("reason"), lambda row: row.reason),
    )
    def led_by(self, row: Supervision) -> SafeString:
        lines = [row.leader, str(row.body or "")]
        return render_to_string(
            "admin/suggestions/oversight/lines.html", {"lines": lines, "more": row.reason}
        )

    @admin.display(description=gettext_lazy("since"), ordering="started_at")
    @shows(
        Column("since", gettext_lazy("since"), lambda row: local_date(row.started_at)),
        Column("ended", gettext_lazy("ended on"), lambda row: row.ended_at and local_date(row.ended_at)),
    )
    def since(self, row: Supervision) -> str:
        first, last = f"{local_date(row.started_at):%Y-%m-%d}", row.ended_at
        return _labelled(_("since"), f"{first} – {local_date(last):%Y-%m-%d}" if last else first)

    @admin.display(description=gettext_lazy("handled by"))
    @shows(Column("handled_by", gettext_lazy("handled by"), _at_work))
    def with_whom(self, row: Supervision) -> str:
        return _labelled(_("handled by"), "、".join(_at_work(row)) or "—")

    @admin.display(description=gettext_lazy("due"), ordering="suggestion__due_on")
    @shows(*columns.of(lambda row: row.suggestion, columns.DUE))
    def due(self, row: Supervision) -> str:
        first = running_first(row.suggestion)
        return _due(first.due_on, explain(first).short) if first else "—"

    @admin.display(description=gettext_lazy("last letter"))
    @shows(Column("last_letter", gettext_lazy("last letter"), _number_of_last))
    def last_letter(self, row: Supervision) -> str:
        letter = supervising.newest_letter(row)
        if letter is None:
            return _labelled(_("last letter"), "—")
        return render_to_string("admin/suggestions/oversight/letter.html", _letter(letter))

    @admin.display(description=gettext_lazy("state"), ordering="suggestion__state")
    def state(self, row: Supervision) -> str:
        return _tag(row.suggestion.state, row.suggestion.get_state_display())


class LetterStateFilter(admin.SimpleListFilter):
    title, parameter_name = pgettext_lazy("letter", "answer"), "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(each.key, each.label) for each in supervising.LETTER_STATES]

    def queryset(
        self, request: HttpRequest, rows: QuerySet[SupervisionLetter]
    ) -> QuerySet[SupervisionLetter]:
        wanted = supervising.BY_KEY.get(self.value() or "")
        return rows.filter(wanted.condition(clock.today())) if wanted else rows


@admin.register(SupervisionLetter)
class SupervisionLetterAdmin(Register):
    list_display = ["number", "issued_on", "to", "case", "reply_until", "answer", "by"]
    list_filter = [LetterStateFilter]
    date_hierarchy = None
    search_fields = ["number", "assignment__suggestion__number", "assignment__unit__name"]
    search_help_text = gettext_lazy("Number of the letter or the case, or unit")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupervisionLetter]:
        return supervising.letters(request.user).order_by("-pk")  # type: ignore[arg-type]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        title = _("Register of letters of supervision")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description=pgettext_lazy("letter", "issued on"), ordering="issued_at")
    def issued_on(self, letter: SupervisionLetter) -> str:
        return f"{local_date(letter.issued_at):%Y-%m-%d}"

    @admin.display(description=pgettext_lazy("letter", "by"))
    def by(self, letter: SupervisionLetter) -> str:
        return str(letter.issued_by)

    @admin.display(description=pgettext_lazy("letter", "to"))
    def to(self, letter: SupervisionLetter) -> str:
        return str(letter.assignment.assignee)

    @admin.display(description=gettext_lazy("suggestion"))
    @shows(*columns.of(lambda letter: letter.assignment.suggestion, *CASE))
    def case(self, letter: SupervisionLetter) -> SafeString:
        return _case(letter.assignment.suggestion)

    @admin.display(description=gettext_lazy("answer until"), ordering="reply_by")
    @shows(Column("reply_by", gettext_lazy("answer until"), lambda letter: letter.reply_by))
    def reply_until(self, letter: SupervisionLetter) -> str:
        if supervising.state_of(letter).key in ("answered", "gone"):
            return f"{letter.reply_by:%Y-%m-%d}"
        return _due(letter.reply_by, explain(letter).short)

    @admin.display(description=pgettext_lazy("letter", "answer"))
    @shows(
        Column("answer", pgettext_lazy("letter", "answer"), lambda each: supervising.state_of(each).label),
        Column("answered_at", gettext_lazy("answered on"), supervising.answered_at),
    )
    def answer(self, letter: SupervisionLetter) -> str:
        return render_to_string("admin/suggestions/oversight/answer.html", _letter(letter))


def _case(case: Any) -> SafeString:
    return render_to_string("admin/suggestions/oversight/case.html", {"pk": case.pk} | columns.cell(case))


def _labelled(label: str, value: str) -> SafeString:
    """With the heading of its column, which only a phone shows: there the columns are gone."""
    return format_html('<span class="cell-label">{}</span>{}', label, value)


def _due(day: date, why: str) -> str:
    shown = {"date": day, "level": level_of(day), "why": why}
    return render_to_string("components/due.html", shown)


def _tag(state: str, label: Any) -> str:
    return render_to_string("components/tag.html", {"state": state, "label": label})


def _letter(letter: SupervisionLetter) -> dict[str, Any]:
    return {
        "letter": letter, "state": supervising.state_of(letter), "answered": supervising.answered_at(letter)
    }  # fmt: skip
