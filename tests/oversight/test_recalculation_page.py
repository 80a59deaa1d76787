"""Counting open dates anew in /admin/: what would happen, the button that does it, and what past runs did."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from congress_portal.common.models import CalendarDay
from suggestions import recalculation
from suggestions.admin import recalculations
from suggestions.models import Recalculation
from tests.admin.pages import INLINE, open_page, text_of
from tests.conftest import Journey, act

from .days import announce, on

pytestmark = pytest.mark.django_db
LIST, COUNT = "/admin/suggestions/recalculation/", "/admin/suggestions/recalculation/count/"


def test_the_preview_names_what_moves_and_what_stays_and_the_button_does_exactly_that(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)
    announce(date(2026, 6, 10))
    with on(2026, 6, 1):
        moving = journey.submitted()
    with on(2026, 6, 9):
        staying = journey.submitted()
    announce(date(2026, 6, 3), name="临时放假")
    announce(date(2026, 6, 10), off=False)
    with on(2026, 6, 9):
        page = open_page(client, COUNT)
        words = text_of(page)
        assert f"{moving.number} 受理审核 2026-06-04 2026-06-05 顺延" in words
        assert f"{staying.number} 受理审核 2026-06-15 2026-06-12 不变" in words
        assert "顺延 1 项并记录" in words
        assert not INLINE.search(page)
        assert Recalculation.objects.count() == 0

        done = client.post(COUNT)
        run = Recalculation.objects.get()
        assert done["Location"] == f"{LIST}{run.pk}/"
        assert (run.by, run.moved, run.kept, run.looked_at) == (cast.clerk, 1, 1, 2)
        after = text_of(open_page(client, done["Location"]))
        assert "已重新计算：顺延 1 项，保持不变 1 项。" in after
        assert f"{moving.number} 受理审核 2026-06-04 2026-06-05 顺延" in after
        assert str(cast.clerk) in after
        listed = text_of(open_page(client, LIST))
    assert "2026-06-09 09:00" in listed
    assert str(cast.clerk) in listed


def test_the_list_says_when_the_calendar_has_changed_since(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)
    with on(2026, 6, 1):
        assert "放假安排有变动" not in text_of(open_page(client, LIST))
        assert "放假安排有变动" not in text_of(open_page(client, "/admin/"))
        announce(date(2026, 6, 3))
        assert "上次计算之后放假安排有变动" in text_of(open_page(client, LIST))
        assert "放假安排有变动，期限还没有重新计算" in text_of(open_page(client, "/admin/"))
        recalculation.run_if_needed()
        assert "放假安排有变动" not in text_of(open_page(client, LIST))
        assert "放假安排有变动" not in text_of(open_page(client, "/admin/"))
        assert "每日任务" in text_of(open_page(client, LIST))


def test_a_case_is_named_only_to_whoever_may_see_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    with on(2026, 6, 1):
        hidden, shown = journey.submitted(), journey.submitted()
        words = {"text": "请拨打专线。", "where_to_go": "12388"}
        act("propose_decline", hidden, cast.clerk, code=cast.accusation, **words)
        announce(date(2026, 6, 2))
        for who, sees in ((cast.clerk, {shown.number}), (cast.admin, set())):
            page = text_of(open_page(login(who), COUNT))
            assert {number for number in (hidden.number, shown.number) if number in page} == sees
        run = recalculation.run()
        assert {line["number"] for line in run.lines} == {hidden.number, shown.number}
        page = text_of(open_page(login(cast.head), f"{LIST}{run.pk}/"))
        assert shown.number in page
        assert hidden.number not in page


@pytest.mark.parametrize("who", ["reviewer", "head"])
def test_whoever_does_not_keep_the_calendar_reads_and_does_not_count(
    cast: SimpleNamespace, login: Callable, who: str
) -> None:
    client = login(getattr(cast, who))
    assert COUNT not in open_page(client, LIST)
    assert client.get(COUNT).status_code == 403
    assert client.post(COUNT).status_code == 403
    assert Recalculation.objects.count() == 0


def test_an_unknown_run_is_not_found(cast: SimpleNamespace, login: Callable) -> None:
    assert login(cast.clerk).get(f"{LIST}4711/").status_code == 404


def test_of_very_many_lines_the_first_are_shown_and_the_rest_counted(
    cast: SimpleNamespace, journey: Journey, login: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalculations, "SHOWN", 2)
    with on(2026, 6, 1):
        for _turn in range(5):
            journey.submitted()
        announce(date(2026, 6, 2))
        words = text_of(open_page(login(cast.clerk), COUNT))
    assert words.count("2026-06-04 2026-06-05") == 2
    assert "另有 3 项" in words
    assert "顺延 5 项并记录" in words


def test_with_nothing_to_move_it_says_so(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    with on(2026, 6, 1):
        journey.submitted()
        assert "各项期限与放假安排一致" in text_of(open_page(login(cast.clerk), COUNT))


def test_a_year_without_entries_is_told_in_red_wherever_dates_are_counted(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)
    with on(2026, 12, 29):
        case = journey.submitted()
        pages = ["/admin/", "/admin/common/calendarday/", LIST, COUNT]
        for address in pages:
            assert 'role="alert"' in open_page(client, address), address
            assert "2027 年放假安排未录入" in text_of(open_page(client, address)), address
        warned = [
            open_page(client, f"/admin/suggestions/suggestion/{case.pk}/change/"),
            open_page(login(cast.liaison), f"/desk/{case.number}/"),
            open_page(login(cast.resident), f"/suggestions/{case.number}/"),
        ]
        for page in warned:
            assert 'class="why-warning"' in page
            assert "2027年的放假安排还没有公布" in text_of(page)
        CalendarDay.objects.create(day=date(2027, 1, 1), kind="HOLIDAY", name="元旦")
        recalculation.run()
        for address in pages:
            assert 'role="alert"' not in open_page(client, address), address
        assert 'class="why-warning"' not in open_page(login(cast.resident), f"/suggestions/{case.number}/")


def test_the_calendar_leads_to_counting_anew(cast: SimpleNamespace, login: Callable) -> None:
    page = open_page(login(cast.clerk), "/admin/common/calendarday/")
    assert f'href="{LIST}"' in page
    # The package's own buttons are still there.
    assert "/admin/common/calendarday/import/" in page
