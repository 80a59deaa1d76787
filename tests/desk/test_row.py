"""A row of one's own on the case page: who else has the case, the own days, what may be asked and why not."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import due
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Assignment, Suggestion
from tests.conftest import SEPARATE, Journey, act

from .pages import button_list, case_page, do_url, queries, text_of

ASSISTING = AssignmentKind.ASSISTING


def lead_and_help(cast: SimpleNamespace, journey: Journey) -> Suggestion:
    return journey.assigned(
        journey.accepted(), Target(unit=cast.unit), Target(kind=ASSISTING, unit=cast.other_unit)
    )


def twice_returned(cast: SimpleNamespace, journey: Journey) -> Assignment:
    case = journey.accepted()
    for unit, officer in ((cast.unit, cast.officer), (cast.other_unit, cast.other_officer)):
        journey.assigned(case, Target(unit=unit))
        row = case.assignments.get(state="ISSUED")
        act("ask_return", row, officer, reason="不属本单位", proposed_unit=cast.third_unit)
        act("approve_return", row, cast.clerk)
        case.refresh_from_db()
    journey.assigned(case)
    return case.assignments.get(state="ISSUED")


def test_everybody_who_has_the_case_is_named_with_kind_and_state(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = lead_and_help(cast, journey)
    act("sign", case.assignments.get(kind=ASSISTING), cast.other_officer)

    html = case_page(login(cast.officer), case)

    tree = html[html.index('class="handlers"') :]
    tree = tree[: tree.index("</ul>")]
    with translation.override("zh-hans"):
        for words in ("测试住建局", "主办", "待签收", "测试城管局", "会办", "办理中"):
            assert words in tree


def test_a_second_handling_names_no_day_until_which_it_could_be_returned(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")

    words = text_of(case_page(login(cast.officer), case))

    assert case.assignments.get(round=2).return_until is None
    assert "可申请退回至" not in words
    assert "可申请退回至" in text_of(case_page(login(cast.officer), journey.handling()))


def test_what_the_congress_decided_names_no_day_either(cast: SimpleNamespace, journey: Journey) -> None:
    row = twice_returned(cast, journey)

    assert row.return_until is None


def test_separate_rows_stand_side_by_side(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.assigned(
        journey.accepted(), Target(unit=cast.unit, kind=SEPARATE), Target(unit=cast.other_unit, kind=SEPARATE)
    )

    words = text_of(case_page(login(cast.officer), case))

    assert "测试城管局 分办" in words
    assert "测试住建局 分办 · 本单位" in words


def test_the_days_of_the_row_are_named(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    row = journey.handling().assignments.get()

    words = text_of(case_page(login(cast.officer), row.suggestion))

    with translation.override("zh-hans"):
        assert f"签收截止 {due(row.sign_due)}" in words
        assert f"可申请退回至 {due(row.return_until)}" in words
        assert f"期限 {due(row.unit_due)}" in words


def test_the_buttons_are_grouped_by_what_they_are_for(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.handling().assignments.get()
    act("sign", row, cast.officer)

    html = case_page(login(cast.officer), row.suggestion)

    before, asked = html.split("向交办方申请")
    asked, written = asked.split("记录</p>")
    written = written[: written.index("</section>")]
    assert do_url(row, "draft") in before
    assert {url.split("/")[-2] for url in button_list(asked)} == {
        "ask_return", "ask_extension", "ask_contact",
    }  # fmt: skip
    assert do_url(row, "log_contact") in written


def test_past_the_limit_the_page_says_why_and_offers_to_ask_the_congress(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    with clock.frozen(clock.now() - timedelta(days=14)):
        row = journey.handling().assignments.get()

    html = case_page(login(cast.officer), row.suggestion)

    assert do_url(row, "escalate") in html
    assert do_url(row, "ask_return") not in html
    assert "申请退回：已过申请退回的期限。" in text_of(html)


def test_after_two_returns_the_congress_has_decided(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = twice_returned(cast, journey)

    html = case_page(login(cast.officer), row.suggestion)

    assert "不能再退回" in text_of(html)
    assert do_url(row, "ask_return") not in html


def test_somebody_elses_two_returns_are_no_notice_of_the_venue(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = twice_returned(cast, journey)

    assert "不能再退回" not in text_of(case_page(login(cast.liaison), row.suggestion))


def test_the_lead_reads_what_assisting_units_said_and_who_is_missing(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = lead_and_help(cast, journey)
    helper = case.assignments.get(kind=ASSISTING)
    assert "测试城管局 尚未提交" in text_of(case_page(login(cast.officer), case))

    act("sign", helper, cast.other_officer)
    act("give_opinion", helper, cast.other_officer, text="同意划线方案。")

    words = text_of(case_page(login(cast.officer), case))
    assert "同意划线方案。" in words
    assert "尚未提交" not in words


def test_what_was_asked_stands_there_with_its_answer(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.handling().assignments.get()
    act("sign", row, cast.officer)
    act("ask_contact", row, cast.officer, question="是哪个入口?")
    client = login(cast.officer)
    assert "等待答复" in text_of(case_page(client, row.suggestion))

    act("answer_contact", row, cast.liaison, answer="北门，晚上九点以后。")

    words = text_of(case_page(client, row.suggestion))
    assert "是哪个入口?" in words
    assert "北门，晚上九点以后。" in words
    assert "等待答复" not in words


def test_a_letter_of_supervision_stands_at_the_row_it_urges(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = lead_and_help(cast, journey)
    row = case.assignments.get(kind="LEAD")
    act("urge", row, cast.head, text="请抓紧办理。", due=journey.due())
    number = row.letters.get().number

    assert number in text_of(case_page(login(cast.officer), case)).split("办理经过")[0]
    assert number not in text_of(case_page(login(cast.other_officer), case)).split("办理经过")[0]


def test_talks_are_listed_with_phase_mode_and_whether_they_are_confirmed(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.handling().assignments.get()
    act("sign", row, cast.officer)
    for phase, mode, text in (("BEFORE", "PHONE", "电话核实。"), ("DURING", "FACE", "当面说明。")):
        act("log_contact", row, cast.officer, phase=phase, mode=mode, happened_on=clock.today(), summary=text)
    log = row.contact_logs.get(mode="FACE")
    act("confirm_contact", row.suggestion, cast.liaison, contact_log=log, confirmed=True)

    words = text_of(case_page(login(cast.officer), row.suggestion))

    assert "办前 · 电话" in words
    assert "电话核实。 尚未确认" in words
    assert "当面说明。 反映人已确认" in words


def test_a_unit_does_not_read_the_talks_of_another(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = lead_and_help(cast, journey)
    lead = case.assignments.get(kind="LEAD")
    act("sign", lead, cast.officer)
    act("log_contact", lead, cast.officer, phase="BEFORE", mode="PHONE", happened_on=clock.today(),
        summary="反映人说家里有病人。")  # fmt: skip

    heading = "与反映人的联系"
    assert heading not in text_of(case_page(login(cast.other_officer), case))
    assert heading in text_of(case_page(login(cast.deputy), case))


def test_promises_stand_with_day_state_and_report(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = case.assignments.get()
    act("sign", row, cast.officer)
    day = clock.today() + timedelta(days=20)
    act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=[("划好车位", day)])
    act("sign_off", row, cast.unitlead)
    act("release", row, cast.reviewer, publicity="OPEN")
    client = login(cast.officer)
    assert "划好车位 待兑现" in text_of(case_page(client, case))

    act("report_promise", row, cast.officer, promise=row.promises.get(), report="已全部划好。")

    words = text_of(case_page(client, case))
    assert "划好车位 已报告，待区人大审核" in words
    assert "已全部划好。" in words


@pytest.mark.parametrize("who", ["officer", "liaison"])
def test_the_page_costs_the_same_however_much_hangs_on_a_case(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = lead_and_help(cast, journey)
    row, client = case.assignments.get(kind="LEAD"), login(getattr(cast, who))
    act("sign", row, cast.officer)

    def more(count: int) -> None:
        for _ in range(count):
            act("log_contact", row, cast.officer, phase="BEFORE", mode="PHONE", happened_on=clock.today(),
                summary="电话核实。")  # fmt: skip
            act("urge", row, cast.head, text="请抓紧。", due=journey.due())
            act("merge", journey.submitted(), cast.clerk, lead=case)

    more(1)
    few = queries(client, f"/desk/{case.number}/")
    more(4)

    assert queries(client, f"/desk/{case.number}/") == few
    assert few <= 80
