"""Promises in the office: their list, and settling one."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date
from suggestions.models import Assignment, Promise
from tests.conftest import Journey, act

from .pages import do_url, open_page, press

LIST = "/admin/suggestions/promise/"


def promised(cast: SimpleNamespace, journey: Journey, *what: str) -> Assignment:
    row = act("sign", journey.handling().assignments.get(), cast.officer)
    promises = [(words, clock.today() + timedelta(days=40)) for words in what]
    act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=promises)
    act("sign_off", row, cast.unitlead)
    return act("release", row, cast.reviewer, publicity="OPEN")


@pytest.mark.parametrize(("what", "chosen"), [(("划好车位",), 1), (("划好车位", "装好路灯"), 0)])
def test_the_only_promise_is_chosen_already(
    cast: SimpleNamespace, journey: Journey, login: Callable, what: tuple[str, ...], chosen: int
) -> None:
    row = promised(cast, journey, *what)

    page = open_page(login(cast.reviewer), do_url(row, "settle_promise"))

    assert len(re.findall(r'<option value="\d+" selected>', page)) == chosen


@pytest.mark.parametrize("verdict", ["KEPT", "BROKEN"])
def test_a_new_date_beside_another_verdict_is_asked_about_and_kept_in_its_field(
    cast: SimpleNamespace, journey: Journey, login: Callable, verdict: str
) -> None:
    row = promised(cast, journey, "划好车位")
    made, later = Promise.objects.get(), (clock.today() + timedelta(days=60)).isoformat()
    act("report_promise", row, cast.officer, promise=made, report="车位已经划好。")

    page = press(
        login(cast.reviewer), row, "settle_promise",
        promise=made.pk, verdict=verdict, reply="请您查看。", due=later,
    ).content.decode()  # fmt: skip

    assert "只有选“已改期”时才填新的日期。" in page
    assert f'value="{later}"' in page
    made.refresh_from_db()
    assert made.status == "OPEN"


def test_the_list_is_headed_by_what_it_lists_and_writes_every_day_alike(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = promised(cast, journey, "划好车位")
    act("report_promise", row, cast.officer, promise=Promise.objects.get(), report="车位已经划好。")

    page = open_page(login(cast.reviewer), LIST)

    assert re.search(r"<h1>承诺</h1>", page)
    assert re.search(rf"field-reported[^>]*>{zh_date(clock.today())}<", page)
