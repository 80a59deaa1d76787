"""受理回执: number and code in very large type, on the page that has just given out the code."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock, codes
from congress_portal.common.templatetags.portal import zh_date
from stations.models import Venue
from suggestions.models import OfficeSetting, Suggestion
from suggestions.papers.receipt import receipt
from tests.conftest import Journey
from tests.desk.test_register import send
from tests.reception.days import TODAY, make_day, on
from tests.reception.test_record import begin, matter, sent, url
from tests.suggestions.public.conftest import suggest

from .scenes import PHONE, TRACK


def slips(html: str) -> list[str]:
    """Every receipt of the page, its words with single spaces."""
    found = re.findall(r'<article class="slip-paper.*?</article>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def codes_in(case: Suggestion, words: str) -> list[str]:
    case.refresh_from_db()
    return [word for word in words.split() if codes.codes_match(word, case.query_code_hash)]


def test_whoever_registers_for_somebody_prints_a_receipt(cast: SimpleNamespace, login: Callable) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(address="示例路12号", hours="周一至周五")
    client = login(cast.liaison)

    # In a year whose days off are announced: no caution follows the reason of the date.
    with clock.frozen(on(TODAY, 9)):
        html = client.get(send(client, cast).url).content.decode()

    case, (slip,) = Suggestion.objects.get(), slips(html)
    due = case.clocks.get(kind="ACCEPT")
    assert case.number in slip
    assert len(codes_in(case, slip)) == 1
    for words in (
        "楼道灯坏了一个月", "甲社区代表联络站", "024-00000001", "示例路12号 · 周一至周五", "http://testserver/suggestions/track/",
        f"告诉您是否受理，{zh_date(due.due_on)}前", f"从{zh_date(case.received_at)}起 3 个工作日，当天不算。",
        "受理审核3个工作日", "不满意的，会再办理一次",
    ):  # fmt: skip
        assert words in slip
    assert f'src="/suggestions/{case.number}/qr.svg"' in html
    assert 'value="A4" checked' in html
    assert 'value="A6"' in html
    assert "data:" not in html


def test_the_resident_prints_the_same(cast: SimpleNamespace) -> None:
    client = Client()
    case = suggest(client)

    (slip,) = slips(client.get(f"/suggestions/sent/?form={case.form_token}").content.decode())

    assert case.number in slip
    assert len(codes_in(case, slip)) == 1
    assert "告诉您是否受理" in slip


@pytest.mark.parametrize("where", ["desk", "office"])
def test_a_new_code_comes_with_a_new_receipt_and_is_kept_nowhere(
    cast: SimpleNamespace, journey: Journey, login: Callable, where: str
) -> None:
    case = journey.handling()
    user = cast.liaison if where == "desk" else cast.clerk
    address = f"/desk/{case.number}" if where == "desk" else f"/admin/suggestions/suggestion/{case.pk}"
    client = login(user)

    answer = client.post(f"{address}/do/renew_code/", {"version": case.version, "how": "DESK"})

    (slip,) = slips(answer.content.decode())
    (code,) = codes_in(case, slip)
    assert "给您答复" in slip
    assert "no-store" in answer["Cache-Control"]
    assert code not in str(dict(client.session))
    assert code not in client.get(f"{address}/" if where == "desk" else f"{address}/change/").content.decode()


def test_every_matter_of_a_reception_day_has_its_receipt(cast: SimpleNamespace, login: Callable) -> None:
    day = make_day(cast, day=TODAY, starts_at=on(TODAY, 14).time(), ends_at=on(TODAY, 16).time())
    desk, answered = login(cast.liaison), matter(1, answered="on", reply="已当面答复。")
    response = desk.post(url(day), sent(day, begin(desk, day), matter(0), answered))

    first, second = slips(desk.get(response["Location"]).content.decode())

    one, two = Suggestion.objects.order_by("number")
    assert one.number in first
    assert two.number in second
    assert len(codes_in(one, first)) == len(codes_in(two, second)) == 1
    assert "告诉您是否受理" in first
    assert "您可以评价" in second


def test_a_code_that_was_replaced_is_not_printed(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.liaison)
    address = send(client, cast).url
    case = Suggestion.objects.get()
    client.post(f"/desk/{case.number}/do/renew_code/", {"version": case.version, "how": "DESK"})

    (slip,) = slips(client.get(address).content.decode())

    assert "之后已发放新的查询码" in slip
    assert codes_in(case, slip) == []


def test_numbers_of_people_are_not_repeated_on_it(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted(title=f"停车难 {PHONE}", text=f"请联系{PHONE}。" + "小区停车位不够。" * 30)

    slip = receipt(case, code="ABCD2345", track_url=TRACK)

    assert PHONE not in f"{slip.title}{slip.said}"
    assert slip.said.startswith("请联系139****0001。")
    assert len(slip.said) <= 90


def test_a_venue_without_phone_and_a_case_without_venue_leave_no_hole(
    cast: SimpleNamespace, journey: Journey
) -> None:
    OfficeSetting.objects.create(phone="024-24843000")
    nowhere = journey.submitted(community=None, place_unknown=True)
    there = journey.submitted(community=cast.other_community)

    lost, mute = (receipt(case, code="ABCD2345", track_url=TRACK) for case in (nowhere, there))

    assert (lost.place, lost.phone) == ("沈河区人大常委会代表工作委员会", "024-24843000")
    assert (mute.place, mute.phone, mute.address) == ("乙社区代表联络站", "", "")


def test_a_case_that_is_over_has_no_date_to_tell(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.closed()

    slip = receipt(case, code="ABCD2345", track_url=TRACK)

    assert (slip.due, slip.later) == (None, ())
    assert slip.received_on == clock.local_date(case.received_at)


def test_what_comes_later_is_told_only_while_it_is_all_ahead(cast: SimpleNamespace, journey: Journey) -> None:
    before, after = journey.submitted(), journey.handling()

    told = [receipt(case, code="ABCD2345", track_url=TRACK) for case in (before, after)]

    assert [len(slip.later) for slip in told] == [2, 0]
    assert [slip.due.what for slip in told if slip.due] == ["告诉您是否受理", "给您答复"]
