"""Who each row is: proposed with a reason, decided by a clerk, nobody elected twice."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deputies.models import Deputy, MandateChange, TermChange, TermMatch
from deputies.services import record_change
from suggestions.errors import Refused, WrongState
from suggestions.term_change.confirming import confirm
from suggestions.term_change.drafting import agree, decide
from tests.admin.pages import text_of

from .conftest import LINE, TODAY, bring_in, person_line, url


def proposal(
    world: SimpleNamespace, change: TermChange, *lines: dict[str, Any]
) -> list[tuple[str, str, Any]]:
    bring_in(change, list(lines), world.clerk)
    return [
        (row.match, row.match_reason, row.deputy)
        for row in change.rows.select_related("deputy").order_by("line")
    ]


def test_the_same_name_and_unit_is_the_same_person(world: SimpleNamespace, change: TermChange) -> None:
    assert proposal(world, change, person_line(world.keeper)) == [("SAME", "NAME_AND_UNIT", world.keeper)]


def test_widths_and_spaces_of_a_unit_do_not_matter(world: SimpleNamespace, change: TermChange) -> None:
    world.keeper.organisation = "示例（A）工厂"
    world.keeper.save()
    line = person_line(world.keeper, 单位="示例(Ａ) 工厂")
    assert proposal(world, change, line) == [("SAME", "NAME_AND_UNIT", world.keeper)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"单位": "示例医院"}, "UNIT_DIFFERS"),
        ({"单位": ""}, "UNIT_UNKNOWN"),
        ({"性别": "女"}, "GENDER_DIFFERS"),
    ],
)
def test_what_speaks_against_it_leaves_the_question_open(
    world: SimpleNamespace, change: TermChange, changes: dict[str, str], reason: str
) -> None:
    assert proposal(world, change, person_line(world.keeper, **changes)) == [("OPEN", reason, None)]


def test_of_two_people_of_one_name_the_unit_tells_which(world: SimpleNamespace, change: TermChange) -> None:
    assert proposal(world, change, person_line(world.other_zhang)) == [
        ("SAME", "NAME_AND_UNIT", world.other_zhang)
    ]


def test_without_the_unit_two_people_of_one_name_are_asked_about(
    world: SimpleNamespace, change: TermChange
) -> None:
    assert proposal(world, change, LINE | {"姓名": "张伟", "单位": ""}) == [("OPEN", "SEVERAL", None)]


def test_a_name_nobody_has_is_a_new_person(world: SimpleNamespace, change: TermChange) -> None:
    assert proposal(world, change, LINE) == [("NEW", "NOBODY", None)]


def test_two_rows_never_get_one_person(world: SimpleNamespace, change: TermChange) -> None:
    found = proposal(world, change, person_line(world.keeper), person_line(world.keeper, 选区="第2选区"))
    assert found == [("OPEN", "TWICE", None), ("OPEN", "TWICE", None)]


def test_who_has_died_is_not_proposed(world: SimpleNamespace, change: TermChange) -> None:
    record_change(world.keeper.mandates.get(), MandateChange.DIED, TODAY, TODAY, by=world.clerk)
    assert proposal(world, change, person_line(world.keeper)) == [("OPEN", "DIED", None)]


def test_somebody_out_of_office_for_years_is_known_too(world: SimpleNamespace, change: TermChange) -> None:
    world.keeper.mandates.update(ends_on=date(2022, 1, 1))
    assert proposal(world, change, person_line(world.keeper))[0][2] == world.keeper


def test_the_list_tells_two_people_of_one_name_apart(clerk: Client, change: TermChange, world: Any) -> None:
    bring_in(change, [LINE | {"姓名": "张伟", "单位": ""}], world.clerk)
    text = text_of(clerk.get(url(change, "rows")).content.decode())
    for words in (
        "T0004",
        "第一中学",
        "甲社区代表联络站",
        "T0005",
        "第二医院",
        "乙社区代表联络站",
        "测试区十九届",
    ):
        assert words in text


def test_the_plain_ones_are_confirmed_together_and_only_they(
    clerk: Client, world: SimpleNamespace, change: TermChange
) -> None:
    lines = [person_line(world.keeper), LINE, person_line(world.both, 单位="示例商场")]
    bring_in(change, lines, world.clerk)
    clerk.post(url(change, "agree"), {"match": "SAME"})
    assert [row.name for row in change.rows.filter(is_confirmed=True)] == ["高示例"]
    clerk.post(url(change, "agree"), {"match": "NEW"})
    clerk.post(url(change, "agree"), {"match": "OPEN"})
    assert [row.name for row in change.rows.filter(is_confirmed=False)] == ["何示例"]


def test_a_row_is_decided_and_the_next_one_comes(
    clerk: Client, world: SimpleNamespace, change: TermChange
) -> None:
    bring_in(change, [LINE | {"姓名": "张伟", "单位": ""}, LINE], world.clerk)
    first, second = change.rows.all()
    page = clerk.get(url(change, "row", first.pk))
    assert page.context["form"]["who"].value() is None
    answer = clerk.post(url(change, "row", first.pk), {"who": "T0005"})
    assert answer.url == url(change, "row", second.pk)
    first.refresh_from_db()
    assert (first.deputy, first.match_reason, first.is_confirmed) == (world.other_zhang, "CHOSEN", True)
    assert clerk.post(url(change, "row", second.pk), {"who": "NEW"}).url == url(change)


def test_somebody_who_changed_the_name_is_found_by_key(
    clerk: Client, world: SimpleNamespace, filled: TermChange
) -> None:
    row = filled.rows.get(name="新示例")
    clerk.post(url(filled, "row", row.pk), {"who": "OTHER", "key": "ｔ0001"})
    row.refresh_from_db()
    assert (row.deputy, row.is_confirmed) == (world.leaver, True)


@pytest.mark.parametrize("key", ["", "D9999", "x" * 21, "\x00", "%00"])
def test_a_key_nobody_has_is_said_at_the_field(clerk: Client, filled: TermChange, key: str) -> None:
    row = filled.rows.get(name="新示例")
    page = clerk.post(url(filled, "row", row.pk), {"who": "OTHER", "key": key})
    assert page.status_code == 200
    assert "key" in page.context["form"].errors


@pytest.mark.parametrize("given", [{}, {"who": "T0002"}, {"who": "nobody"}, {"who": "9" * 400}])
def test_a_forged_choice_is_refused(clerk: Client, filled: TermChange, given: dict[str, str]) -> None:
    row = filled.rows.get(name="新示例")
    page = clerk.post(url(filled, "row", row.pk), given)
    assert "who" in page.context["form"].errors
    row.refresh_from_db()
    assert not row.is_confirmed


def test_a_person_is_elected_once(clerk: Client, world: SimpleNamespace, ready: TermChange) -> None:
    row = ready.rows.get(name="新示例")
    page = clerk.post(url(ready, "row", row.pk), {"who": "OTHER", "key": "T0002"})
    assert "第 2 行" in str(page.context["form"].errors) or "row 2" in str(page.context["form"].errors)
    with pytest.raises(Refused):
        decide(row, match=TermMatch.SAME, deputy=world.keeper, user=world.clerk)


def test_a_decision_goes_before_a_mere_proposal(world: SimpleNamespace, filled: TermChange) -> None:
    row, proposed = filled.rows.get(name="新示例"), filled.rows.get(name="高示例")
    decide(row, match=TermMatch.SAME, deputy=world.keeper, user=world.clerk)
    proposed.refresh_from_db()
    assert (proposed.match, proposed.deputy, proposed.match_reason) == ("OPEN", None, "TWICE")


def test_a_decision_can_be_opened_again(clerk: Client, ready: TermChange) -> None:
    row = ready.rows.get(name="高示例")
    clerk.post(url(ready, "row", row.pk), {"who": "LATER"})
    row.refresh_from_db()
    assert (row.match, row.deputy, row.is_confirmed) == ("OPEN", None, False)


def test_after_the_confirmation_nothing_is_decided_any_more(
    clerk: Client, world: SimpleNamespace, ready: TermChange
) -> None:
    confirm(ready, user=world.head)
    row = ready.rows.first()
    assert clerk.post(url(ready, "row", row.pk), {"who": "NEW"}).url == url(ready, "rows")
    with pytest.raises(WrongState):
        decide(row, match=TermMatch.NEW, deputy=None, user=world.clerk)
    with pytest.raises(WrongState):
        agree(ready, TermMatch.NEW, user=world.clerk)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("show=todo", ["张伟", "新示例"]), ("show=done", ["高示例"]), ("show=all&name=新", ["新示例"]),
        ("show=all&name=第一中学", ["张伟"]), ("show=nothing", ["张伟", "新示例"]), ("show=open", []),
        ("show=all&page=9", ["高示例", "张伟", "新示例"]), ("show=all&page=x", ["高示例", "张伟", "新示例"]),
        ("show=all&name=%00", ["高示例", "张伟", "新示例"]),
    ],
)  # fmt: skip
def test_the_list_shows_what_was_asked_for(
    clerk: Client, world: SimpleNamespace, filled: TermChange, query: str, names: list[str]
) -> None:
    decide(filled.rows.get(name="高示例"), match=TermMatch.SAME, deputy=world.keeper, user=world.clerk)
    page = clerk.get(f"{url(filled, 'rows')}?{query}")
    if page.status_code == 400:
        # Some values are refused for all pages alike.
        assert "%00" in query
        return
    assert [row.name for row in page.context["rows"]] == names


def test_the_list_asks_as_often_for_forty_rows_as_for_four(
    clerk: Client, world: SimpleNamespace, change: TermChange
) -> None:
    def asked(count: int) -> int:
        people = [
            Deputy.objects.get_or_create(
                key=f"Q{place:03d}", defaults={"name": f"众示例{chr(0x4E00 + place)}"}
            )[0]
            for place in range(count)
        ]
        bring_in(change, [person_line(person, 单位="示例商场") for person in people], world.clerk)
        clerk.get(url(change, "rows"))
        with CaptureQueriesContext(connection) as queries:
            assert len(clerk.get(url(change, "rows")).context["rows"]) == count
        return len(queries)

    assert asked(4) == asked(40)
