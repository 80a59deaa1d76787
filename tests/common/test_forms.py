import pytest
from django import forms
from django.core.exceptions import ValidationError

from congress_portal.common.forms import ClearTextField, PhoneField


class Letter(forms.Form):
    text = ClearTextField(max_length=10)
    place = ClearTextField(single_line=True, required=False, max_length=5)
    phone = PhoneField()


def _letter(**data):
    return Letter({"text": "暖气不热", "phone": "13812341234"} | data)


def test_what_is_typed_arrives_clean():
    form = _letter(text=" 暖气\r\n不热\x00 ", place="a\n b", phone="+86 138-1234-1234")
    assert form.is_valid()
    assert form.cleaned_data == {"text": "暖气\n不热", "place": "a b", "phone": "13812341234"}


def test_length_counts_characters_after_cleaning_not_bytes_or_newlines_twice():
    assert _letter(text="𬱖😀" * 5).is_valid()
    assert _letter(text="一\r\n二\r\n三\r\n四\r\n五\r\n").is_valid()


def test_too_long_text_is_told_by_how_much():
    form = _letter(text="长" * 1_000_000)
    assert not form.is_valid()
    error = form.errors.as_data()["text"][0]
    assert error.code == "max_length"
    assert error.params == {"limit": 10, "length": 1_000_000}


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "\x00", "\u3000"])
def test_text_that_shows_nothing_is_missing(text):
    assert _letter(text=text).errors.as_data()["text"][0].code == "required"


def test_a_wrong_phone_is_refused_and_an_optional_one_may_be_left_out():
    assert _letter(phone="123").errors.as_data()["phone"][0].code == "phone"
    assert _letter(phone="").errors.as_data()["phone"][0].code == "required"
    assert PhoneField(required=False).clean("") == ""
    with pytest.raises(ValidationError):
        PhoneField(required=False).clean("123")


def test_the_browser_is_told_the_length_but_cuts_nothing_off():
    page = str(_letter()["text"])
    assert 'data-maxlength="10"' in page
    assert " maxlength" not in page
    assert 'type="tel"' in str(_letter()["phone"])
    assert 'inputmode="tel"' in str(_letter()["phone"])
