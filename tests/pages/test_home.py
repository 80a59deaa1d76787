"""/: the two ways in, the finder, what was solved lately, and figures that are counted, never typed."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal import public_figures
from deputies.models import Congress, Deputy, Level, Mandate
from stations.models import Street, Venue, VenueKind, VenueStatus
from suggestions.models import Suggestion
from tests.conftest import LONG_AGO, Journey, act
from tests.pages.test_venue import publish
from tests.stations.places import add_deputies, add_venues, queries, text

pytestmark = pytest.mark.django_db


def test_it_leads_to_the_form_and_to_the_progress(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/")
    assert 'class="entry entry-main" href="/suggestions/new/"' in page
    assert 'class="entry" href="/suggestions/track/"' in page


def test_every_community_can_be_chosen_under_its_street_without_script(
    cast: SimpleNamespace, client: Client
) -> None:
    page = text(client, "/")
    assert page.index('<optgroup label="测试街道">') < page.index(f'value="{cast.community.code}"')
    assert 'action="/venues/"' in page


def test_an_empty_site_still_opens(db: None, client: Client) -> None:
    page = text(client, "/")
    assert 'class="empty"' in page
    assert "—" in page


def test_the_three_latest_published_cases_are_shown(
    cast: SimpleNamespace, client: Client, journey: Journey
) -> None:
    for title in ("第一件", "第二件", "第三件", "第四件"):
        publish(cast, journey.closed(may_publish=True), title)
    page = text(client, "/")
    assert "第一件" not in page
    assert page.index("第四件") < page.index("第三件") < page.index("第二件")


def test_the_year_counts_what_came_in_and_what_was_concluded(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    journey.accepted()
    journey.submitted()
    act("withdraw", journey.submitted(), cast.resident)
    year = public_figures.this_year()
    assert (year.received, year.accepted, year.closed, str(year.rate)) == (3, 2, 1, "50.00")


def test_last_year_is_not_this_year(cast: SimpleNamespace, journey: Journey) -> None:
    old = journey.closed()
    before = old.received_at - timedelta(days=366)
    Suggestion.objects.filter(pk=old.pk).update(received_at=before, accepted_at=before)
    year = public_figures.this_year()
    assert (year.received, year.accepted, year.rate) == (0, 0, None)


def test_demo_cases_count_only_in_a_demo(cast: SimpleNamespace, journey: Journey, settings: Any) -> None:
    case = journey.closed()
    Suggestion.objects.filter(pk=case.pk).update(is_demo=True)
    settings.DEMO = False
    assert public_figures.this_year().received == 0
    settings.DEMO = True
    assert public_figures.this_year().received == 1


def test_the_network_counts_open_venues_mandates_in_force_and_people(cast: SimpleNamespace) -> None:
    city = Congress.objects.create(level=Level.MUNICIPAL, area="测试市", ordinal=17, starts_on=LONG_AGO)
    Mandate.objects.create(deputy=cast.deputy_row, congress=city, starts_on=LONG_AGO)
    gone = Deputy.objects.create(key="G1", name="去示例")
    Mandate.objects.create(deputy=gone, congress=cast.congress, starts_on=LONG_AGO, ends_on=date(2021, 1, 1))
    Venue.objects.create(
        code="X",
        kind=VenueKind.POINT,
        name="已关",
        street=Street.objects.first(),
        status=VenueStatus.CLOSED,
        gone_on=date(2022, 1, 1),
    )
    found = public_figures.network()
    assert found.venues == {VenueKind.HOME: 1, VenueKind.STATION: 2, VenueKind.POINT: 0}
    assert (found.all_mandates, found.people) == (4, 3)
    assert found.mandates[Level.MUNICIPAL] == 1


def test_each_kind_opens_its_list(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/")
    for kind in VenueKind:
        assert f'href="/venues/?kind={kind.value}"' in page


def test_it_asks_nothing_foreign_and_keeps_the_content_policy(cast: SimpleNamespace, client: Client) -> None:
    response = client.get("/")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert " style=" not in response.content.decode()


def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    add_deputies(cast, 0, 5, cast.station)
    add_venues(cast, 0, 5)
    publish(cast, journey.closed(may_publish=True), "一")
    few = queries(client, "/")
    add_deputies(cast, 100, 45, cast.station)
    add_venues(cast, 100, 45)
    for title in "二三四五":
        publish(cast, journey.closed(may_publish=True), title)
    assert queries(client, "/") == few <= 8
