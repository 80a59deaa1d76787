"""Invented people: repeatable, varied, and awkward where real rosters are."""

from collections import Counter
from random import Random

import pytest

from suggestions.demo.names import demo_phone, deputy_names, resident_name


def test_equal_seeds_give_equal_people():
    assert deputy_names(320) == deputy_names(320)
    assert deputy_names(320) != deputy_names(320, seed=20)


def test_a_few_people_share_a_name_and_are_told_apart_by_their_unit():
    people = deputy_names(320)
    counted = Counter(person.name for person in people)
    same = {name for name, count in counted.items() if count > 1}
    assert 2 <= len(same) <= 8
    assert len({(person.name, person.organisation) for person in people}) == 320


def test_names_that_break_weak_software_are_among_them():
    names = {person.name for person in deputy_names(320)}
    assert any("㛃" in name for name in names)
    assert any("𬱖" in name for name in names)
    assert any("·" in name for name in names)
    assert any(len(name) == 2 for name in names)
    assert any(
        name.startswith(("欧阳", "上官", "司徒", "诸葛", "慕容", "司马", "夏侯", "东方")) for name in names
    )


def test_women_and_several_ethnicities_are_among_them():
    people = deputy_names(320)
    assert 0.3 < sum(person.is_woman for person in people) / 320 < 0.55
    counted = Counter(person.ethnicity for person in people)
    assert counted.most_common(1)[0][0] == "汉族"
    assert {"满族", "回族", "锡伯族", "朝鲜族"} <= counted.keys()


def test_every_employer_says_that_it_is_an_example():
    assert all(person.organisation.startswith("示例") for person in deputy_names(320))


def test_demo_phones_are_valid_in_form_and_bounded():
    assert demo_phone(7) == "19900000007"
    with pytest.raises(ValueError, match="0 to 9999"):
        demo_phone(10000)


def test_residents_sign_in_several_ways():
    rng = Random(1)
    names = {resident_name(rng) for _ in range(200)}
    assert len(names) > 120
    assert any(name.endswith("女士") for name in names)
