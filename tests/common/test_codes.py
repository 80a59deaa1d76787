from congress_portal.common.codes import ALPHABET, codes_match, hash_code, new_code, normalise_code


def test_a_code_has_only_signs_that_are_not_misread():
    assert set("".join(new_code(50) for _ in range(40))) == set(ALPHABET)
    assert not set("0O1IL") & set(ALPHABET)
    assert len(new_code()) == 8


def test_codes_do_not_repeat():
    assert len({new_code() for _ in range(2000)}) == 2000


def test_a_code_matches_however_it_is_typed():
    stored = hash_code("ABCD2345")
    for typed in ("abcd2345", " ABCD 2345 ", "abcd-2345", "ＡＢＣＤ２３４５", "ABCD–2345\u200b"):
        assert codes_match(typed, stored)
    assert normalise_code("abcd-2345") == "ABCD2345"


def test_another_code_and_an_empty_hash_match_nothing():
    stored = hash_code("ABCD2345")
    assert not codes_match("ABCD2346", stored)
    assert not codes_match("", stored)
    assert not codes_match("", "")
    assert not codes_match("ABCD2345", "无")


def test_the_hash_depends_on_the_key(settings):
    stored = hash_code("ABCD2345")
    settings.FIELD_KEYS = ["A" * 43 + "="]
    assert not codes_match("ABCD2345", stored)
