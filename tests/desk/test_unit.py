"""A handling unit at the desk: sign for, ask to return, draft with a class, sign off or send back."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common.templatetags.portal import zh_date
from suggestions.models import Assignment
from tests.conftest import Journey, act

from .pages import press, text_of


@pytest.fixture
def row(journey: Journey) -> Assignment:
    return journey.handling().assignments.get()


def now(row: Any) -> str:
    row.refresh_from_db()
    return row.state


def test_the_officer_signs_for_it_with_one_press(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    response = press(login(cast.officer), row, "sign")

    assert (response.status_code, now(row)) == (302, "IN_HAND")
    assert row.signed_for_by == cast.officer


def test_the_officer_asks_to_return_it_and_proposes_another_unit(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    press(
        login(cast.officer), row, "ask_return", reason="属于城管职责", proposed_unit=str(cast.other_unit.pk)
    )

    assert now(row) == "RETURN_ASKED"
    assert (row.return_reason, row.proposed_unit) == ("属于城管职责", cast.other_unit)


@pytest.mark.parametrize("missing", ["reason", "proposed_unit"])
def test_a_return_needs_a_reason_and_a_unit(
    cast: SimpleNamespace, row: Assignment, login: Callable, missing: str
) -> None:
    fields = {"reason": "属于城管职责", "proposed_unit": str(cast.other_unit.pk)} | {missing: ""}

    response = press(login(cast.officer), row, "ask_return", **fields)

    assert (response.status_code, now(row)) == (200, "ISSUED")
    assert f'href="#id_{missing}"' in response.content.decode()


def test_the_draft_has_a_class_and_goes_to_the_leader(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    act("sign", row, cast.officer)
    client = login(cast.officer)
    without = press(client, row, "draft", text="已增设车位。")
    assert (without.status_code, now(row)) == (200, "IN_HAND")

    press(client, row, "draft", text="已增设车位。", answer_class="A")

    assert now(row) == "DRAFTED"
    assert (row.replies.get().answer_class, row.replies.get().drafted_by) == ("A", cast.officer)


def test_the_leader_signs_off_and_the_congress_is_next(
    cast: SimpleNamespace, row: Assignment, journey: Journey, login: Callable
) -> None:
    journey.drafted(row.suggestion)
    page = login(cast.unitlead).get(f"/desk/row/{row.pk}/do/sign_off/").content.decode()
    assert "已增设车位三十个。" in text_of(page)

    press(login(cast.unitlead), row, "sign_off")

    assert now(row) == "SIGNED"
    assert row.replies.get().signed_by == cast.unitlead


def test_what_was_sent_back_is_where_the_next_version_begins(
    cast: SimpleNamespace, row: Assignment, journey: Journey, login: Callable
) -> None:
    journey.drafted(row.suggestion)
    press(login(cast.unitlead), row, "send_back", reason="请写明时间")

    page = login(cast.officer).get(f"/desk/row/{row.pk}/do/draft/").content.decode()

    assert now(row) == "IN_HAND"
    assert "已增设车位三十个。" in page
    assert "请写明时间" in text_of(
        login(cast.officer).get(f"/desk/{row.suggestion.number}/").content.decode()
    )


def test_whoever_drafts_does_not_sign_off(
    cast: SimpleNamespace, row: Assignment, journey: Journey, login: Callable
) -> None:
    journey.drafted(row.suggestion)

    assert login(cast.officer).get(f"/desk/row/{row.pk}/do/sign_off/").status_code == 403
    assert press(login(cast.officer), row, "sign_off").status_code == 403
    assert now(row) == "DRAFTED"


def test_the_leader_does_not_write_the_draft(cast: SimpleNamespace, row: Assignment, login: Callable) -> None:
    act("sign", row, cast.officer)

    assert press(login(cast.unitlead), row, "draft", text="我来写", answer_class="A").status_code == 403


def test_what_only_the_congress_does_to_a_row_is_forbidden(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    client = login(cast.officer)

    assert [press(client, row, action).status_code for action in ("recall", "release", "approve_return")] == [
        403
    ] * 3
    assert press(client, row, "issue").status_code == 404


def test_a_day_that_is_no_later_is_refused_in_the_words_of_the_page(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    act("sign", row, cast.officer)
    due = Assignment.objects.get(pk=row.pk).unit_due

    page = press(login(cast.officer), row, "ask_extension", due=str(due), reason="还要查勘")

    words = page.content.decode()
    assert 'id="id_due_error"' in words
    assert f"请选择晚于{zh_date(due)}的日期。" in words
    assert "还要查勘</textarea>" in words


def test_what_is_missing_is_asked_for_in_kind_words(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    words = text_of(press(login(cast.officer), row, "ask_return").content.decode())

    assert "必填" not in words
    assert words.count("请填写这一项") == 2
    assert words.count("请从选项中选择") == 2
