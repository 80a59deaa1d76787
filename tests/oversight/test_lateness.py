"""Yellow up to the fifth working day over, red from the sixth, on every screen alike."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions import lateness, queues
from suggestions.models import ReminderRule, Suggestion
from suggestions.selectors import visible_to
from tests.admin.pages import count, numbers, open_page
from tests.conftest import Journey

from .days import assigned, on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (None, "none"),
        (date(2026, 10, 19), "ok"),
        (date(2026, 10, 15), "soon"),
        (date(2026, 10, 13), "soon"),
        (date(2026, 10, 12), "late"),
        # 10 October 2026 is a Saturday made up for.
        (date(2026, 10, 10), "late"),
        (date(2026, 9, 30), "late"),
        (date(2026, 9, 29), "overdue"),
        (date(2026, 8, 1), "overdue"),
    ],
)
def test_how_far_over_a_date_is_in_five_words(day: date | None, level: str) -> None:
    with on(2026, 10, 13):
        assert lateness.level_of(day) == level


def test_red_begins_where_reminders_turn_red() -> None:
    with on(2026, 10, 13):
        assert lateness.level_of(date(2026, 10, 9)) == "late"
        rule = ReminderRule.objects.get(tone="RED")
        rule.days_before = -3
        rule.save()
        assert lateness.level_of(date(2026, 10, 9)) == "overdue"
        rule.delete()
        assert lateness.level_of(date(2026, 9, 30)) == "late"
        assert lateness.level_of(date(2026, 9, 29)) == "overdue"


def test_the_database_and_the_screen_draw_the_same_line() -> None:
    with on(2026, 10, 13):
        today = clock.today()
        bound = lateness.red_before(today)
        for offset in range(1, 60):
            day = today - timedelta(days=offset)
            assert (day < bound) == (lateness.level_of(day) == "overdue"), day


@pytest.fixture
def late(cast: SimpleNamespace, journey: Journey) -> dict[str, Suggestion]:
    """With the unit: one red, two yellow, one in time."""
    with on(2026, 9, 14):
        return {
            "red": assigned(journey, date(2026, 9, 21)),
            "yellow": assigned(journey, date(2026, 10, 9)),
            "new": assigned(journey, date(2026, 10, 12)),
            "ok": assigned(journey, date(2026, 10, 23)),
        }


def test_the_index_counts_yellow_and_red_by_who_must_act_and_opens_exactly_those(
    cast: SimpleNamespace, late: dict[str, Suggestion], login: Callable
) -> None:
    client = login(cast.clerk)
    with on(2026, 10, 13):
        (owner,) = queues.overdue_by_owner(visible_to(cast.clerk))
        assert (owner.row, owner.count, owner.yellow, owner.red) == (cast.unit, 3, 2, 1)
        page = open_page(client, "/admin/")
        for level, wanted in (("late", ["yellow", "new"]), ("overdue", ["red"])):
            assert f'class="tag" data-state="{level}"' in page
            address = f"/admin/suggestions/suggestion/?queue=overdue&owner=u{cast.unit.pk}&late={level}"
            assert address in unescape(page)
            listed = open_page(client, address)
            assert set(numbers(listed)) == {late[name].number for name in wanted}
            assert count(listed) == len(wanted)
            assert f'data-level="{level}"' in listed


def test_what_nobody_offers_as_a_level_finds_nothing(
    cast: SimpleNamespace, late: dict[str, Suggestion], login: Callable
) -> None:
    with on(2026, 10, 13):
        page = open_page(login(cast.clerk), "/admin/suggestions/suggestion/?late=blue")
    assert numbers(page) == []


def test_the_desk_and_both_case_pages_show_the_same_colour(
    cast: SimpleNamespace, late: dict[str, Suggestion], login: Callable
) -> None:
    with on(2026, 10, 13):
        for name, level in (("red", "overdue"), ("yellow", "late")):
            case = late[name]
            office = open_page(login(cast.clerk), f"/admin/suggestions/suggestion/{case.pk}/change/")
            desk = open_page(login(cast.officer), f"/desk/{case.number}/")
            mine = open_page(login(cast.resident), f"/suggestions/{case.number}/")
            for page in (office, desk, mine):
                assert f'data-level="{level}"' in page
        listed = open_page(login(cast.officer), "/desk/")
        assert listed.count('data-level="late"') == 4
        assert listed.count('data-level="overdue"') == 2


def test_every_date_of_a_list_says_why_in_its_title(
    cast: SimpleNamespace, late: dict[str, Suggestion], login: Callable
) -> None:
    reason = "9 月 20 日调休上班，计入"
    with on(2026, 9, 16):
        office = open_page(login(cast.clerk), "/admin/suggestions/suggestion/")
        desk = open_page(login(cast.officer), "/desk/?tab=all")
    for page in (office, desk):
        titles = re.findall(r'class="due"[^>]* title="([^"]*)"', page)
        assert len(titles) == 4
        assert all(reason in title for title in titles)
