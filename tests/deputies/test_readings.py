"""Names in letters, for looking people up."""

import pytest

from deputies.readings import forms, latin


@pytest.mark.parametrize(
    ("name", "readings", "initials"),
    [
        ("林示例", "linshili shili", "lsl sl"),
        ("单小明", "shanxiaoming xiaoming", "sxm xm"),
        ("曾国", "zengguo guo", "zg g"),
        ("仇一", "qiuyi yi", "qy y"),
        ("区一", "ouyi yi", "oy y"),
        ("解一", "xieyi yi", "xy y"),
        ("查一", "zhayi yi", "zy y"),
        ("任一", "renyi yi", "ry y"),
        ("华一", "huayi yi", "hy y"),
        ("万俟一", "moqiyi yi", "mqy y"),
        ("尉迟一", "yuchiyi yi", "ycy y"),
        ("欧阳一", "ouyangyi yi", "oyy y"),
        ("㛃一", "jieyi yi", "jy y"),
        ("古丽·艾山", "guliaishan liaishan", "glas las"),
    ],
)
def test_a_name_is_read_as_a_name(name, readings, initials):
    assert forms(name) == (readings, initials)


def test_where_families_differ_both_readings_count():
    assert forms("乐一")[0].split() == ["yueyi", "yi", "leyi"]


def test_keyboards_and_passports_write_one_sound_differently():
    assert {"lvyi", "luyi"} <= set(forms("吕一")[0].split())


def test_what_has_no_reading_is_passed_over():
    assert forms("\U0003ffff一") == ("yi", "y")


def test_many_ways_of_reading_stay_few():
    assert len(forms("乐" * 20)[0].split()) <= 16


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("Wang Xiao-Ming", "wangxiaoming"), ("ｗａｎｇ", "wang"), ("Lǚ", "lu"), ("xi'an", "xian"), ("王", ""),
        ("w1", ""), ("", ""), ("%", ""), ("wang王", ""),
    ],
)  # fmt: skip
def test_letters_are_taken_as_people_type_them(typed, letters):
    assert latin(typed) == letters
