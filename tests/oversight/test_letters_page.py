"""The register of letters of supervision: number, to whom, until when, and whether it was answered."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from suggestions import supervising
from suggestions.models import SupervisionLetter
from tests.admin.pages import INLINE, numbers, open_page, queries, text_of
from tests.conftest import Journey, act

from .days import assigned, on

pytestmark = pytest.mark.django_db
PAGE = "/admin/suggestions/supervisionletter/"


@pytest.fixture
def letters(cast: SimpleNamespace, journey: Journey) -> dict[str, SupervisionLetter]:
    """One in each state, by the name of the state on 28 September 2026."""
    found = {}
    with on(2026, 9, 14):
        for key, until in (
            ("answered", date(2026, 9, 18)), ("gone", date(2026, 9, 18)), ("drafted", date(2026, 10, 9)),
            ("waiting", date(2026, 10, 9)), ("late", date(2026, 9, 24)),
        ):  # fmt: skip
            case = assigned(journey, date(2026, 10, 23))
            row = case.assignments.get()
            act("urge", row, cast.clerk, text="请抓紧办理。", due=until)
            found[key] = SupervisionLetter.objects.get(assignment=row)
    with on(2026, 9, 16):
        journey.release(found["answered"].assignment.suggestion)
        act("recall", found["gone"].assignment, cast.clerk, reason="改派")
        journey.drafted(found["drafted"].assignment.suggestion)
    return {key: SupervisionLetter.objects.get(pk=letter.pk) for key, letter in found.items()}


def test_each_letter_is_in_one_state_on_the_screen_as_in_the_database(
    letters: dict[str, SupervisionLetter],
) -> None:
    with on(2026, 9, 28) as now:
        assert {key: supervising.state_of(letter).key for key, letter in letters.items()} == {
            key: key for key in letters
        }
        for each in supervising.LETTER_STATES:
            found = SupervisionLetter.objects.filter(each.condition(now.date()))
            assert list(found) == [letters[each.key]]


def test_a_letter_answered_late_was_answered_all_the_same(
    cast: SimpleNamespace, journey: Journey, letters: dict[str, SupervisionLetter]
) -> None:
    with on(2026, 9, 28):
        journey.release(letters["late"].assignment.suggestion)
        letter = SupervisionLetter.objects.get(pk=letters["late"].pk)
        assert supervising.state_of(letter).key == "answered"
        assert supervising.answered_at(letter) == letter.assignment.ended_at


def test_the_register_lists_them_newest_first_with_their_answers(
    cast: SimpleNamespace, letters: dict[str, SupervisionLetter], login: Callable
) -> None:
    with on(2026, 9, 28):
        page = open_page(login(cast.clerk), PAGE)
    assert numbers(page) == [
        letter.assignment.suggestion.number for letter in sorted(letters.values(), key=lambda row: -row.pk)
    ]
    words = text_of(page)
    for expected in (
        "沈河人大督〔2026〕1号", "沈河人大督〔2026〕5号", "2026-09-14", "测试住建局", "已答复", "2026-09-16",
        "已不由其办理", "答复审签中", "待答复", "逾期未答复", str(cast.clerk),
    ):  # fmt: skip
        assert expected in words
    # The overdue one shows how late it is; those that are settled only say their day.
    assert page.count('data-level="late"') == 1
    assert "2026年9月14日的督办函确定" in page
    assert not INLINE.search(page)


@pytest.mark.parametrize("key", [each.key for each in supervising.LETTER_STATES])
def test_it_is_narrowed_by_the_answer(
    cast: SimpleNamespace, letters: dict[str, SupervisionLetter], login: Callable, key: str
) -> None:
    with on(2026, 9, 28):
        page = open_page(login(cast.clerk), f"{PAGE}?answer={key}")
    assert numbers(page) == [letters[key].assignment.suggestion.number]


def test_it_is_searched_by_number_case_and_unit(
    cast: SimpleNamespace, letters: dict[str, SupervisionLetter], login: Callable
) -> None:
    client, case = login(cast.clerk), letters["late"].assignment.suggestion
    assert numbers(open_page(client, f"{PAGE}?q={case.number}")) == [case.number]
    assert numbers(open_page(client, f"{PAGE}?q=〔2026〕5号")) == [case.number]
    assert len(numbers(open_page(client, f"{PAGE}?q=住建"))) == 5
    assert numbers(open_page(client, f"{PAGE}?q=城管")) == []


def test_the_index_counts_those_without_an_answer_and_those_overdue(
    cast: SimpleNamespace, letters: dict[str, SupervisionLetter], login: Callable
) -> None:
    with on(2026, 9, 28):
        page = open_page(login(cast.clerk), "/admin/")
    row = page[page.index(f'href="{PAGE}"') :]
    row = row[: row.index("</li>")]
    assert 'class="count">3<' in row
    assert "1 条超期" in row


def test_whoever_got_a_letter_reads_it_at_the_desk_and_nobody_else_does(
    cast: SimpleNamespace, letters: dict[str, SupervisionLetter], login: Callable
) -> None:
    number = letters["late"].assignment.suggestion.number
    with on(2026, 9, 28):
        page = text_of(open_page(login(cast.officer), f"/desk/{number}/"))
        assert login(cast.other_officer).get(f"/desk/{number}/").status_code == 404
        mine = text_of(open_page(login(cast.resident), f"/suggestions/{number}/"))
    for expected in (
        "督办函 沈河人大督〔2026〕5号", "逾期未答复", "请抓紧办理。", "请在2026年9月24日前答复。"
    ):  # fmt: skip
        assert expected in page
    assert "督办函" not in mine


def test_a_new_letter_is_to_be_answered_within_a_week_of_work(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    with on(2026, 9, 28):
        row = journey.handling().assignments.get()
        page = open_page(login(cast.clerk), f"/admin/suggestions/assignment/{row.pk}/do/urge/")
    assert 'value="2026-10-10"' in page
    assert "10 月 1 日–10 月 7 日（国庆节）不计" in page


def test_it_costs_the_same_however_long_it_is(
    cast: SimpleNamespace, journey: Journey, letters: dict[str, SupervisionLetter], login: Callable
) -> None:
    client = login(cast.clerk)

    few = queries(client, PAGE)
    for _turn in range(6):
        row = journey.handling().assignments.get()
        act("urge", row, cast.clerk, text="请抓紧办理。", due=journey.due())
    assert queries(client, PAGE) == few <= 12


@pytest.mark.parametrize("who", ["admin", "secrecy"])
def test_whoever_does_not_work_off_cases_is_refused(cast: SimpleNamespace, login: Callable, who: str) -> None:
    assert login(getattr(cast, who)).get(PAGE).status_code == 403
