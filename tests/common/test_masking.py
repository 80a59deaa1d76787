import pytest

from congress_portal.common.masking import mask_email, mask_phone, mask_text, public_name


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812341234", "138****1234"),
        ("138 1234 1234", "138****1234"),
        ("024-22345678", "024-****5678"),
        ("0411-82345678", "0411-****5678"),
        ("4001234567", "400****567"),
        ("12345", "12345"),
        ("", ""),
        (None, ""),
        ("123", "***"),
        ("1234567", "*****67"),
    ],
)
def test_a_number_shows_only_its_ends(number, shown):
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("name", "gender", "shown"),
    [
        ("李小明", None, "李某某"),
        ("李小明", "F", "李女士"),
        ("李小明", "男", "李先生"),
        ("欧阳小明", None, "欧阳某某"),
        ("司马光远", "M", "司马先生"),
        ("欧阳", None, "欧某某"),
        ("𬱖小明", None, "𬱖某某"),
        ("李女士", None, "李女士"),
        ("王大爷", "M", "王大爷"),
        ("小李", None, "小李"),
        ("阿依古丽·买买提", None, "阿某某"),
        ("John Smith", None, "J***"),
        ("  ", None, ""),
        (None, None, ""),
    ],
)
def test_a_name_shows_only_the_family(name, gender, shown):
    assert public_name(name, gender) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请打13812341234找我", "请打138****1234找我"),
        ("电话：138-1234-1234。", "电话：138****1234。"),
        ("１３８１２３４１２３４", "138****1234"),
        ("座机024-22345678或(024)22345678", "座机024-****5678或024-****5678"),
        ("两个号13812341234,13912341234", "两个号138****1234,139****1234"),
        ("身份证210103198001011234。", "身份证210***************。"),
        ("证号21010319800101123X", "证号210***************"),
        ("210103 19800101 1234", "210***************"),
        ("+86 13812341234", "138****1234"),
        ("拨打12345已三次，2026年1月5日", "拨打12345已三次，2026年1月5日"),
        ("金额20260105元，编号202601050001", "金额20260105元，编号202601050001"),
        ("", ""),
    ],
)
def test_free_text_loses_numbers_and_nothing_else(text, shown):
    assert mask_text(text) == shown


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("li.shi@example.cn", "l***@example.cn"),
        ("李@example.cn", "李***@example.cn"),
        ("@example.cn", "***@example.cn"),
        ("nonsense", "***"),
        ("", ""),
        (None, ""),
    ],
)
def test_of_an_e_mail_address_the_first_sign_and_the_domain_are_shown(email: str | None, masked: str) -> None:
    assert mask_email(email) == masked
