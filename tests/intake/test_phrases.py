"""Templates above the fields that ask for a text, in the office, at the workbench and at the desk."""

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest

from suggestions import phrases
from suggestions.models import ReplyTemplate
from tests.admin.pages import do_url, open_page
from tests.conftest import Journey, act

from .bench import open_bench

Use = ReplyTemplate.Use


def offered(html: str) -> dict[str, str]:
    """Text of the template → the address that fills it in."""
    found = re.findall(r'<a class="phrase" href="([^"]+)" data-phrase="([^"]*)"', html)
    return {unescape(text): unescape(address) for address, text in found}


@pytest.fixture
def rows(cast: SimpleNamespace) -> dict[str, ReplyTemplate]:
    """One template for each use, all others gone."""
    ReplyTemplate.objects.all().delete()
    return {
        use: ReplyTemplate.objects.create(use=use, name=f"常用语{use}", text=f"这是{use}的常用语。")
        for use in Use.values
    }


def places(cast: SimpleNamespace, journey: Journey) -> dict[str, tuple[Any, str, str]]:
    """Use → who, the page, the input it is for."""
    new, accepted, handling = journey.submitted(), journey.accepted(), journey.handling()
    row = handling.assignments.get()
    act("sign", row, cast.officer)
    reason = f"?code={cast.decline_reason.pk}"
    return {
        Use.ASK_MORE: (cast.clerk, do_url(new, "ask_more"), "question"),
        Use.DECLINE: (cast.liaison, f"/desk/{new.number}/do/decline/{reason}", "text"),
        Use.TRANSFER: (cast.clerk, do_url(new, "transfer"), "text"),
        Use.ANSWER: (cast.deputy, f"/desk/{accepted.number}/do/answer_direct/", "reply"),
        Use.INQUIRY: (cast.clerk, do_url(new, "answer_inquiry"), "reply"),
        Use.ASSIGN: (cast.clerk, do_url(accepted, "assign"), "instructions"),
        Use.DRAFT: (cast.officer, f"/desk/row/{row.pk}/do/draft/", "text"),
    }


@pytest.mark.parametrize("use", Use.values)
def test_each_form_offers_its_own_templates_and_fills_one_in(
    cast: SimpleNamespace, journey: Journey, login: Callable, rows: dict[str, ReplyTemplate], use: str
) -> None:
    who, page, name = places(cast, journey)[use]
    client = login(who)

    html = open_page(client, page)
    found = dict(re.findall(r'name="take" value="(\d+)"[^>]*data-phrase="([^"]*)"', html))
    assert list(found.values()) == [rows[use].text]
    code = {"code": cast.decline_reason.pk} if use == Use.DECLINE else {}
    typed = cast.decline_reason.text if use == Use.DECLINE else "已写的话。"
    answer = client.post(page, {name: typed, "take": next(iter(found)), **code})
    filled = answer.content.decode()

    # Nothing is sent by it, and what was typed stays.
    assert answer.status_code == 200
    area = re.search(rf'<textarea name="{name}".*?</textarea>', filled, re.DOTALL)
    assert area
    assert f"{typed}\n{rows[use].text}" in area[0]
    if use == Use.DECLINE:
        # The ground's own words stay, and the ground with them.
        assert f'name="code" value="{cast.decline_reason.pk}"' in filled


def test_those_of_the_category_come_first_and_those_of_others_not_at_all(
    cast: SimpleNamespace, journey: Journey, rows: dict[str, ReplyTemplate]
) -> None:
    case = journey.submitted(category=cast.category)
    own = ReplyTemplate.objects.create(
        use="ask_more", name="停车", text="请写明车位。", category=cast.category
    )
    ReplyTemplate.objects.create(use="ask_more", name="供暖", text="几度？", category=cast.other_category)
    ReplyTemplate.objects.create(use="ask_more", name="旧", text="旧的。", is_active=False)

    assert phrases.offered("ask_more", case) == [own, rows["ask_more"]]
    assert phrases.offered("comment", case) == []


@pytest.mark.parametrize("key", ["", "x", "999999", "1' OR 1=1"])
def test_an_address_that_names_no_template_fills_in_nothing(
    cast: SimpleNamespace, journey: Journey, login: Callable, rows: dict[str, ReplyTemplate], key: str
) -> None:
    page = open_page(login(cast.clerk), f"{do_url(journey.submitted(), 'ask_more')}?template={key}")

    assert re.search(r'<textarea name="question"[^>]*>\s*</textarea>', page)


def test_a_template_of_another_form_is_none_for_this_one(
    cast: SimpleNamespace, journey: Journey, login: Callable, rows: dict[str, ReplyTemplate]
) -> None:
    page = open_page(
        login(cast.clerk), f"{do_url(journey.submitted(), 'ask_more')}?template={rows['draft'].pk}"
    )

    assert rows["draft"].text not in page


def test_the_workbench_offers_them_for_its_questions_and_instructions(
    cast: SimpleNamespace, journey: Journey, login: Callable, rows: dict[str, ReplyTemplate]
) -> None:
    journey.submitted()
    client = login(cast.clerk)

    found = offered(open_bench(client))
    assert set(found) == {rows["ask_more"].text, rows["assign"].text}
    address = found[rows["ask_more"].text].partition("#")[0]

    page = open_bench(client, address.lstrip("?"))
    area = re.search(r'<textarea name="question".*?</textarea>', page, re.DOTALL)
    assert area
    assert rows["ask_more"].text in area[0]
