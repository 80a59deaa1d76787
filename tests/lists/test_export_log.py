"""What left the house is written down, read by the office and changed by nobody."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from congress_portal.exports.models import ExportLog, StaysWritten
from suggestions.models import HandlingUnit
from tests.admin.pages import LIST
from tests.conftest import Journey

from .pages import opened, rows, send, words

LOG = "/admin/exports/exportlog/"


def test_every_file_is_written_down(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    journey.accepted()
    journey.handling()

    send(login(cast.clerk), f"{LIST}sheet/?state=open&venue={cast.station.pk}&q=停车 13900000001")
    send(login(cast.officer), "/desk/sheet/?tab=all&q=停车")

    office, desk = ExportLog.objects.order_by("pk")
    assert (office.by, office.what, office.rows) == (cast.clerk, "群众意见", 0)
    assert office.conditions == f"状态：全部未办结 · 家站点：{cast.station} · 查找：停车 139****0001"
    assert "13900000001" not in office.query
    assert (desk.by, desk.what, desk.rows) == (cast.officer, "工作台清单", 1)
    assert desk.conditions == "本单位全部 · 停车"


@pytest.mark.parametrize("who", ["clerk", "reviewer", "head", "admin"])
def test_the_office_reads_it(cast: SimpleNamespace, journey: Journey, login: Callable, who: str) -> None:
    journey.accepted()
    send(login(cast.clerk), f"{LIST}sheet/?state=open")

    page = words(opened(login(getattr(cast, who)), LOG))

    for word in ("测试clerk", "群众意见", "状态：全部未办结"):
        assert word in page


@pytest.mark.parametrize("who", ["secrecy", "liaison", "officer", "resident"])
def test_nobody_else_does(cast: SimpleNamespace, login: Callable, who: str) -> None:
    assert login(getattr(cast, who)).get(LOG).status_code in (302, 403)


def test_a_line_is_never_changed(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    journey.accepted()
    send(login(cast.clerk), f"{LIST}sheet/")
    line = ExportLog.objects.get()

    line.rows = 0
    with pytest.raises(StaysWritten):
        line.save()
    for address in ("add/", f"{line.pk}/delete/"):
        assert login(cast.admin).get(f"{LOG}{address}").status_code == 403
    response = login(cast.admin).post(f"{LOG}{line.pk}/change/", {"rows": "0"})
    assert response.status_code == 403
    assert ExportLog.objects.get().rows == 1


def test_any_list_of_the_admin_goes_out_by_one_line(cast: SimpleNamespace, login: Callable) -> None:
    HandlingUnit.objects.filter(pk=cast.unit.pk).update(name="=测试住建局")
    client, url = login(cast.admin), "/admin/suggestions/handlingunit/"
    assert f'action="{url}sheet/?system__exact=GOVERNMENT"' in opened(
        client, f"{url}?system__exact=GOVERNMENT"
    )

    found = rows(send(client, f"{url}sheet/?system__exact=GOVERNMENT&q=测试"))

    assert [row["编号"] for row in found] == ["U1", "U2", "U3", "U9"]
    assert found[0]["名称"] == "=测试住建局"
    assert (found[0]["所属系统"], found[3]["协调办公室"], found[0]["协调办公室"]) == ("政府部门", "是", "否")
    line = ExportLog.objects.get()
    assert (line.what, line.rows) == ("承办单位", 4)
    assert "政府" in line.conditions


def test_the_list_of_looks_at_contacts_goes_out_with_masked_reasons(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    login(cast.clerk).post(f"{LIST}{case.pk}/contact/", {"reason": "回电 13900000001 核实"})

    (row,) = rows(send(login(cast.head), "/admin/suggestions/contactreveal/sheet/"))

    assert row["编号"] == case.number
    assert "回电 139****0001 核实" in row.values()
    assert send(login(cast.clerk), "/admin/suggestions/contactreveal/sheet/").status_code == 403
