"""After a merger there is one station fewer from that day on; the figures of the past know nothing of it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress_portal import public_figures
from congress_portal.common import clock
from stations.models import VenueKind
from stations.selectors import venues_by_kind
from suggestions import metrics
from tests.admin.pages import text_of
from tests.conftest import Journey

from .conftest import merge

pytestmark = pytest.mark.django_db


def test_yesterday_still_counts_the_old_station(cast: SimpleNamespace) -> None:
    yesterday, today = clock.today() - timedelta(days=1), clock.today()
    merge(cast)
    assert venues_by_kind(yesterday) == {VenueKind.HOME: 1, VenueKind.STATION: 2, VenueKind.POINT: 0}
    assert venues_by_kind(today)[VenueKind.STATION] == 1
    assert public_figures.network().venues[VenueKind.STATION] == 1


def test_a_suspended_station_still_counts(cast: SimpleNamespace) -> None:
    cast.station.status = "SUSPENDED"
    cast.station.save()
    assert venues_by_kind()[VenueKind.STATION] == 2


def test_a_station_counts_from_the_day_it_opened(cast: SimpleNamespace) -> None:
    cast.station.opened_on = clock.today()
    cast.station.save()
    assert venues_by_kind(clock.today() - timedelta(days=1))[VenueKind.STATION] == 1
    assert venues_by_kind()[VenueKind.STATION] == 2


def test_last_years_rate_of_the_old_station_stays(cast: SimpleNamespace, journey: Journey) -> None:
    """Concluded at the old one, it counts there; what was open goes, and counts where it is concluded."""
    with clock.frozen(clock.now() - timedelta(days=365)):
        journey.closed()
        journey.closed(community=cast.other_community)
        period = metrics.Period.latest(1)
    still_open = journey.handling()
    before = metrics.split(period, "venue")
    assert {(line.label, line.accepted, line.closed) for line in before} == {
        ("甲社区代表联络站", 1, 1), ("乙社区代表联络站", 1, 1)
    }  # fmt: skip

    merge(cast)

    assert metrics.split(period, "venue") == before
    now = {
        line.label: (line.accepted, line.closed) for line in metrics.split(metrics.Period.latest(1), "venue")
    }
    assert now == {"乙社区代表联络站": (1, 0)}
    still_open.refresh_from_db()
    assert still_open.venue == cast.other_station


def test_the_board_of_the_office_links_to_the_cases_of_the_old_station(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    case = journey.closed()
    merge(cast)
    client = login(cast.clerk)
    board = client.get(f"{reverse('admin:index')}?by=venue").content.decode()
    assert "甲社区代表联络站" in text_of(board)
    cases = reverse("admin:suggestions_suggestion_changelist")
    assert case.number in client.get(f"{cases}?venue={cast.station.pk}").content.decode()
