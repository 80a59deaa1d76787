"""The pages of the guided step: how far it is, what is left, who may press what."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.accounts.models import User
from congress_portal.common import clock
from deputies.models import TermChange
from stations.models import Posting
from tests.admin.pages import INLINE

from .conftest import LONG_AGO, ON_THE_DAY, url

LIST = "/admin/deputies/termchange/"
PAGES = ("change", "set_up", "file", "template", "take", "rows", "agree", "confirm", "undo", "carry_out")


def states(page: object) -> list[str]:
    return [stage["state"] for stage in page.context["stages"]]  # type: ignore[attr-defined]


def links(page: object) -> set[str]:
    """The last part of every address a stage leads to."""
    stages = page.context["stages"]  # type: ignore[attr-defined]
    return {link["url"].rstrip("/").split("/")[-1] for stage in stages for link in stage["links"]}


def test_the_empty_list_says_how_to_begin(clerk: Client, head: Client) -> None:
    assert f'href="{LIST}add/"' in clerk.get(LIST).content.decode()
    assert f'href="{LIST}add/"' not in head.get(LIST).content.decode()


def test_the_list_asks_as_often_for_two_changes_as_for_one(
    clerk: Client, world: SimpleNamespace, change: TermChange
) -> None:
    from suggestions.term_change.drafting import set_up

    def asked() -> int:
        clerk.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            clerk.get(LIST)
        return len(queries)

    before = asked()
    set_up(None, old=world.city, ordinal=18, switch_on=change.switch_on, user=world.clerk)
    assert asked() == before


def test_a_fresh_change_waits_for_its_file(clerk: Client, change: TermChange) -> None:
    page = clerk.get(url(change))
    assert states(page) == ["done", "current", "todo", "todo", "todo", "todo"]
    assert links(page) == {"set-up", "file"}


def test_rows_that_wait_are_the_next_thing(clerk: Client, filled: TermChange) -> None:
    page = clerk.get(url(filled))
    assert states(page) == ["done", "done", "current", "todo", "todo", "todo"]
    assert links(page) == {"set-up", "file", "rows", "confirm"}


def test_who_only_looks_is_offered_nothing_to_change(head: Client, filled: TermChange) -> None:
    assert links(head.get(url(filled))) == {"rows", "confirm"}


def test_a_ready_change_waits_for_somebody_else(clerk: Client, head: Client, ready: TermChange) -> None:
    assert states(clerk.get(url(ready))) == ["done", "done", "done", "current", "todo", "todo"]
    button = re.compile(r'<form method="post" data-guard>')
    assert not button.search(clerk.get(url(ready, "confirm")).content.decode())
    assert button.search(head.get(url(ready, "confirm")).content.decode())


def test_pressing_the_button_confirms_it(head: Client, world: SimpleNamespace, ready: TermChange) -> None:
    assert head.post(url(ready, "confirm")).url == url(ready)
    ready.refresh_from_db()
    assert (ready.status, ready.confirmed_by) == ("CONFIRMED", world.head)
    page = head.get(url(ready))
    assert states(page) == ["done", "done", "done", "done", "current", "todo"]
    assert "undo" in links(page)
    assert "carry-out" not in links(page)


def test_a_second_press_is_told_and_changes_nothing(head: Client, ready: TermChange) -> None:
    head.post(url(ready, "confirm"))
    answer = head.post(url(ready, "confirm"), follow=True)
    assert "已确认，待换届日" in answer.content.decode() or "waits for its day" in answer.content.decode()
    assert ready.new.mandates.count() == 3


def test_it_is_taken_back_on_a_page_that_asks_first(head: Client, confirmed: TermChange) -> None:
    assert head.get(url(confirmed, "undo")).status_code == 200
    head.post(url(confirmed, "undo"))
    confirmed.refresh_from_db()
    assert (confirmed.status, confirmed.new.mandates.count()) == ("DRAFT", 0)


def test_on_the_day_a_clerk_can_do_it_at_once(
    login: Callable[[User], Client], world: SimpleNamespace, confirmed: TermChange
) -> None:
    with clock.frozen(ON_THE_DAY):
        clerk = login(world.clerk)
        page = clerk.get(url(confirmed))
        assert "carry-out" in links(page)
        assert "undo" not in links(page)
        assert clerk.get(url(confirmed, "carry_out")).status_code == 200
        clerk.post(url(confirmed, "carry_out"))
        assert states(clerk.get(url(confirmed))) == ["done"] * 6
    confirmed.refresh_from_db()
    assert (confirmed.status, confirmed.result["done_by"]) == ("DONE", str(world.clerk))


def test_before_the_day_the_button_does_nothing(clerk: Client, confirmed: TermChange) -> None:
    assert clerk.get(url(confirmed, "carry_out")).url == url(confirmed)
    clerk.post(url(confirmed, "carry_out"))
    confirmed.refresh_from_db()
    assert confirmed.status == "CONFIRMED"


@pytest.mark.parametrize("which", ["confirm", "undo"])
@pytest.mark.parametrize("who", ["clerk", "clerk2", "admin"])
def test_clerks_neither_confirm_nor_take_back(
    login: Callable[[User], Client], world: SimpleNamespace, ready: TermChange, which: str, who: str
) -> None:
    assert login(getattr(world, who)).post(url(ready, which)).status_code == 403
    ready.refresh_from_db()
    assert ready.status == "DRAFT"


@pytest.mark.parametrize("which", ["set_up", "file", "template", "take", "agree"])
@pytest.mark.parametrize("who", ["reviewer", "head"])
def test_only_clerks_prepare(
    login: Callable[[User], Client], world: SimpleNamespace, filled: TermChange, which: str, who: str
) -> None:
    client = login(getattr(world, who))
    assert client.get(url(filled, which)).status_code == 403
    assert client.post(url(filled, which), {"match": "SAME"}).status_code == 403
    row = url(filled, "row", filled.rows.first().pk)  # type: ignore[union-attr]
    assert (client.get(row).status_code, client.post(row).status_code) == (403, 403)
    assert not filled.rows.filter(is_confirmed=True).exists()


@pytest.mark.parametrize("which", [*PAGES, "hand_over", "hand_over_file"])
@pytest.mark.parametrize("who", ["resident", "liaison", "deputy", "unitlead"])
def test_others_are_asked_to_sign_in_as_somebody_else(
    login: Callable[[User], Client], world: SimpleNamespace, filled: TermChange, which: str, who: str
) -> None:
    for answer in (login(getattr(world, who)).get(url(filled, which)), Client().get(url(filled, which))):
        assert answer.status_code == 302
        assert "login" in answer.url


@pytest.mark.parametrize("which", PAGES)
def test_an_unknown_change_is_not_found(clerk: Client, change: TermChange, which: str) -> None:
    address = url(change, which).replace(f"/{change.pk}/", "/999999/")
    assert clerk.get(address).status_code == 404


def test_a_row_of_another_change_is_not_found(
    clerk: Client, world: SimpleNamespace, filled: TermChange
) -> None:
    from suggestions.term_change.drafting import set_up

    other = set_up(None, old=world.city, ordinal=18, switch_on=filled.switch_on, user=world.clerk)
    assert clerk.get(url(other, "row", filled.rows.first().pk)).status_code == 404  # type: ignore[union-attr]


def test_the_effect_page_names_what_stands_in_the_way_and_what_would_be_empty(
    head: Client, world: SimpleNamespace, filled: TermChange
) -> None:
    Posting.objects.create(deputy=world.leaver, venue=world.home, starts_on=LONG_AGO)
    page = head.get(url(filled, "confirm"))
    assert page.context["empty"] == [world.home]
    assert len(page.context["obstacles"]) == 1
    head.post(url(filled, "confirm"))
    filled.refresh_from_db()
    assert filled.status == "DRAFT"


def test_no_page_needs_what_a_strict_policy_refuses(
    clerk: Client, head: Client, ready: TermChange, followed: object
) -> None:
    row = ready.rows.first()
    assert row is not None
    pages = [clerk.get(url(ready, page)) for page in ("change", "set_up", "file", "rows", "confirm")]
    pages += [clerk.get(LIST), clerk.get(url(ready, "row", row.pk))]
    head.post(url(ready, "confirm"))
    pages += [head.get(url(ready, page)) for page in ("change", "undo", "confirm", "hand_over")]
    for page in pages:
        assert page.status_code == 200
        assert not INLINE.search(page.content.decode())
