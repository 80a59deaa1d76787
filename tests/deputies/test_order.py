"""A deputy's place in official lists: computed whenever a row is written, by the rules staff have set."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from simple_history.utils import bulk_update_with_history

from deputies.models import Deputy, OrderSetting, RareCharacter
from deputies.selectors import unplaced

pytestmark = pytest.mark.django_db
BOOKLET = [
    "丁一", "王一", "文一", "李一鸣", "李大鸣", "张一", "欧阳一", "洪一", "高富", "高大富", "戴一", "魏一"
]  # fmt: skip


@pytest.fixture
def people():
    rows = [Deputy(key=f"K{number:02}", name=name) for number, name in enumerate(reversed(BOOKLET))]
    return Deputy.objects.bulk_create(rows)


def listed():
    return list(Deputy.objects.values_list("name", flat=True))


def test_the_database_sorts_as_the_booklet_does(people):
    assert listed() == BOOKLET


def test_a_saved_row_has_its_place_and_its_readings():
    row = Deputy.objects.create(key="K1", name="曾小明")
    row.refresh_from_db()
    assert row.sort_key.startswith("999")
    assert (row.pinyin, row.initials) == ("zengxiaoming xiaoming", "zxm xm")


def test_a_new_name_is_a_new_place(people):
    row = Deputy.objects.get(name="魏一")
    row.name = "丁二"
    row.save(update_fields=["name"])
    assert listed()[:2] == ["丁一", "丁二"]


def test_writing_something_else_costs_nothing_more(people):
    row = Deputy.objects.get(name="魏一")
    row.position = "教师"
    with CaptureQueriesContext(connection) as queries:
        row.save(update_fields=["position"])
    assert not [query for query in queries if "ordersetting" in query["sql"]]


def test_names_changed_in_bulk_move_too(people):
    rows = list(Deputy.objects.filter(name__in=["魏一", "戴一"]))
    for row in rows:
        row.name = row.name.replace("一", "二")
    bulk_update_with_history(rows, Deputy, ["name"])
    assert listed()[-2:] == ["戴二", "魏二"]
    row = Deputy.objects.get(name="魏二")
    assert row.pinyin == "weier er"


def test_leaders_come_first_by_post(people):
    for name, post in (("魏一", 1), ("丁一", 2)):
        row = Deputy.objects.get(name=name)
        row.leader_order = post
        row.save()
    assert listed()[:3] == ["魏一", "丁一", "王一"]


def test_a_name_may_stand_where_another_one_would(people):
    row = Deputy.objects.get(name="魏一")
    row.sort_override = "王一 2"
    row.full_clean()
    row.save()
    assert listed()[:4] == ["丁一", "王一", "魏一", "文一"]


@pytest.mark.parametrize("written", ["王", "1", "王一0", "王一100", "王1一"])
def test_what_is_no_name_to_stand_as_is_refused(written):
    with pytest.raises(ValidationError) as refused:
        Deputy(key="K1", name="林示例", sort_override=written).full_clean()
    assert list(refused.value.error_dict) == ["sort_override"]


def test_namesakes_stand_by_their_keys():
    for key in ("K2", "K1"):
        Deputy.objects.create(key=key, name="林示例")
    assert list(Deputy.objects.values_list("key", flat=True)) == ["K1", "K2"]


def test_the_other_convention_places_everybody_anew(people):
    OrderSetting(single_first=False).save()
    assert listed().index("高大富") + 1 == listed().index("高富")
    later = Deputy.objects.create(key="K99", name="高一富")
    assert listed().index(later.name) == listed().index("高大富") - 1
    OrderSetting(single_first=True).save()
    assert OrderSetting.objects.count() == 1
    assert [name for name in listed() if name != later.name] == BOOKLET


def test_placing_everybody_leaves_no_history_of_people(people):
    before = Deputy.history.count()
    OrderSetting(single_first=False).save()
    assert Deputy.history.count() == before
    assert OrderSetting.history.count() == 1


def test_a_rare_character_is_last_until_it_is_entered_and_again_when_it_is_taken_out(people):
    Deputy.objects.create(key="K98", name="㛃一")
    assert listed()[-1] == "㛃一"
    assert unplaced() == ["㛃"]
    entered = RareCharacter.objects.create(character="㛃", strokes=9, after="契")
    # 洪 has nine strokes too, but begins with 点.
    assert listed()[6:9] == ["欧阳一", "㛃一", "洪一"]
    assert unplaced() == []
    entered.delete()
    assert listed()[-1] == "㛃一"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"character": "王", "strokes": 4}, "character"),
        ({"character": "㛃一", "strokes": 9}, "character"),
        ({"character": "x", "strokes": 9}, "character"),
        ({"character": "", "strokes": 9}, "character"),
        ({"character": "㛃", "strokes": 0}, "strokes"),
        ({"character": "㛃", "strokes": 9, "after": "𬱖"}, "after"),
        ({"character": "㛃", "strokes": 9, "after": "王"}, "after"),
    ],
)
def test_a_rare_character_must_fit_into_the_table(row, field):
    with pytest.raises(ValidationError) as refused:
        RareCharacter(**row).full_clean()
    assert field in refused.value.error_dict


def test_placing_many_costs_the_same_few_queries():
    counts = []
    for number in (10, 300):
        Deputy.objects.bulk_create(Deputy(key=f"P{number}-{n}", name="高大富") for n in range(number))
        OrderSetting(single_first=number == 10).save()
        with CaptureQueriesContext(connection) as queries:
            OrderSetting(single_first=number != 10).save()
        counts.append(len(queries))
    # Only the statement that writes is cut where the database limits its size.
    assert counts[1] <= counts[0] + 300 / 30
