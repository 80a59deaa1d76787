"""The second person decides on a refusal with its ground and its words before the eyes."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.conftest import Journey, act

from .pages import do_url, open_page, press, text_of


@pytest.mark.parametrize(("ground", "who"), [("accusation", "secrecy"), ("insult", "head")])
@pytest.mark.parametrize("action", ["confirm_decline", "refuse_decline"])
def test_ground_words_and_proposer_stand_above_the_form(
    cast: SimpleNamespace, journey: Journey, login: Callable, ground: str, who: str, action: str
) -> None:
    case, code = journey.submitted(), getattr(cast, ground)
    given = {"code": code, "text": "您反映的事项请向有权机关反映。", "where_to_go": "请拨打 12388。"}
    act("propose_decline", case, cast.liaison, **given)

    words = text_of(open_page(login(getattr(cast, who)), do_url(case, action)))

    for part in (str(code), given["text"], given["where_to_go"], str(cast.liaison)):
        assert part in words, part


def test_the_words_stay_where_the_note_is_missing(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    given = {"code": cast.insult, "text": "请写明事情经过。", "where_to_go": "欢迎重新提交。"}
    act("propose_decline", case, cast.liaison, **given)

    page = press(login(cast.head), case, "refuse_decline", note="").content.decode()

    assert 'id="id_note_error"' in page
    assert "请写明事情经过。" in text_of(page)
