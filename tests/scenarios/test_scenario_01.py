"""1. Normal online: Ms Li scans the code at the station and writes that there is nowhere to park."""

from collections.abc import Callable
from types import SimpleNamespace

from django.core.cache import cache
from django.test import Client

from congress_portal.common import clock, workdays
from congress_portal.notices.models import Notice
from suggestions.models import Suggestion
from tests.desk.pages import numbers
from tests.suggestions.public.conftest import fill, open_form, picture, send, send_step


def test_ms_li_says_it_at_the_station_and_sees_who_has_it_and_by_when(
    cast: SimpleNamespace, client: Client, login: Callable
) -> None:
    cache.clear()
    scanned = client.get(f"/q/{cast.station.code}/")
    assert scanned["Location"].startswith("/suggestions/new/")

    token = open_form(client, venue=cast.station.code)
    # She is in another community's lane: what she scanned decides.
    where = {"community": cast.other_community.code}
    fill(client, token, what={"text": "小区停车难，晚上没有车位。"}, where=where)
    send_step(client, token, "where", photos=[picture()], **where)
    sent = client.get(send(client, token)["Location"])

    case = Suggestion.objects.get()
    page = sent.content.decode()
    assert case.number in page
    assert sent.context["code"] in page
    assert case.photos.count() == 1
    assert (case.venue, case.routing) == (cast.station, "QR")

    sms = Notice.objects.get(channel="SMS")
    assert (sms.number, sms.path, sms.title, sms.text) == (
        case.number,
        f"/suggestions/{case.number}/",
        "",
        "",
    )

    lists = {who: numbers(login(getattr(cast, who)).get("/desk/").content.decode()) for who in (
        "liaison", "other_liaison", "other_deputy", "officer"
    )}  # fmt: skip
    assert lists == {"liaison": [case.number], "other_liaison": [], "other_deputy": [], "officer": []}
    assert case.due_on == workdays.add_workdays(clock.today(), 3)
    assert case.due_kind == "ACCEPT"
