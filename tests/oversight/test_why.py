"""Every date explains itself: rule, days on the way by name, basis, and what moved it since."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock, workdays
from suggestions import clocks, recalculation, why
from suggestions.inputs import Target
from suggestions.models import Clock, ClockRule, Promise, Suggestion, SupervisionLetter
from tests.conftest import Journey, act

from .days import ASSISTING, announce, assigned, on

pytestmark = pytest.mark.django_db


def clock_of(case: Suggestion, kind: str) -> Clock:
    return case.clocks.get(kind=kind, stopped_at=None)


def of_clock(case: Suggestion, kind: str) -> why.Why:
    return why.explain(clock_of(case, kind), events=why.setters(case.events))


def of_row(row: Any, name: str = "unit_due") -> why.Why:
    case = row.suggestion
    reply = case.clocks.filter(kind="REPLY", stopped_at=None).first()
    return why.explain(row, name, events=why.setters(case.events), reply=reply)


def test_golden_week_and_its_made_up_saturday_are_named(journey: Journey) -> None:
    with on(2026, 9, 28):
        case = journey.submitted()
        found = of_clock(case, "ACCEPT")
    assert found == why.Why(
        date(2026, 10, 8),
        "从2026年9月28日起 3 个工作日，当天不算。",
        ("10 月 1 日–10 月 7 日（国庆节）不计",),
        "受理审核3个工作日",
    )
    assert found.short == "从2026年9月28日起 3 个工作日，当天不算；10 月 1 日–10 月 7 日（国庆节）不计"


def test_a_working_day_made_up_for_is_said_to_count() -> None:
    with on(2026, 9, 28):
        found = why.counted(date(2026, 9, 28), 5, "WORKDAYS", date(2026, 10, 10))
    assert found.lines == ("10 月 1 日–10 月 7 日（国庆节）不计", "10 月 10 日调休上班，计入")


@pytest.mark.parametrize(
    ("start", "length", "unit", "day", "lines"),
    [
        (date(2026, 9, 17), 15, "DAYS", date(2026, 10, 8),
         ("最后一日10 月 2 日是国庆节，顺延到下一个工作日。",)),
        (date(2026, 11, 30), 3, "MONTHS", date(2027, 3, 1),
         ("最后一日2027 年 2 月 28 日是周末，顺延到下一个工作日。",)),
        (date(2026, 6, 15), 1, "MONTHS", date(2026, 7, 15), ()),
    ],
)  # fmt: skip
def test_days_and_months_say_only_what_their_last_day_ran_into(
    start: date, length: int, unit: str, day: date, lines: tuple[str, ...]
) -> None:
    with on(2026, 6, 1):
        assert clocks.counted(length, unit, start) == day
        assert why.counted(start, length, unit, day).lines == lines


def test_a_year_nobody_has_entered_is_a_warning_until_it_is(journey: Journey) -> None:
    with on(2026, 12, 29):
        case = journey.submitted()
        assert "2027年的放假安排还没有公布" in of_clock(case, "ACCEPT").warning
        announce(date(2027, 1, 1), name="元旦")
        recalculation.run()
        found = of_clock(case, "ACCEPT")
    assert found.warning == ""
    assert found.lines[0] == "2027 年 1 月 1 日（元旦）不计"


def test_a_date_the_calendar_moved_says_from_where_and_when(journey: Journey) -> None:
    with on(2026, 6, 1):
        case = journey.submitted()
    with on(2026, 6, 2):
        announce(date(2026, 6, 3), name="临时放假")
        assert "正在重新计算" in of_clock(case, "ACCEPT").lines[-1]
        recalculation.run()
        found = of_clock(case, "ACCEPT")
    assert found.lines == (
        "6 月 3 日（临时放假）不计",
        "2026年6月2日因放假安排变动顺延，原为6 月 4 日。",
    )


def test_a_date_that_was_told_says_where_the_calendar_would_put_it_now(journey: Journey) -> None:
    announce(date(2026, 6, 3))
    with on(2026, 6, 1):
        case = journey.submitted()
        announce(date(2026, 6, 3), off=False)
        recalculation.run()
        found = of_clock(case, "ACCEPT")
    assert found.day == date(2026, 6, 5)
    assert found.lines == ("按现在的放假安排应为6 月 4 日；已告知的日期不提前。",)


def test_a_chosen_day_says_when_it_was_chosen_and_how_long_that_is(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 28):
        case = assigned(journey, date(2026, 10, 10))
        found = of_clock(case, "REPLY")
        # The basis of the usual length would be a wrong reason.
        assert (found.rule, found.basis) == ("2026年9月28日确定，共5个工作日，当日不计。", "")
        assert found.lines == ("10 月 1 日–10 月 7 日（国庆节）不计", "10 月 10 日调休上班，计入")
    with on(2026, 9, 29):
        act("redate", case, cast.clerk, due=date(2026, 10, 12), reason="需要现场勘查")
        found = of_clock(case, "REPLY")
    assert (found.day, found.rule, found.basis) == (date(2026, 10, 12), "2026年9月29日调整。", "需要现场勘查")


def test_what_was_interrupted_goes_on_and_says_so(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        case = journey.submitted()
        words = {"text": "没有诉求", "where_to_go": "—"}
        act("propose_decline", case, cast.clerk, code=cast.insult, **words)
        act("refuse_decline", case, cast.head, note="有具体诉求")
        found = of_clock(case, "ACCEPT")
    assert (found.day, found.rule) == (date(2026, 6, 4), "接续中断前的期限，日期不变。")


def test_each_date_of_a_row_has_its_own_reason(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        targets = Target(unit=cast.unit), Target(unit=cast.other_unit, kind=ASSISTING)
        case = assigned(journey, date(2026, 10, 10), *targets)
        lead, helper = case.assignments.order_by("pk")
        assert of_row(lead, "sign_due").rule == "从2026年9月14日起 2 个工作日，当天不算。"
        assert of_row(lead, "return_until").basis == ClockRule.objects.get(key="RETURN").basis
        due = of_row(lead)
        assert due.rule == "与告知群众的答复期限同日。"
        assert due.lines[0] == "从2026年9月14日起 15 个工作日，当天不算。"
        opinion = of_row(helper)
        assert opinion.rule == "从2026年9月14日起 10 个工作日，当天不算。"
        assert opinion.basis == ClockRule.objects.get(key="ASSIST").basis


def test_a_rule_changed_later_explains_nothing_that_was_given_out_before(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        ClockRule.objects.filter(key="SIGN").update(length=9, basis="新办法")
        found = of_row(case.assignments.get(), "sign_due")
    assert found.day == date(2026, 9, 16)
    assert found.rule == "从2026年9月14日起 2 个工作日，当天不算。"
    assert found.basis != "新办法"


def test_more_time_says_when_it_was_granted_and_what_it_was_before(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 9, 22))
        row = act("sign", case.assignments.get(), cast.officer)
        act("ask_extension", row, cast.officer, due=date(2026, 10, 12), reason="施工期长")
        asked = next(each for each in why.dates_of(row) if each["name"] == "wanted_due")["why"]
        assert (asked.day, asked.rule, asked.basis) == (
            date(2026, 10, 12), "2026年9月14日提出申请。", "施工期长",
        )  # fmt: skip
    with on(2026, 9, 21):
        row = act("grant_extension", row, cast.clerk, due=date(2026, 10, 12), note="同意")
        found = of_row(row)
    assert (found.day, found.rule, found.basis) == (
        date(2026, 10, 12), "2026年9月21日批准延期，原为9 月 22 日。", "同意",
    )  # fmt: skip
    assert [each["name"] for each in why.dates_of(row)] == ["return_until", "unit_due"]


def test_without_the_history_the_answer_is_shorter_and_still_true(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 28):
        case = assigned(journey, date(2026, 10, 10))
        row = case.assignments.get()
        assert why.explain(row).rule == "2026年9月28日确定，共5个工作日，当日不计。"
        assert why.explain(clock_of(case, "REPLY")).rule == "2026年9月28日确定，共5个工作日，当日不计。"


def test_promises_and_letters_name_where_their_day_comes_from(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = journey.handling()
        row = act("sign", case.assignments.get(), cast.officer)
        act("urge", row, cast.clerk, text="请抓紧办理。", due=date(2026, 9, 21))
        promises = [("划好车位", date(2026, 10, 30))]
        act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=promises)
        act("sign_off", row, cast.unitlead)
        act("release", row, cast.reviewer, publicity="OPEN")
        letter, promise = SupervisionLetter.objects.get(), Promise.objects.get()
        assert why.explain(letter).rule == "2026年9月14日的督办函确定。"
        assert why.explain(promise) == why.Why(date(2026, 10, 30), "2026年9月14日的答复中承诺。")


def test_no_reason_costs_a_query(journey: Journey, django_assert_num_queries: Any) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        row, events = case.assignments.get(), why.setters(case.events)
        running = list(case.clocks.all())
        workdays.is_workday(clock.today())
        with django_assert_num_queries(0):
            for each in running:
                why.explain(each, events=events)
            for name in ("sign_due", "return_until", "unit_due"):
                why.explain(row, name, events=events, reply=running[-1])


def test_the_form_that_asks_for_a_day_says_how_the_offered_one_was_counted(
    cast: SimpleNamespace, journey: Journey, login: Any
) -> None:
    with on(2026, 9, 14):
        case = journey.accepted()
        page = login(cast.clerk).get(f"/admin/suggestions/suggestion/{case.pk}/do/assign/").content.decode()
    assert "从2026年9月14日起 15 个工作日，当天不算；" in page
    assert "9 月 20 日调休上班，计入；9 月 25 日–9 月 27 日（中秋节）不计；" in page
    assert "10 月 1 日–10 月 7 日（国庆节）不计" in page


def test_a_right_to_give_it_back_that_is_over_is_called_over_and_not_late(journey: Journey) -> None:
    with on(2026, 6, 1):
        row = journey.handling().assignments.get()
    with on(2026, 6, 30):
        dates = {each["name"]: each for each in why.dates_of(row)}
        assert (dates["return_until"]["level"], dates["return_until"]["words"]) == (
            "none",
            "已于 6 月 8 日截止",
        )
        assert dates["sign_due"]["level"] == "overdue"
        assert dates["sign_due"]["words"] == ""
    with on(2026, 6, 2):
        dates = {each["name"]: each for each in why.dates_of(row)}
        assert dates["return_until"]["words"] == ""
