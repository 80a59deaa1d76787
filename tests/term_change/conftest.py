"""A district before its elections: who is re-elected, who leaves, who is new, and what each has in hand."""

from collections.abc import Callable
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.sheets.reading import read
from deputies.models import Congress, Deputy, Level, Mandate, TermChange, TermMatch
from stations.models import (
    FiveRole,
    Posting,
    PostingRole,
    ReceptionDuty,
    ReceptionPlan,
    ReceptionSession,
    RoleDuty,
    RotaPlace,
    SessionStatus,
)
from suggestions.resources import TermSheet
from suggestions.term_change.carrying import carry_out
from suggestions.term_change.confirming import confirm
from suggestions.term_change.drafting import decide, set_up
from tests.conftest import LONG_AGO, Journey, act, make_deputy
from tests.rosters.conftest import workbook

TODAY = date(2026, 11, 22)
SWITCH = date(2026, 12, 28)
BEGINNING = datetime(2026, 11, 22, 9, tzinfo=clock.SHANGHAI)
ON_THE_DAY = datetime(2026, 12, 28, 0, 30, tzinfo=clock.SHANGHAI)
LINE = {
    "姓名": "新示例", "性别": "女", "民族": "汉族", "单位": "示例医院", "职务": "医师", "选区": "第1选区",
    "选举单位": "", "代表团": "第一代表团", "代表证号": "", "进站点": "TS1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _beginning() -> Any:
    with clock.frozen(BEGINNING):
        yield


@pytest.fixture
def world(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast in the middle of its 19th term.

    The deputy leaves and has everything in hand; the other deputy is re-elected; the convener leaves the
    district but sits in the city too; two people are called 张伟.
    """
    w = cast
    w.journey = Journey(cast)
    w.leaver, w.keeper = w.deputy_row, Deputy.objects.get(key="T0002")
    w.both = Deputy.objects.get(key="T0003")
    for person, unit in ((w.leaver, "示例小学"), (w.keeper, "示例工厂"), (w.both, "示例银行")):
        person.organisation, person.gender = unit, "MALE"
        person.save()
    w.city = Congress.objects.create(level=Level.MUNICIPAL, area="测试市", ordinal=17, starts_on=LONG_AGO)
    Mandate.objects.create(deputy=w.both, congress=w.city, electing_unit="测试区人大", starts_on=LONG_AGO)
    w.zhang = make_deputy(None, "T0004", "张伟", w.congress, w.station)
    w.other_zhang = make_deputy(None, "T0005", "张伟", w.congress, w.other_station)
    w.zhang.organisation, w.other_zhang.organisation = "第一中学", "第二医院"
    w.zhang.save()
    w.other_zhang.save()
    Posting.objects.filter(deputy=w.leaver).update(role=PostingRole.HEAD)
    RoleDuty.objects.create(
        deputy=w.leaver, venue=w.station, role=FiveRole.MEDIATOR, starts_on=LONG_AGO
    )  # fmt: skip
    w.plan = ReceptionPlan.objects.create(
        venue=w.station, recurrence="MONTHLY", day_of_month=15, starts_at=time(9), ends_at=time(11),
        starts_on=LONG_AGO,
    )  # fmt: skip
    for place, person in enumerate((w.leaver, w.both), start=1):
        RotaPlace.objects.create(plan=w.plan, deputy=person, place=place)
    w.day_before = reception_day(w, date(2026, 12, 15))
    w.day_after = reception_day(w, date(2027, 1, 15))
    return w


def reception_day(w: SimpleNamespace, day: date) -> ReceptionSession:
    session = ReceptionSession.objects.create(
        plan=w.plan, venue=w.station, planned_on=day, day=day, starts_at=time(9), ends_at=time(11),
        status=SessionStatus.ANNOUNCED, announced_at=clock.now(),
    )  # fmt: skip
    ReceptionDuty.objects.create(session=session, deputy=w.leaver)
    return session


@pytest.fixture
def change(world: SimpleNamespace) -> TermChange:
    return set_up(None, old=world.congress, ordinal=20, switch_on=SWITCH, user=world.clerk)


def person_line(person: Deputy, **changes: Any) -> dict[str, Any]:
    """How the file names somebody who was re-elected."""
    gender = {"MALE": "男", "FEMALE": "女"}.get(person.gender, "")
    known = {"姓名": person.name, "性别": gender, "单位": person.organisation, "职务": "", "进站点": ""}
    return LINE | {"民族": person.ethnicity} | known | changes


def bring_in(change: TermChange, lines: list[dict[str, Any]], user: User, *, dry_run: bool = False) -> Any:
    """Take a file over, as the pages do."""
    sheet = TermSheet(change)
    result = sheet.import_data(
        read(workbook(lines)),
        dry_run=dry_run,
        rollback_on_validation_errors=True,
        user=user,
        file_name="名单.xlsx",
    )
    result.sheet = sheet
    return result


def usual_lines(w: SimpleNamespace) -> list[dict[str, Any]]:
    """The other deputy again, one of the two 张伟, and somebody new."""
    return [person_line(w.keeper), person_line(w.zhang, 选区="第2选区"), LINE]


@pytest.fixture
def filled(world: SimpleNamespace, change: TermChange) -> TermChange:
    """Taken over, nothing decided."""
    result = bring_in(change, usual_lines(world), world.clerk)
    assert not result.has_validation_errors()
    change.refresh_from_db()
    return change


@pytest.fixture
def ready(world: SimpleNamespace, filled: TermChange) -> TermChange:
    """Everything decided as proposed."""
    for row in filled.rows.all():
        assert row.match != TermMatch.OPEN, row.match_reason
        decide(row, match=row.match, deputy=row.deputy, user=world.clerk)
    filled.refresh_from_db()
    return filled


@pytest.fixture
def confirmed(world: SimpleNamespace, ready: TermChange) -> TermChange:
    return confirm(ready, user=world.head)


@pytest.fixture
def followed(world: SimpleNamespace) -> Any:
    """A case in hand that the deputy who leaves follows."""
    case = world.journey.handling()
    act("claim", case, world.deputy)
    return case


@pytest.fixture
def done(confirmed: TermChange) -> TermChange:
    with clock.frozen(ON_THE_DAY):
        return carry_out(confirmed)


def url(change: TermChange, page: str = "change", *more: int) -> str:
    from django.urls import reverse

    return reverse(f"admin:deputies_termchange_{page}", args=[change.pk, *more])


def send_file(client: Client, change: TermChange, data: bytes, name: str = "名单.xlsx") -> Any:
    return client.post(url(change, "file"), {"import_file": SimpleUploadedFile(name, data)})


@pytest.fixture
def clerk(world: SimpleNamespace, login: Callable[[User], Client]) -> Client:
    return login(world.clerk)


@pytest.fixture
def head(world: SimpleNamespace, login: Callable[[User], Client]) -> Client:
    return login(world.head)
