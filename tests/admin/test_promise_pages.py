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

from .pages import do_url, open_page

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


def test_the_list_is_headed_by_what_it_lists_and_writes_every_day_alike(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = promised(cast, journey, "划好车位")
    act("report_promise", row, cast.officer, promise=Promise.objects.get(), report="车位已经划好。")

    page = open_page(login(cast.reviewer), LIST)

    assert re.search(r"<h1>承诺</h1>", page)
    assert re.search(rf"field-reported[^>]*>{zh_date(clock.today())}<", page)
