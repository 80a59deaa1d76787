"""The order of names by strokes: the booklets' examples, and that it is an order at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputies.strokes import DOT, STEP, WIDTH, Rare, placed, sort_key, surname_of, table

COMMON = "".join(table())
names = st.text(alphabet=st.sampled_from(COMMON[::37] + DOT + "㛃𬱖"), min_size=2, max_size=20)


def in_order(people, **rules):
    return sorted(people, key=lambda name: sort_key(name, **rules))


@pytest.mark.parametrize("single_first", [True, False])
def test_the_booklets_example_stands_as_printed(single_first):
    printed = ["丁", "王", "文", "李一鸣", "李大鸣", "张", "欧阳", "洪", "高", "戴", "魏"]
    assert in_order(reversed(printed), single_first=single_first) == printed


def test_given_names_of_one_character_come_first():
    assert in_order(["高大富", "高富", "高一鸣"]) == ["高富", "高一鸣", "高大富"]


def test_by_the_other_convention_characters_are_compared_one_by_one():
    people = ["高富", "高大富", "高一鸣"]
    assert in_order(people, single_first=False) == ["高一鸣", "高大富", "高富"]


def test_equal_counts_are_decided_by_the_strokes_themselves():
    # Four strokes each: 横 before 竖 before 撇 before 点 before 折.
    assert in_order(["巴", "文", "毛", "贝", "王"]) == ["王", "贝", "毛", "文", "巴"]


def test_a_compound_family_name_stands_by_its_first_character():
    assert in_order(["洪一", "欧阳一", "张一", "欧一"]) == ["张一", "欧一", "欧阳一", "洪一"]


def test_a_compound_family_name_has_given_names_of_its_own():
    assert in_order(["欧阳大富", "欧阳富"]) == ["欧阳富", "欧阳大富"]
    assert [surname_of(name) for name in ("欧阳富", "欧阳", "东方红", "王富")] == ["欧阳", "欧", "东方", "王"]


def test_the_dot_parts_a_name_before_any_character():
    assert in_order(["古丽一·乙", "古丽·乙", "古丽乙"]) == ["古丽·乙", "古丽一·乙", "古丽乙"]


def test_what_nobody_has_entered_stands_last():
    assert in_order(["㛃一", "龘一", "𬱖一", "一一"]) == ["一一", "龘一", "㛃一", "𬱖一"]


def test_what_was_entered_stands_where_it_belongs():
    rare = placed([Rare("㛃", 9, "契"), Rare("𬱖", 11)])
    following = COMMON[COMMON.index("契") + 1]
    last = [sign for sign, place in table().items() if place.strokes == 11][-1]
    first = next(sign for sign, place in table().items() if place.strokes == 12)
    people = [f"{sign}一" for sign in ("契", "㛃", following, last, "𬱖", first)]
    assert in_order(reversed(people), rare=rare) == people


def test_two_at_one_place_both_have_one():
    rare = placed([Rare("𬱖", 9, "契"), Rare("㛃", 9, "契"), Rare("𬱗", 64)])
    assert rare["㛃"] != rare["𬱖"]
    assert len(set(rare.values())) == 3


def test_a_number_parts_equal_names_and_nothing_else():
    assert sort_key("王小明") < sort_key("王小明", number=1) < sort_key("王小明", number=99)
    assert sort_key("王小明", number=99) < sort_key("王小明一") < sort_key("王小龘")


def test_every_character_has_a_place_of_its_own():
    values = [place.value for place in table().values()]
    assert len(values) == 20_897
    assert values == sorted(set(values))
    assert all(value % STEP == 0 for value in values)
    counts = [place.strokes for place in table().values()]
    assert counts == sorted(counts)


@pytest.mark.parametrize(("sign", "strokes"), [("一", 1), ("王", 4), ("李", 7), ("高", 10), ("魏", 17)])
def test_the_line_of_the_table_is_the_number_of_strokes(sign, strokes):
    assert table()[sign].strokes == strokes


@given(names, st.booleans(), st.integers(0, 99))
def test_a_key_is_digits_of_known_length(name, single_first, number):
    key = sort_key(name, single_first=single_first, number=number)
    assert key.isascii()
    assert key.isdigit()
    assert len(key) == WIDTH * (len(name) + single_first + bool(number))


@given(names, names, st.booleans())
def test_two_names_share_a_key_only_if_they_are_one(one, other, single_first):
    same = sort_key(one, single_first=single_first) == sort_key(other, single_first=single_first)
    assert same == (one == other)


@given(st.lists(names, max_size=12), st.booleans(), st.randoms())
def test_the_order_does_not_depend_on_where_it_began(people, single_first, chance):
    mixed = list(people)
    chance.shuffle(mixed)
    assert in_order(mixed, single_first=single_first) == in_order(people, single_first=single_first)


@given(names, names, names)
def test_one_by_one_a_longer_name_stays_beside_its_beginning(name, other, ending):
    longer = (name + ending)[:20]
    keys = [sort_key(each, single_first=False) for each in (name, longer, other)]
    if keys[0] < keys[2] and not other.startswith(name):
        assert keys[1] < keys[2]
