"""The working calendar, which staff fill from the yearly holiday notice."""

from datetime import datetime
from typing import Any

import tablib
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources, widgets
from import_export.admin import ImportMixin

from congress_portal.common.models import CalendarDay

# Header and cell as they stand in people's own tables -> ours.
HEADERS = {"日期": "day", "date": "day", "类型": "kind", "名称": "name", "节日": "name"}
KINDS = {
    **dict.fromkeys(["休", "放假", "休息日", "节假日", "HOLIDAY"], CalendarDay.Kind.HOLIDAY),
    **dict.fromkeys(["班", "上班", "工作日", "补班", "WORKDAY"], CalendarDay.Kind.WORKDAY),
}
DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class DayWidget(widgets.DateWidget):
    def __init__(self) -> None:
        super().__init__()
        self.formats = DATE_FORMATS

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, datetime):
            return value.date()
        try:
            day = super().clean(value.strip() if isinstance(value, str) else value, row, **kwargs)
        except ValueError:
            day = None
        if day is None:
            raise ValueError(_("Write the date as 2027-01-01."))
        return day


class KindWidget(widgets.CharWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        kind = KINDS.get(str(value or "").strip().upper())
        if kind is None:
            raise ValueError(_("Write 休 for a day off or 班 for a working day."))
        return str(kind)


class CalendarDayResource(resources.ModelResource):
    """Columns 日期, 类型 (休 or 班) and 名称; a day that is there already is changed, not doubled."""

    day = fields.Field("day", "day", widget=DayWidget())
    kind = fields.Field("kind", "kind", widget=KindWidget())

    class Meta:
        model = CalendarDay
        fields = ("day", "kind", "name")
        import_id_fields = ("day",)
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        headers = [str(header or "").strip() for header in dataset.headers or []]
        dataset.headers = [HEADERS.get(header, header) for header in headers]

    def get_instance(self, instance_loader: Any, row: Any) -> CalendarDay | None:
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            # An unreadable date finds no row; the import of its field then says what is wrong with it.
            return None


@admin.register(CalendarDay)
class CalendarDayAdmin(ImportMixin, admin.ModelAdmin):
    resource_classes = [CalendarDayResource]
    list_display = ["day", "kind", "name"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    search_fields = ["name"]
