"""The inbox in a real browser: on every screen, and without scripts."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import transaction

from congress_portal.notices import kinds
from congress_portal.notices.kinds import Kind
from congress_portal.notices.models import Notice, Preference
from congress_portal.notices.outbox import post

from .people import DESK, Person
from .test_screens import LONG, SCREENS


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch, cast: SimpleNamespace) -> None:
    """The resident was told two things, and one letter was not delivered."""
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(
        Kind(key="news", label="意见有新进展", channels=("INBOX", "SMS")),
        Kind(key="reply", label="意见已答复，请评价", channels=("INBOX", "EMAIL"), fixed=True),
    )
    with transaction.atomic():
        post("news", key="1", to=cast.resident, title=f"照片在 {LONG}", text=LONG, path="/suggestions/track/")
        post("reply", key="2", to=cast.resident, title="您的意见已答复", number="2026000123")
        post("reply", key="3", email="li.shi@example.cn", title="您的意见已答复", number="2026000123")
    Notice.objects.filter(channel="EMAIL").update(status="UNCERTAIN", next_at=None, error=LONG)


@pytest.mark.parametrize("name", SCREENS)
def test_no_page_of_notices_needs_sideways_scrolling(
    cast: SimpleNamespace, meet: Callable[..., Person], name: str
) -> None:
    resident, clerk = meet(cast.resident, **SCREENS[name]), meet(cast.clerk, **SCREENS[name])
    for path in ("/inbox/", "/inbox/?unread=1", "/inbox/settings/"):
        resident.open(path)
        resident.fits()
        resident.shot(f"inbox/{name}{path.replace('/', '-')}")
    letter = Notice.objects.get(channel="EMAIL")
    for path in ("/admin/notices/notice/", f"/admin/notices/notice/{letter.pk}/change/"):
        clerk.open(path)
        clerk.fits()


def test_everything_works_without_scripts(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    resident = meet(cast.resident, scripts=False)
    resident.open("/suggestions/track/")
    resident.page.locator(".nav-menu summary").click()
    resident.page.locator(".nav-panel").get_by_role("link", name="通知 2 条未读").click()
    resident.page.get_by_role("link", name="照片在").click()
    assert resident.page.url.endswith("/suggestions/track/")

    resident.open("/inbox/")
    resident.page.get_by_role("button", name="标为已读 您的意见已答复").click()
    resident.sees("全部")
    assert not Notice.objects.filter(channel="INBOX", read_at=None).exists()

    resident.open("/inbox/settings/")
    resident.page.get_by_label("手机号码").fill("138 1234 1234")
    resident.page.get_by_role("group", name="意见有新进展").get_by_label("短信").uncheck()
    resident.page.get_by_role("button", name="保存").click()
    resident.sees("您的设置已保存。")
    assert list(Preference.objects.values_list("kind", "channel", "wanted")) == [("news", "SMS", False)]


def test_staff_decide_without_scripts(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    clerk = meet(cast.clerk, screen=DESK, scripts=False)
    clerk.open("/admin/")
    clerk.page.get_by_role("link", name="去处理").click()
    clerk.page.locator(".action-select").check()
    clerk.page.get_by_label("动作").select_option("settle")
    clerk.page.get_by_role("button", name="执行").click()
    clerk.page.get_by_label("理由").fill("已当面告知")
    clerk.page.get_by_role("button", name="标记为已处理").click()
    assert clerk.page.locator(".success").inner_text() == "已将 1 条通知标记为已处理。"
    assert Notice.objects.get(channel="EMAIL").status == "SETTLED"
