"""Scenario 26. The lead's reply waits for the opinions of those who help; the letter shows each of them."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from congress_portal.common import clock
from suggestions.models import UnitMember
from tests.admin.pages import buttons, case_url, open_page
from tests.admin.pages import do_url as office_url
from tests.admin.pages import press as press_in_office
from tests.conftest import LONG_AGO, Journey, make_user
from tests.desk.pages import case_page, form_page, press, text_of


def test_a_reply_goes_out_once_every_opinion_is_in_or_marked_as_overdue(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    police = make_user("police")
    UnitMember.objects.create(user=police, unit=cast.third_unit, starts_on=LONG_AGO)
    case, clerk, reviewer = journey.accepted(), login(cast.clerk), login(cast.reviewer)

    # One lead, two who help.
    press_in_office(
        clerk, case, "assign", way="LEAD", unit=str(cast.unit.pk), due=str(journey.due() + timedelta(days=7)),
        others=[str(cast.other_unit.pk), str(cast.third_unit.pk)], instructions="请共同到现场查看",
    )  # fmt: skip
    lead, helper, late = (
        case.assignments.get(unit=unit) for unit in (cast.unit, cast.other_unit, cast.third_unit)
    )
    for client, row in (
        (login(cast.officer), lead),
        (login(cast.other_officer), helper),
        (login(police), late),
    ):
        press(client, row, "sign")

    # The lead writes with one opinion before the eyes and one missing.
    press(login(cast.other_officer), helper, "give_opinion", text="同意在东门划出消防通道。")
    words = text_of(form_page(login(cast.officer), lead, "draft"))
    assert "同意在东门划出消防通道。" in words
    assert "测试交警大队 尚未提交" in words
    press(login(cast.officer), lead, "draft", text="您好，已会同有关单位划线。", answer_class="A")
    assert "测试交警大队 尚未提交" in text_of(form_page(login(cast.unitlead), lead, "sign_off"))
    press(login(cast.unitlead), lead, "sign_off")

    # Not released while it is missing.
    assert "release" not in buttons(open_page(reviewer, case_url(case)))
    assert press_in_office(reviewer, lead, "release", publicity="OPEN").status_code == 409
    lead.refresh_from_db()
    assert lead.state == "SIGNED"

    # Its day is over: the office marks it, and the reply goes out with every opinion in it.
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert case.number in open_page(clerk, "/admin/suggestions/suggestion/?queue=opinions")
        press_in_office(clerk, late, "mark_missed")
        words = text_of(open_page(reviewer, office_url(lead, "release")))
        assert "同意在东门划出消防通道。" in words
        assert "测试交警大队 会办逾期" in words
        press_in_office(reviewer, lead, "release", publicity="OPEN")

        lead.refresh_from_db()
        case.refresh_from_db()
        assert (lead.state, case.state) == ("RELEASED", "REPLIED")
        letter = text_of(case_page(login(cast.liaison), case)).split("第 1 轮答复")[1]
    assert "您好，已会同有关单位划线。" in letter
    assert "同意在东门划出消防通道。" in letter
    assert "测试交警大队 会办逾期" in letter
