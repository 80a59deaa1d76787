"""Who may print what: the row decides, and a stranger is not told whether there is one."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from stations.models import LiaisonOfficer
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.papers import word
from tests.conftest import LONG_AGO, Journey, act

from .scenes import answered, boxed, docx_of, words_in, worked_on

VENUE = {"liaison", "deputy", "convener", "committee"}
LEAD = {"officer", "unitlead"}
ASSISTING = {"other_officer", "other_unitlead"}
OFFICE = {"clerk", "reviewer", "head"}
ELSEWHERE = {"other_liaison", "other_deputy", "other_committee", "coordinator"}
# No page of the desk is for them.
NO_DESK = {"resident", "stranger", "clerk", "reviewer", "head", "secrecy", "admin"}
# Kind → who prints it at the desk; for all others of the desk there is no such paper.
AT_THE_DESK = {
    "lead's sheet": VENUE | LEAD,
    "assisting sheet": VENUE | ASSISTING,
    "opinion": VENUE | LEAD | ASSISTING,
    "letter": VENUE | LEAD,
    "draft": LEAD,
    "released": VENUE | LEAD | ASSISTING,
    "posting": VENUE,
}


def addresses(journey: Journey) -> dict[str, str]:
    """What is printed → kind and key, for one case whose reply is drafted and another that is replied to."""
    drafted, done, box = worked_on(journey), answered(journey), boxed(journey)
    return {
        "lead's sheet": f"assignment/{drafted.lead.pk}",
        "assisting sheet": f"assignment/{drafted.assisting.pk}",
        "opinion": f"opinion/{drafted.opinion.pk}",
        "letter": f"letter/{drafted.letter.pk}",
        "draft": f"reply/{drafted.reply.pk}",
        "released": f"reply/{done.reply.pk}",
        "posting": f"posting/{box.pk}",
    }


def test_at_the_desk_the_row_decides(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    papers, wrong = addresses(journey), []
    for who in sorted(VENUE | LEAD | ASSISTING | ELSEWHERE | NO_DESK):
        client = login(getattr(cast, who))
        for what, path in papers.items():
            wanted = 403 if who in NO_DESK else 200 if who in AT_THE_DESK[what] else 404
            for address in (f"/desk/paper/{path}/", f"/desk/paper/{path}/docx/"):
                found = client.get(address).status_code
                if found != wanted:
                    wrong.append(f"{who} {what} {address}: {found}, not {wanted}")
    assert wrong == []


def test_in_the_office_all_papers_of_visible_cases_are_printed(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    papers, wrong = addresses(journey), []
    for who, wanted in [*((name, 200) for name in OFFICE), ("admin", 403), ("secrecy", 404)]:
        client = login(getattr(cast, who))
        for what, path in papers.items():
            for address in (f"/admin/suggestions/paper/{path}/", f"/admin/suggestions/paper/{path}/docx/"):
                found = client.get(address).status_code
                if found != wanted:
                    wrong.append(f"{who} {what}: {found}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("path", ["assignment/999999", "letter/999999", "money/1", "posting/999999"])
def test_what_does_not_exist_is_not_found(cast: SimpleNamespace, login: Callable, path: str) -> None:
    assert login(cast.clerk).get(f"/admin/suggestions/paper/{path}/").status_code == 404
    assert login(cast.liaison).get(f"/desk/paper/{path}/docx/").status_code == 404


def test_a_case_without_contact_is_no_note_for_the_wall_unless_it_came_from_the_box(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = answered(journey).case

    assert login(cast.clerk).get(f"/admin/suggestions/paper/posting/{case.pk}/").status_code == 404


def test_a_row_that_was_recalled_is_the_units_no_more(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = case.assignments.get()
    act("recall", row, cast.clerk, reason="改派")

    assert login(cast.officer).get(f"/desk/paper/assignment/{row.pk}/").status_code == 404
    assert login(cast.clerk).get(f"/admin/suggestions/paper/assignment/{row.pk}/").status_code == 200


def test_only_the_version_now_on_its_way_is_a_draft_to_print(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.drafted(journey.handling())
    first = row.replies.get()
    act("send_back", row, cast.unitlead, reason="请补充")
    act("draft", row, cast.officer, text="您好，重新答复。", answer_class="A")
    second = row.replies.last()

    found = [login(cast.officer).get(f"/desk/paper/reply/{one.pk}/").status_code for one in (first, second)]

    assert found == [404, 200]


def test_whoever_signs_off_for_a_venue_reads_its_draft(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(venue=cast.station))
    row = case.assignments.get()
    act("sign", row, cast.liaison)
    act("draft", row, cast.liaison, text="您好，已处理。")
    draft = row.replies.get()

    who = ("liaison", "convener", "committee", "other_committee", "other_liaison")
    found = [login(getattr(cast, name)).get(f"/desk/paper/reply/{draft.pk}/").status_code for name in who]

    assert found == [200, 200, 200, 404, 404]


def test_a_coordinator_office_prints_what_it_dispatched(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(kind=AssignmentKind.COORDINATOR, unit=cast.office))
    row = case.assignments.get()
    act("sign", row, cast.coordinator)
    act("dispatch", row, cast.coordinator, due=row.unit_due, assignments=[Target(unit=cast.unit)])
    child = case.assignments.get(unit=cast.unit)

    found = [
        login(user).get(f"/desk/paper/assignment/{one.pk}/").status_code
        for user, one in ((cast.coordinator, row), (cast.coordinator, child), (cast.officer, child),
                          (cast.officer, row), (cast.other_officer, child))
    ]  # fmt: skip

    assert found == [200, 200, 200, 404, 404]


def test_who_serves_two_venues_prints_for_both(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    LiaisonOfficer.objects.create(user=cast.other_liaison, venue=cast.station, starts_on=LONG_AGO)
    row = journey.handling().assignments.get()

    assert login(cast.other_liaison).get(f"/desk/paper/assignment/{row.pk}/").status_code == 200


def test_the_file_has_a_chinese_name_with_the_number(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()

    answer = login(cast.officer).get(f"/desk/paper/assignment/{case.assignments.get().pk}/docx/")

    name = re.fullmatch(r"attachment; filename\*=utf-8''(.+)", answer["Content-Disposition"])
    assert name is not None
    assert unquote(name[1]) == f"群众意见{case.number}号交办单（测试住建局）.docx"
    assert answer["Content-Type"] == word.TYPE
    assert "no-store" in answer["Cache-Control"]


def test_a_name_no_file_system_takes_is_made_harmless(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cast.unit.name = '../测试"局"/a\\b:*?'
    cast.unit.save()
    case = journey.handling()

    answer = login(cast.officer).get(f"/desk/paper/assignment/{case.assignments.get().pk}/docx/")

    assert unquote(answer["Content-Disposition"]).endswith("交办单（..测试局ab）.docx")


def test_page_and_file_hide_from_a_unit_what_the_case_page_hides(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    scene = worked_on(journey, name="李测试")
    for kind, pk in (("assignment", scene.lead.pk), ("letter", scene.letter.pk)):
        page = login(cast.officer).get(f"/desk/paper/{kind}/{pk}/").content.decode()
        words = words_in(docx_of(login(cast.officer), f"/desk/paper/{kind}/{pk}/docx/"))
        for shown in (page, words):
            assert "13900000001" not in shown
            assert "139****0001" in shown
            assert "李测试" not in shown


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_paper_is_only_read(cast: SimpleNamespace, journey: Journey, login: Callable, method: str) -> None:
    row = journey.handling().assignments.get()

    assert getattr(login(cast.officer), method)(f"/desk/paper/assignment/{row.pk}/").status_code == 405


def test_a_paper_is_in_chinese_for_whoever_reads_english(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.handling().assignments.get()
    client = login(cast.officer)
    client.cookies["django_language"] = "en"

    page = client.get(f"/desk/paper/assignment/{row.pk}/").content.decode()

    assert "Back to the case" in page
    assert '<h1 class="title">群众意见交办单</h1>' in page
    assert "Lead" not in page
