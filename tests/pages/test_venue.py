"""/venues/<code>/: where, when, who, and what became of what residents wrote there."""

from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal import public_figures
from congress_portal.common import clock
from stations.models import Posting, PostingRole, Venue
from stations.services import venues
from suggestions.models import Publication, Suggestion
from tests.conftest import LONG_AGO, Journey, act, suspend
from tests.stations.places import add_deputies, add_venues, queries, text

pytestmark = pytest.mark.django_db


def publish(cast: SimpleNamespace, case: Suggestion, title: str) -> Publication:
    return Publication.objects.create(
        suggestion=case, title=title, summary="已增设车位。", prepared_by=cast.clerk,
        published_by=cast.reviewer, published_at=clock.now(),
    )  # fmt: skip


def test_it_tells_where_when_who_and_whom_it_serves(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(address="测试路1号", hours="周一至周五")
    page = text(client, "/venues/TS1/")
    for word in ("甲社区代表联络站", "测试路1号", "周一至周五", "024-00000001", "甲社区", "林示例", "何示例"):
        assert word in page
    assert "/suggestions/new/?venue=TS1" in page
    assert "/venues/TS1/qr.svg" in page
    assert "/venues/TH1/" in page
    assert "高示例" not in page


def test_the_code_may_be_written_small(cast: SimpleNamespace, client: Client) -> None:
    assert "甲社区代表联络站" in text(client, "/venues/ts1/")


def test_the_home_names_its_stations(cast: SimpleNamespace, client: Client) -> None:
    assert "/venues/TS1/" in text(client, "/venues/TH1/")


def test_the_liaison_officer_is_a_phone_not_a_name(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/venues/TS1/")
    assert cast.liaison.name not in page
    assert "tel:024-00000001" in page


def test_a_suspended_mandate_takes_the_deputy_off_the_page(cast: SimpleNamespace, client: Client) -> None:
    suspend(cast.deputy_row.mandates.get())
    page = text(client, "/venues/TS1/")
    assert "林示例" not in page
    assert "何示例" in page


def test_an_ended_posting_takes_the_deputy_off_the_page(cast: SimpleNamespace, client: Client) -> None:
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=clock.today())
    assert "林示例" not in text(client, "/venues/TS1/")


def test_two_postings_of_one_person_show_the_weightier_once(cast: SimpleNamespace, client: Client) -> None:
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=clock.today().replace(year=2099))
    Posting.objects.create(
        deputy=cast.deputy_row, venue=cast.station, role=PostingRole.HEAD, starts_on=LONG_AGO
    )
    page = text(client, "/venues/TS1/")
    # Once as the head of the station, once among its deputies.
    assert page.count(">林示例<") == 2
    assert page.rindex(">林示例<") < page.index("何示例")


def test_without_deputies_it_says_that_suggestions_are_still_taken(
    cast: SimpleNamespace, client: Client
) -> None:
    Posting.objects.all().delete()
    page = text(client, "/venues/TS1/")
    assert 'class="empty"' in page
    assert "/suggestions/new/?venue=TS1" in page


def test_a_suspended_venue_says_why_and_points_to_the_home(cast: SimpleNamespace, client: Client) -> None:
    venues.suspend(cast.station, reason="正在装修", by=cast.clerk)
    page = text(client, "/venues/TS1/")
    assert "正在装修" in page
    assert "/suggestions/new/?venue=TH1" in page
    assert "/suggestions/new/?venue=TS1" not in page
    assert "/venues/TS1/qr.svg" not in page
    # Whom one may turn to does not change.
    assert "林示例" in page
    venues.resume(cast.station, reason="装修完毕", by=cast.clerk)
    page = text(client, "/venues/TS1/")
    assert "正在装修" not in page
    assert "/suggestions/new/?venue=TS1" in page


def test_who_heads_it_and_the_rules_on_the_wall(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(
        head_name="王示例", head_post="街道人大工委主任", rules="一、热情接待\n\n二、如实登记<b>"
    )
    page = text(client, "/venues/TS1/")
    assert "王示例 · 街道人大工委主任" in page
    assert "<li>一、热情接待</li><li>二、如实登记&lt;b&gt;</li>" in page


def test_a_deputy_who_is_the_head_is_named_with_the_page(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(head_name="王示例")
    Posting.objects.filter(deputy=cast.deputy_row).update(role=PostingRole.HEAD)
    page = text(client, "/venues/TS1/")
    assert '<dd><a href="/deputies/T0001/">林示例</a></dd>' in page
    assert "王示例" not in page


def test_an_unknown_code_is_led_on(cast: SimpleNamespace, client: Client) -> None:
    assert 'href="/venues/"' in text(client, "/venues/none/", 404)


def test_published_cases_of_this_venue_only(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    publish(cast, journey.closed(may_publish=True), "本站办成的事")
    other = journey.closed(community=cast.other_community, may_publish=True)
    publish(cast, other, "别站办成的事")
    page = text(client, "/venues/TS1/")
    assert "本站办成的事" in page
    assert "别站办成的事" not in page
    assert "别站办成的事" in text(client, "/venues/TS2/")


def test_what_nobody_published_stays_inside(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    journey.closed(title="未公开的事", may_publish=True)
    withdrawn = journey.closed(title="撤回公开的事", may_publish=True)
    publish(cast, withdrawn, "撤回公开的事")
    Suggestion.objects.filter(pk=withdrawn.pk).update(may_publish=False)
    page = text(client, "/venues/TS1/") + text(client, "/")
    for word in ("未公开的事", "撤回公开的事", "李测试", "13900000001"):
        assert word not in page


def test_the_record_adds_up_and_leaves_the_withdrawn_out(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    journey.handling()
    journey.replied()
    act("withdraw", journey.submitted(), cast.resident)
    body = journey.submitted()
    act("decline", body, cast.clerk, code=cast.decline_reason, text="请向法院提出。", where_to_go="法院")
    journey.closed(community=cast.other_community)
    record = public_figures.record_of(cast.station)
    assert (record.received, record.open, record.closed, record.elsewhere) == (4, 2, 1, 1)


def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    add_deputies(cast, 0, 5, cast.station)
    add_venues(cast, 0, 5)
    publish(cast, journey.closed(may_publish=True), "一")
    few = queries(client, "/venues/TS1/")
    add_deputies(cast, 100, 45, cast.station)
    add_venues(cast, 100, 45)
    for title in "二三四五":
        publish(cast, journey.closed(may_publish=True), title)
    assert queries(client, "/venues/TS1/") == few <= 12
