"""Number and query code."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.conftest import Journey

from .conftest import text_of

pytestmark = pytest.mark.django_db
TRACK = "/suggestions/track/"


def try_code(client: Client, number: str, code: str) -> Any:
    return client.post(TRACK, {"number": number, "code": code})


def test_the_right_code_opens_the_case_for_this_browser(
    client: Client, cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    response = try_code(client, case.number, case.fresh_code)
    assert response["Location"] == case.get_absolute_url()
    assert case.text in text_of(client.get(case.get_absolute_url()))
    assert case.text not in text_of(Client().get(case.get_absolute_url()))


def test_it_does_not_matter_how_they_are_typed(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    code = case.fresh_code
    for number, typed in (
        (case.number.translate(wide), code.lower()),
        (f" {case.number[:4]} {case.number[4:]} ", f"{code[:4]}-{code[4:]}"),
        (f"{case.number[:4]}-{case.number[4:]}", " ".join(code)),
        (f"编号{case.number}", "".join(chr(ord(sign) + 0xFEE0) for sign in code)),
    ):
        assert try_code(Client(), number, typed).status_code == 302, (number, typed)


def test_a_wrong_code_says_the_same_whether_the_number_exists(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    answers = []
    for number in (case.number, "2026777777"):
        response = try_code(Client(), number, "WRONG234")
        assert response.status_code == 200
        errors = response.context["form"].errors
        answers.append((errors.as_json(), len(response.content)))
    assert answers[0] == answers[1]


def test_a_code_opens_only_its_own_number(client: Client, cast: SimpleNamespace, journey: Journey) -> None:
    mine, other = journey.submitted(), journey.submitted(text="别人的事情,不要给外人看。")
    assert try_code(client, other.number, mine.fresh_code).status_code == 200
    assert "别人的事情" not in text_of(client.get(other.get_absolute_url()))


def test_what_was_typed_stays_after_a_mistake(client: Client, cast: SimpleNamespace) -> None:
    html = text_of(try_code(client, "2026000001", "WRONG234"))
    assert 'value="2026000001"' in html


def test_one_address_is_stopped_after_many_tries(client: Client, cast: SimpleNamespace) -> None:
    for index in range(20):
        assert try_code(client, f"20260000{index:02d}", "WRONG234").status_code == 200
    response = try_code(client, "2026000099", "WRONG234")
    assert response.status_code == 429
    assert 'value="2026000099"' in text_of(response)


def test_one_number_is_stopped_whatever_the_address(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    for index in range(20):
        Client(REMOTE_ADDR=f"10.0.0.{index}").post(TRACK, {"number": case.number, "code": "WRONG234"})
    response = Client(REMOTE_ADDR="10.0.1.1").post(TRACK, {"number": case.number, "code": case.fresh_code})
    assert response.status_code == 429


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", ""),
        ("x", "x"),
        ("\x00", "\x00"),
        ("9" * 40, "9" * 40),
        ("9" * 5000, "A" * 5000),
        ("𬱖🙂", "<script>"),
        ("-1", "%00"),
    ],
)
def test_odd_numbers_and_codes_are_answered(
    client: Client, cast: SimpleNamespace, number: str, code: str
) -> None:
    response = try_code(client, number, code)
    assert response.status_code == 200
    assert "<script>alert" not in text_of(response)
    assert client.post(TRACK, {}).status_code == 200
    assert client.post(TRACK, {"number": ["1", "2"], "code": ["a"]}).status_code == 200


def test_the_code_page_is_the_same_for_every_number(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    pages = [
        (response.status_code, text_of(response).replace(number, "N"))
        for number in (case.number, "2026777777")
        for response in [Client().get(f"/suggestions/{number}/")]
    ]
    status = {page[0] for page in pages}
    without_token = {"\n".join(line for line in page[1].splitlines() if "csrf" not in line) for page in pages}
    assert status == {200}
    assert len(without_token) == 1


def test_closing_forgets_the_case(client: Client, cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    try_code(client, case.number, case.fresh_code)
    assert client.post(f"/suggestions/{case.number}/close/")["Location"] == TRACK
    assert case.text not in text_of(client.get(case.get_absolute_url()))
    assert client.post("/suggestions/2026777777/close/")["Location"] == TRACK
    assert client.get(f"/suggestions/{case.number}/close/").status_code == 405


def test_only_so_many_cases_are_held(client: Client, cast: SimpleNamespace, journey: Journey) -> None:
    from suggestions.views.public import access

    case = journey.submitted()
    session = client.session
    session["held"] = list(range(1000, 1000 + access.MAX_HELD))
    session.save()
    try_code(client, case.number, case.fresh_code)
    assert client.session["held"][-1] == case.pk
    assert len(client.session["held"]) == access.MAX_HELD
