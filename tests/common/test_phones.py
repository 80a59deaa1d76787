import pytest
from django.core.exceptions import ValidationError

from congress_portal.common.phones import normalise_phone, validate_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812341234", "13812341234"),
        (" 138 1234-1234 ", "13812341234"),
        ("１３８１２３４１２３４", "13812341234"),
        ("+86 138 1234 1234", "13812341234"),
        ("008613812341234", "13812341234"),
        ("8613812341234", "13812341234"),
        ("\u202a13812341234\u202c", "13812341234"),
        ("024-22345678", "024-22345678"),
        ("（024）2234 5678", "024-22345678"),
        ("02422345678", "024-22345678"),
        ("22345678", "024-22345678"),
        ("+86 24 2234 5678", "024-22345678"),
        ("0411-82345678", "0411-82345678"),
        ("010 62345678", "010-62345678"),
        ("0427-2834567", "0427-2834567"),
        ("400-123-4567", "4001234567"),
        ("12345", "12345"),
    ],
)
def test_a_number_has_one_form_however_it_is_typed(typed, number):
    assert normalise_phone(typed) == number
    validate_phone(typed)
    assert normalise_phone(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1381234123",
        "138123412345",
        "12812341234",
        "110",
        "abc",
        "024-1234",
        "024-99999999",
        "1381234123x",
        "٠١٢",
    ],
)
def test_what_is_no_number_is_refused_with_a_way_out(typed):
    with pytest.raises(ValidationError) as raised:
        validate_phone(typed)
    assert raised.value.code == "phone"
    assert "024-22345678" in str(raised.value)
