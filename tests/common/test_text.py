import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from congress_portal.common.text import clean_line, clean_text, first_sentence, sentences


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("a\u200bb\ufeffc\u2060d\u00ade", "abcde"),
        ("\u202eabc\u202c", "abc"),
        ("  行末有空格   \n下一行\t", "行末有空格\n下一行"),
        ("　　首行缩进", "首行缩进"),
        ("𬱖女士 😀👍🏽", "𬱖女士 😀👍🏽"),
        ("👨\u200d👩\u200d👧 ❤️\u200d🔥", "👨\u200d👩\u200d👧 ❤️\u200d🔥"),
        ("a\u200db", "ab"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("\ud800半", "半"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("﨑", "﨑"),
        (None, ""),
    ],
)
def test_text_keeps_what_people_see_and_loses_what_they_cannot(typed, stored):
    assert clean_text(typed) == stored


def test_a_line_is_one_line():
    assert clean_line(" 文萃路\r\n 12 号　3 单元 ") == "文萃路 12 号 3 单元"


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_the_result_can_be_stored(text):
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert clean(once) == once
        assert "\x00" not in once
        once.encode()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("我家暖气不热。已经三天了。", "我家暖气不热"),
        ("您好。我家暖气不热，请帮忙看看。", "我家暖气不热，请帮忙看看"),
        ("停车位什么时候能画线？很乱", "停车位什么时候能画线？"),
        ("第一行没有句号\n第二行", "第一行没有句号"),
        ("3.5 米宽的路太窄", "3.5 米宽的路太窄"),
        ("您好！", "您好"),
        ("。。。", "。"),
        ("", ""),
        ("长" * 40, "长" * 29 + "…"),
    ],
)
def test_a_title_grows_from_the_first_sentence_that_says_something(text, title):
    assert first_sentence(text) == title


@given(st.text(), st.integers(5, 40))
def test_a_title_is_never_too_long(text, limit):
    assert len(first_sentence(text, limit)) <= limit


def test_sentences_follow_each_other_as_the_language_does_and_empty_ones_are_left_out():
    with translation.override("en"):
        assert sentences("One.", "", "Two.") == "One. Two."
    with translation.override("zh-hans"):
        assert sentences("", "一句。", "两句。", "") == "一句。两句。"
    assert sentences() == sentences("") == ""
