"""Forms of postings: periods in order, nobody twice at a place, a word when the last one ends."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress_portal.common import clock
from stations.models import Posting, PostingReason
from tests.conftest import LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast: SimpleNamespace, login: Callable[[Any], Client]) -> Client:
    client = login(cast.clerk)
    client.cookies["django_language"] = "en"
    return client


def add(client: Client, cast: SimpleNamespace, query: str = "", **changes: Any) -> Any:
    given = {
        "deputy": cast.deputy_row.pk, "venue": cast.home.pk, "role": "RESIDENT", "reason": "ADJUSTED",
        "starts_on": "2026-01-05", "ends_on": "",
    }  # fmt: skip
    return client.post(reverse("admin:stations_posting_add") + query, given | changes)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def test_a_posting_is_added_with_its_reason(cast: SimpleNamespace, clerk: Client) -> None:
    assert add(clerk, cast).status_code == 302
    row = Posting.objects.get(venue=cast.home)
    assert (row.deputy, row.reason, row.starts_on) == (
        cast.deputy_row, PostingReason.ADJUSTED, date(2026, 1, 5)
    )  # fmt: skip


def test_the_last_day_comes_after_the_first(cast: SimpleNamespace, clerk: Client) -> None:
    assert list(errors(add(clerk, cast, ends_on="2026-01-04"))) == ["ends_on"]


@pytest.mark.parametrize("dates", [("2019-01-01", ""), ("2026-01-05", "2026-02-01"), ("2020-01-01", "")])
def test_nobody_is_posted_twice_at_a_place_at_a_time(
    cast: SimpleNamespace, clerk: Client, dates: tuple[str, str]
) -> None:
    found = errors(add(clerk, cast, venue=cast.station.pk, starts_on=dates[0], ends_on=dates[1]))
    assert found == {"starts_on": ["This deputy is posted here from 2020-01-01 to … already."]}


def test_one_may_come_back(cast: SimpleNamespace, clerk: Client) -> None:
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=date(2026, 1, 5))
    assert add(clerk, cast, venue=cast.station.pk).status_code == 302


@pytest.mark.parametrize("forged", [{"deputy": "9" * 30}, {"venue": "x\x00"}, {"starts_on": "\x00"}])
def test_forged_values_are_answered(cast: SimpleNamespace, clerk: Client, forged: dict[str, str]) -> None:
    assert list(errors(add(clerk, cast, **forged))) == list(forged)


def test_ending_the_last_posting_says_so(cast: SimpleNamespace, clerk: Client) -> None:
    row = Posting.objects.get(deputy=cast.deputy_row)
    page = clerk.post(
        reverse("admin:stations_posting_change", args=[row.pk]),
        {"deputy": row.deputy_id, "venue": row.venue_id, "role": row.role, "reason": row.reason,
         "starts_on": LONG_AGO.isoformat(), "ends_on": clock.today().isoformat()},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "posted nowhere: 林示例" in page
    assert reverse("admin:stations_posting_unposted") in page


def inline(cast: SimpleNamespace, *lines: dict[str, Any]) -> dict[str, Any]:
    """The deputy's page with these lines in the table of postings."""
    row = cast.deputy_row
    given: dict[str, Any] = {
        "key": row.key,
        "name": row.name,
        "gender": row.gender,
        "ethnicity": row.ethnicity,
    }
    for table in ("mandates", "role_duties"):
        given |= {f"{table}-TOTAL_FORMS": "0", f"{table}-INITIAL_FORMS": "0"}
    initial = sum(1 for line in lines if "id" in line)
    given |= {"postings-TOTAL_FORMS": str(len(lines)), "postings-INITIAL_FORMS": str(initial)}
    usual = {"deputy": row.pk, "role": "RESIDENT", "ends_on": ""}
    for number, line in enumerate(lines):
        given |= {f"postings-{number}-{name}": value for name, value in (usual | line).items()}
    return given


def change(client: Client, cast: SimpleNamespace, *lines: dict[str, Any]) -> Any:
    page = reverse("admin:deputies_deputy_change", args=[cast.deputy_row.pk])
    return client.post(page, inline(cast, *lines), follow=True)


def test_a_table_says_which_line_does_not_fit(cast: SimpleNamespace, clerk: Client) -> None:
    today = clock.today().isoformat()
    later = (clock.today() + timedelta(days=9)).isoformat()
    answer = change(
        clerk, cast,
        {"venue": cast.home.pk, "starts_on": today, "ends_on": later},
        {"venue": cast.home.pk, "starts_on": later},
        {"venue": cast.home.pk, "starts_on": later, "ends_on": "2099-01-01"},
        {"venue": cast.station.pk, "starts_on": today},
        {"venue": cast.other_station.pk, "starts_on": later, "ends_on": today},
    )  # fmt: skip
    (formset,) = (one for one in answer.context["inline_admin_formsets"] if one.formset.prefix == "postings")
    assert [list(found) for found in formset.formset.errors] == [
        [], [], ["starts_on"], ["starts_on"], ["ends_on"]
    ]  # fmt: skip
    assert Posting.objects.filter(deputy=cast.deputy_row).count() == 1


def test_the_table_of_the_deputy_warns_too(cast: SimpleNamespace, clerk: Client) -> None:
    row = Posting.objects.get(deputy=cast.deputy_row)
    line = {"id": row.pk, "venue": row.venue_id, "starts_on": "2020-01-01"}
    ended = change(clerk, cast, line | {"ends_on": clock.today().isoformat()})
    assert "posted nowhere: 林示例" in ended.content.decode()
    again = change(clerk, cast, line | {"ends_on": ""})
    assert "posted nowhere" not in again.content.decode()


def test_saved_from_the_list_it_leads_back_to_the_list(cast: SimpleNamespace, clerk: Client) -> None:
    answer = add(clerk, cast, "?back=unposted", _save="Save")
    assert answer["Location"] == reverse("admin:stations_posting_unposted")
