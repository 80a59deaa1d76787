"""How much two texts say the same."""

import pytest

from suggestions.likeness import likeness, pairs

HEATING = "三号楼暖气不热，室内只有十四度，老人冻感冒了，请尽快处理。"


def alike(one: str, other: str) -> float:
    return likeness(pairs(one), pairs(other))


def test_the_same_words_are_the_same_whatever_stands_between_them() -> None:
    assert alike(HEATING, "三号楼暖气 不热。室内只有十四度！\n老人冻感冒了——请尽快处理") == 1.0
    assert alike("WIFI太慢", "wifi太慢") == 1.0


def test_other_matters_have_next_to_nothing_in_common() -> None:
    assert alike(HEATING, "小区停车位不够，晚上消防通道也被占用。") < 0.05


def test_the_same_matter_in_other_words_lies_between() -> None:
    assert 0.3 < alike(HEATING, "三号楼暖气还是不热，今天室内十三度，老人都冻感冒了，请尽快处理") < 0.9


@pytest.mark.parametrize("text", ["", "。", "字"])
def test_a_text_without_two_signs_is_like_nothing(text: str) -> None:
    assert alike(text, text) == 0.0


def test_it_does_not_matter_which_of_them_comes_first() -> None:
    other = "暖气不热，请处理。"
    assert alike(HEATING, other) == alike(other, HEATING)
