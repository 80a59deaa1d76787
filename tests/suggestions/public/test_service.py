"""/service/: a deputy's own record. It outlives the service; the desk does not."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deputies.services import strike_out
from tests.conftest import Journey, act, end, suspend

pytestmark = pytest.mark.django_db


def read(client: Any) -> str:
    page = client.get("/service/")
    assert page.status_code == 200
    return page.content.decode()


def test_who_left_signs_in_reads_the_own_record_and_has_no_desk(
    cast: SimpleNamespace, journey: Journey, login: Any
) -> None:
    case = journey.accepted(title="楼道灯坏了", text="三单元楼道的灯坏了半年。")
    act("comment", case, cast.deputy, text="已到现场看过。")
    end(cast.deputy_row.mandates.get())
    client = login(cast.deputy)
    assert client.get("/after-login/")["Location"] == "/service/"
    page = read(client)
    for word in ("测试区第十九届人民代表大会", "测试第1选区", "甲社区代表联络站", case.number):
        assert word in page
    # What the resident wrote belongs to the desk.
    for word in ("楼道灯坏了", "三单元", "李测试", "13900000001"):
        assert word not in page
    refused = ["/desk/", f"/desk/{case.number}/", "/desk/register/", f"/desk/{case.number}/do/comment/"]
    assert [client.get(url).status_code for url in refused] == [403] * 4
    assert client.post(refused[-1], {"text": "再说一句"}).status_code == 403
    assert "三单元" not in client.get(f"/suggestions/{case.number}/").content.decode()
    assert client.post("/service/").status_code == 405


def test_a_suspended_deputy_reads_it_and_is_back_at_the_desk_when_it_is_struck_out(
    cast: SimpleNamespace, login: Any
) -> None:
    event = suspend(cast.deputy_row.mandates.get())
    client = login(cast.deputy)
    assert event.effective_on.isoformat() in read(client)
    assert client.get("/desk/").status_code == 403
    strike_out(event, reason="对象录错")
    assert client.get("/desk/").status_code == 200
    assert "对象录错" not in read(client)
    assert client.get("/after-login/")["Location"] == "/desk/"


def test_the_offices_note_on_a_change_stays_with_the_office(cast: SimpleNamespace, login: Any) -> None:
    event = suspend(cast.deputy_row.mandates.get())
    type(event).objects.filter(pk=event.pk).update(note="内部备注", document_number="沈河人大发〔2026〕3号")
    page = read(login(cast.deputy))
    assert "沈河人大发〔2026〕3号" in page
    assert "内部备注" not in page


def test_everybody_reads_only_the_own_record(cast: SimpleNamespace, journey: Journey, login: Any) -> None:
    case = journey.accepted()
    act("comment", case, cast.deputy, text="已到现场看过。")
    page = read(login(cast.other_deputy))
    assert "高示例" in page
    assert case.number not in page
    assert "林示例" not in page
    assert "林示例" not in read(login(cast.resident))


def test_the_cost_does_not_grow(cast: SimpleNamespace, journey: Journey, login: Any) -> None:
    client, counts = login(cast.deputy), []
    for _round in range(2):
        for _number in range(4):
            act("comment", journey.accepted(), cast.deputy, text="已到现场看过。")
        with CaptureQueriesContext(connection) as seen:
            read(client)
        counts.append(len(seen))
    assert counts[0] == counts[1]
