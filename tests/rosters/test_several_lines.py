"""Tables of people on a page: what is added together is saved together, and each line says what is wrong."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deputies.models import Deputy
from stations.models import LiaisonOfficer, Posting, RoleDuty, Venue
from tests.conftest import LONG_AGO

pytestmark = pytest.mark.django_db
TABLES = ("liaison_officers", "postings", "role_duties", "mandates")
NEW_VENUE, NEW_DEPUTY = "/admin/stations/venue/add/", "/admin/deputies/deputy/add/"


@pytest.fixture
def clerk(cast: SimpleNamespace, login: Callable[[Any], Client]) -> Client:
    client = login(cast.clerk)
    client.cookies["django_language"] = "en"
    return client


def sent(fields: dict[str, Any], **tables: list[dict[str, Any]]) -> dict[str, Any]:
    """A page as a browser sends it, with these new lines in its tables."""
    given = dict(fields)
    for table in TABLES:
        lines = tables.get(table, [])
        given |= {f"{table}-TOTAL_FORMS": str(len(lines)), f"{table}-INITIAL_FORMS": "0"}
        for number, line in enumerate(lines):
            given |= {f"{table}-{number}-{name}": value for name, value in line.items()}
    return given


def new_venue(cast: SimpleNamespace, **tables: list[dict[str, Any]]) -> dict[str, Any]:
    fields = {"code": "N1", "kind": "STATION", "name": "新设联络站", "street": cast.street.pk}
    return sent(fields, **tables)


def new_deputy(**tables: list[dict[str, Any]]) -> dict[str, Any]:
    return sent({"key": "N0001", "name": "唐示例"}, **tables)


def venue(row: Venue, **tables: list[dict[str, Any]]) -> dict[str, Any]:
    fields = {
        "code": row.code, "kind": row.kind, "name": row.name, "street": row.street_id,
        "parent": row.parent_id or "", "phone": row.phone,
    }  # fmt: skip
    return sent(fields, **tables)


def change_of(row: Venue) -> str:
    return reverse("admin:stations_venue_change", args=[row.pk])


def complaints(answer: Any, table: str) -> list[dict[str, list[str]]]:
    """What the page says beside each line of the table."""
    assert answer.status_code == 200
    formsets = (one.formset for one in answer.context["inline_admin_formsets"])
    (found,) = (formset for formset in formsets if formset.prefix == table)
    return [dict(errors) for errors in found.errors]


def test_a_new_venue_comes_with_its_liaison_officer_and_its_deputies(
    cast: SimpleNamespace, clerk: Client
) -> None:
    officer = {"user": "liaison", "starts_on": "2026-01-05"}
    posting = {"deputy": cast.deputy_row.pk, "role": "RESIDENT", "starts_on": "2026-01-05"}
    answer = clerk.post(NEW_VENUE, new_venue(cast, liaison_officers=[officer], postings=[posting]))
    assert answer.status_code == 302
    row = Venue.objects.get(code="N1")
    assert row.liaison_officers.get().user == cast.liaison
    assert row.postings.get().deputy == cast.deputy_row


@pytest.mark.parametrize("line", [{"user": "nobody"}, {"starts_on": "someday"}, {"ends_on": "2025-12-31"}])
def test_what_is_wrong_about_an_officer_stands_beside_the_line(
    cast: SimpleNamespace, clerk: Client, line: dict[str, str]
) -> None:
    officer = {"user": "liaison", "starts_on": "2026-01-05"} | line
    pages = {NEW_VENUE: new_venue(cast, liaison_officers=[officer]),
             change_of(cast.home): venue(cast.home, liaison_officers=[officer])}  # fmt: skip
    for page, given in pages.items():
        (found,) = complaints(clerk.post(page, given), "liaison_officers")
        assert list(found) == list(line)
    assert not LiaisonOfficer.objects.exclude(starts_on=LONG_AGO).exists()


def officer(cast: SimpleNamespace, **dates: str) -> dict[str, Any]:
    return {"user": "liaison", **dates}


def posting(cast: SimpleNamespace, **dates: str) -> dict[str, Any]:
    return {"deputy": cast.deputy_row.pk, "role": "RESIDENT", **dates}


def role(cast: SimpleNamespace, **dates: str) -> dict[str, Any]:
    return {"deputy": cast.deputy_row.pk, "role": "POLICY", **dates}


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("liaison_officers", officer, "Two lines name the same account at the same time."),
        ("postings", posting, "Two lines post the same deputy at the same time."),
    ],
)
def test_two_lines_of_a_new_venue_do_not_say_the_same(
    cast: SimpleNamespace, clerk: Client, table: str, line: Callable[..., Any], words: str
) -> None:
    lines = [line(cast, starts_on="2026-01-05"), line(cast, starts_on="2026-06-01")]
    answer = clerk.post(NEW_VENUE, new_venue(cast, **{table: lines}))
    assert complaints(answer, table) == [{}, {"starts_on": [words]}]
    assert not Venue.objects.filter(code="N1").exists()


def test_two_lines_of_a_new_deputy_do_not_say_the_same(cast: SimpleNamespace, clerk: Client) -> None:
    line = {"venue": cast.station.pk, "role": "RESIDENT", "starts_on": "2026-01-05"}
    answer = clerk.post(NEW_DEPUTY, new_deputy(postings=[line, line]))
    assert [list(found) for found in complaints(answer, "postings")] == [[], ["starts_on"]]
    assert not Deputy.objects.filter(key="N0001").exists()


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        (
            "liaison_officers", officer,
            "This account is liaison officer here from 2020-01-01 to … already.",
        ),
        ("postings", posting, "This deputy is posted here from 2020-01-01 to … already."),
        ("role_duties", role, "This deputy holds the role here from 2020-01-01 to … already."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("last", ["", "2026-12-31"])
def test_what_is_there_already_is_not_added_again(
    cast: SimpleNamespace, clerk: Client, table: str, line: Callable[..., Any], words: str, last: str
) -> None:
    RoleDuty.objects.create(deputy=cast.deputy_row, venue=cast.station, role="POLICY", starts_on=LONG_AGO)
    given = line(cast, starts_on="2026-01-05", ends_on=last)
    page = change_of(cast.station)
    assert complaints(clerk.post(page, venue(cast.station, **{table: [given]})), table) == [
        {"starts_on": [words]}
    ]


def test_two_lines_do_not_give_the_same_role(cast: SimpleNamespace, clerk: Client) -> None:
    line = role(cast, starts_on="2026-01-05")
    answer = clerk.post(change_of(cast.station), venue(cast.station, role_duties=[line, line]))
    words = "Two lines give the same deputy the same role at the same time."
    assert complaints(answer, "role_duties") == [{}, {"starts_on": [words]}]


def test_one_line_ends_and_the_next_goes_on_in_one_step(cast: SimpleNamespace, clerk: Client) -> None:
    row = Posting.objects.get(deputy=cast.deputy_row)
    ended = {"id": row.pk, **posting(cast, starts_on=LONG_AGO.isoformat(), ends_on="2026-01-05")}
    goes_on = posting(cast, starts_on="2026-01-05") | {"role": "HEAD"}
    given = venue(cast.station, postings=[ended, goes_on]) | {"postings-INITIAL_FORMS": "1"}
    assert clerk.post(change_of(cast.station), given).status_code == 302
    periods = Posting.objects.filter(deputy=cast.deputy_row).order_by("starts_on")
    assert [(row.role, row.ends_on) for row in periods] == [("RESIDENT", date(2026, 1, 5)), ("HEAD", None)]


def test_a_role_ends_after_it_began(cast: SimpleNamespace, clerk: Client) -> None:
    given = role(cast, starts_on="2026-01-05", ends_on="2026-01-04") | {"venue": cast.station.pk}
    answer = clerk.post(reverse("admin:stations_roleduty_add"), given)
    assert dict(answer.context["adminform"].form.errors) == {"ends_on": ["This is before the first day."]}


def test_nobody_comes_to_a_venue_that_is_gone(cast: SimpleNamespace, clerk: Client) -> None:
    Venue.objects.filter(pk=cast.home.pk).update(status="CLOSED", gone_on=date(2026, 1, 5))
    given = officer(cast, starts_on="2026-01-05") | {"venue": cast.home.pk}
    answer = clerk.post(reverse("admin:stations_liaisonofficer_add"), given)
    words = "This venue was merged or closed. Choose the one that took over."
    assert dict(answer.context["adminform"].form.errors) == {"venue": [words]}
    # What once was can still be entered.
    over = given | {"starts_on": "2025-01-05", "ends_on": "2026-01-05"}
    assert clerk.post(reverse("admin:stations_liaisonofficer_add"), over).status_code == 302
