"""The working calendar, which staff fill from the yearly holiday notice."""

from typing import Any

import tablib
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from congress_portal.common import workdays
from congress_portal.common.models import CalendarDay
from congress_portal.common.sheets.cells import ChoiceCell, DateCell
from congress_portal.common.sheets.outcome import Problems
from congress_portal.common.sheets.pages import SheetAdmin
from congress_portal.common.sheets.resource import Column, SheetResource

KINDS = {
    CalendarDay.Kind.HOLIDAY: ("休", "放假", "休息日", "节假日", "HOLIDAY"),
    CalendarDay.Kind.WORKDAY: ("班", "上班", "工作日", "补班", "WORKDAY"),
}


class CalendarDayResource(SheetResource):
    """One line a day; a day that is there already is changed, not doubled."""

    day = Column("日期", "day", DateCell(), required=True, fixed=True, also=("date",), hint="2027-01-01")
    kind = Column("类型", "kind", ChoiceCell(KINDS), required=True, hint="休 / 班")
    name = Column("名称", "name", also=("节日", "name"))

    parts = (CalendarDay,)
    # Saving a day tells the running processes to forget the calendar they know.
    one_by_one = True

    class Meta:
        model = CalendarDay
        fields = ("day", "kind", "name")

    def load(self, dataset: tablib.Dataset) -> None:
        self.days = {row.day: row for row in CalendarDay.objects.all()}

    def find(self, values: dict[str, Any], problems: Problems) -> CalendarDay | None:
        if "day" not in values:
            return None
        if line := self.earlier_line(values["day"]):
            problems.add("day", _("Row %(row)d names the same day. Delete one.") % {"row": line})
            return None
        return self.days.setdefault(values["day"], CalendarDay(day=values["day"]))


@admin.register(CalendarDay)
class CalendarDayAdmin(SheetAdmin):
    resource_classes = [CalendarDayResource]
    file_stem = "calendar"
    list_display = ["day", "kind", "name"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    search_fields = ["name"]
    import_export_change_list_template = "admin/common/calendarday/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        missing = workdays.missing_ahead()
        return super().changelist_view(request, {"calendar_missing": missing, **(extra_context or {})})
