"""Tables as the office keeps them, and the clerk who brings them in."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congress_portal.accounts.models import Role, RoleGrant
from congress_portal.common.sheets.reading import read
from deputies.models import Congress, Level
from stations.models import Community, Street, Venue, VenueKind
from tests.conftest import make_user

PERSON = {
    "人员编号": "D0001", "姓名": "林示例", "性别": "女", "民族": "满族", "工作单位": "示例小学",
    "职务": "教师", "职务序": "", "排序用名": "", "层级": "区", "届次": "十九", "选区": "第12选区",
    "选举单位": "", "代表团": "第三代表团", "代表小组": "", "代表证号": "0012",
    "任职日期": "2022-01-05", "离任日期": "", "状态": "在任",
}  # fmt: skip
VENUE = {
    "编号": "S01", "类型": "代表联络站", "名称": "甲社区代表联络站", "上级编号": "H01", "街道": "测试街道",
    "服务社区": "甲社区、乙社区", "地址": "甲社区一楼", "电话": "024-00000001",
    "开放时间": "周一 8:30-11:30",
    "负责人": "", "负责人职务": "", "经度": "123.4512", "纬度": "41.7968", "设立日期": "2022-01-05",
    "上墙制度": "一、热情接待\n二、如实登记", "状态": "运行",
}  # fmt: skip
HOME = VENUE | {"编号": "H01", "类型": "代表之家", "名称": "测试街道代表之家", "上级编号": "", "服务社区": ""}
POSTING = {
    "人员编号": "D0001", "姓名": "林示例", "家站点编号": "H01", "家站点名称": "测试街道代表之家",
    "职责": "站长", "起": "2022-01-05", "止": "",
}  # fmt: skip


def workbook(lines: Sequence[dict[str, Any]], headers: Sequence[str] | None = None) -> bytes:
    """An xlsx file with one row a line; the first line's keys are the headers."""
    book = openpyxl.Workbook()
    sheet = book.active
    headers = list(headers or lines[0])
    sheet.append(headers)
    for line in lines:
        sheet.append([line.get(header) for header in headers])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(data: bytes) -> list[dict[str, Any]]:
    """What an xlsx file holds, as one dictionary a row."""
    rows = list(openpyxl.load_workbook(BytesIO(data)).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def take(resource: type, data: bytes, *, dry_run: bool = False) -> Any:
    """Bring a file in, as the confirmed import does."""
    return resource().import_data(read(data), dry_run=dry_run, rollback_on_validation_errors=True)


def problems(result: Any) -> dict[tuple[int, str], str]:
    """(row, column) -> what to do."""
    return {
        (row.number, header): " ".join(messages)
        for row in result.invalid_rows
        for header, _value, messages in row.cells
    }


def send(client: Client, table: str, data: bytes, name: str = "名册.xlsx") -> Any:
    """Choose a file on the import page of `table` (app_model); the page that answers."""
    page = reverse(f"admin:{table}_import")
    return client.post(page, {"import_file": SimpleUploadedFile(name, data), "format": "0", "resource": "0"})


def confirm(client: Client, table: str, preview: Any) -> Any:
    page = reverse(f"admin:{table}_process_import")
    return client.post(page, preview.context["confirm_form"].initial)


@pytest.fixture
def district(db: Any) -> Congress:
    Congress.objects.create(level=Level.MUNICIPAL, area="沈阳市", ordinal=17, starts_on=date(2022, 1, 10))
    return Congress.objects.create(
        level=Level.DISTRICT, area="沈河区", ordinal=19, starts_on=date(2022, 1, 5)
    )


@pytest.fixture
def places(db: Any) -> Street:
    street = Street.objects.create(code="210103901", name="测试街道")
    for number, name in enumerate(("甲社区", "乙社区"), start=1):
        Community.objects.create(code=f"21010390100{number}", name=name, street=street)
    return street


@pytest.fixture
def home(places: Street) -> Venue:
    return Venue.objects.create(code="H01", kind=VenueKind.HOME, name="测试街道代表之家", street=places)


@pytest.fixture
def member(db: Any) -> Callable[..., Client]:
    """A browser in which somebody of the office with this role is signed in."""

    def sign_in(*roles: str, **fields: Any) -> Client:
        user = make_user("-".join(roles) or ("keeper" if fields else "nobody"), is_staff=True, **fields)
        for role in roles:
            RoleGrant.objects.create(user=user, role=role)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def clerk(member: Callable[..., Client]) -> Client:
    return member(Role.CLERK)
