"""Choosing a ground: each row leads to what becomes of the case, in the office and at the desk alike."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from congress_portal.accounts.models import RoleGrant
from suggestions import metrics
from suggestions.enums import CaseLevel
from suggestions.models import DeclineReason, Suggestion, TransferBody
from tests.admin.pages import do_url, open_page
from tests.conftest import Journey, act

from .grounds import choose, desk, links, office, send

LEADS = {
    "N01": "decline", "N02": "propose_decline", "N03": "decline", "N04": "transfer", "N05": "accept",
    "N06": "alarm", "N07": "decline", "N08": "decline", "N09": "propose_decline", "N10": "propose_decline",
    "N11": "answer_inquiry",
}  # fmt: skip


@pytest.mark.parametrize(("who", "page"), [("clerk", office), ("liaison", desk), ("committee", desk)])
def test_every_ground_leads_to_the_action_of_its_outcome(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str, page: Callable
) -> None:
    case = journey.submitted()

    found = links(open_page(login(getattr(cast, who)), page(case)))

    pks = {row.code: row.pk for row in DeclineReason.objects.all()}
    assert {code: address.split("/do/")[1] for code, address in found.items()} == {
        code: f"{action}/?code={pks[code]}" for code, action in LEADS.items()
    }


def test_what_will_happen_is_said_beside_the_ground(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    page = open_page(login(cast.clerk), office(journey.submitted()))

    lines = {
        code: line.partition("</li>")[0].count('class="tag"')
        for line in page.split("<li>")
        for code in re.findall(r">(N\d\d)<", line)[:1]
    }
    assert {code: tags for code, tags in lines.items() if tags} == {"N02": 2, "N09": 2, "N10": 2}


def test_a_ground_that_leads_nowhere_now_is_named_without_a_link(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    page = open_page(login(cast.clerk), office(journey.accepted()))

    assert "N11" not in links(page)
    assert ">N11<" in page
    # What is accepted already is not accepted again, but may be found to be for a higher authority.
    assert "/do/reclassify/" in links(page)["N05"]


def test_a_ground_that_was_taken_out_of_use_is_no_choice(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    DeclineReason.objects.filter(code="N07").update(is_active=False)

    assert ">N07<" not in open_page(login(cast.clerk), office(journey.submitted()))


@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("head", 403), ("secrecy", 404)])
def test_whoever_declines_nothing_chooses_nothing(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str, status: int
) -> None:
    assert login(getattr(cast, who)).get(office(journey.submitted())).status_code == status


@pytest.mark.parametrize(("who", "status"), [("deputy", 403), ("officer", 404), ("other_liaison", 404)])
def test_at_the_desk_it_is_for_intake_only(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str, status: int
) -> None:
    assert login(getattr(cast, who)).get(desk(journey.submitted())).status_code == status


@pytest.mark.parametrize("code", ["", "999999", "x", "N01"])
def test_without_a_ground_that_fits_the_form_begins_with_the_choice(
    cast: SimpleNamespace, journey: Journey, login: Callable, code: str
) -> None:
    case = journey.submitted()
    at_desk = f"/desk/{case.number}/do/decline/"
    for who, address in (("clerk", do_url(case, "decline")), ("liaison", at_desk)):
        page = open_page(login(getattr(cast, who)), f"{address}?code={code}")
        assert "<textarea" not in page
        assert set(links(page)) == set(LEADS)


def test_a_text_that_names_two_districts_or_none_leaves_the_choice_open(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    for name in ("和平区", "大东区"):
        TransferBody.objects.create(name=name)
    client = login(cast.clerk)

    for text in ("和平区和大东区交界处路面破损。", "路面破损。"):
        form = choose(client, office(journey.submitted(text=text)), "N04")
        assert "selected" not in form.partition('name="body"')[2].partition("</select>")[0].replace(
            '<option value="" selected', ""
        )


def test_at_the_desk_too_a_case_that_hides_leads_back_to_the_list(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(text="某科长收钱。"), login(cast.liaison)

    response = send(client, desk(case), "N02")

    assert response.url == "/desk/"
    assert case.title not in client.get("/desk/").content.decode()


def test_a_hidden_case_is_not_named_beside_its_neighbours(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    hidden, other = journey.submitted(), journey.submitted()
    act("propose_decline", hidden, cast.liaison, code=cast.accusation, text="已转交。", where_to_go="12388")
    change = f"/admin/suggestions/suggestion/{other.pk}/change/"
    bench = f"/admin/suggestions/suggestion/intake/?queue=to_accept&case={other.pk}"

    for page in (change, bench):
        assert hidden.number not in open_page(login(cast.clerk), page)
    RoleGrant.objects.create(user=cast.clerk2, role="SECRECY")
    assert hidden.number in open_page(login(cast.clerk2), change)


def test_what_is_urgent_rings_the_duty_phone_and_stays(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(place="三号楼")

    send(login(cast.clerk), office(case), "N06")

    case.refresh_from_db()
    alarm = case.events.get(action="alarm")
    assert (case.state, case.is_urgent, alarm.data["code"]) == ("SUBMITTED", True, "N06")
    assert case.title in alarm.note
    assert "三号楼" in alarm.note


def test_a_mere_question_is_answered_and_counted_as_an_inquiry(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(category=cast.category)

    send(login(cast.clerk), office(case), "N11", reply="每月十五日办理。")

    case.refresh_from_db()
    assert (case.state, case.is_inquiry, case.events.get(action="answer_inquiry").data["code"]) == (
        "REPLIED", True, "N11"
    )  # fmt: skip
    assert not Suggestion.objects.filter(metrics.counting(), pk=case.pk).exists()


def test_what_is_for_a_higher_authority_is_accepted_as_such(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(category=cast.category)

    send(login(cast.clerk), office(case), "N05")

    case.refresh_from_db()
    assert (case.state, case.level) == ("ACCEPTED", CaseLevel.L4)
    assert "N05" in case.events.get(action="accept").note


def test_another_ground_is_one_press_away_and_keeps_the_queue(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.clerk)

    form = open_page(client, f"{do_url(case, 'decline')}?code={cast.decline_reason.pk}&intake=to_accept")

    assert f"{office(case)}?intake=to_accept" in form
    assert f"queue=to_accept&amp;case={case.pk}" in form
