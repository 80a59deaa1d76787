"""The pages of a case lead to its papers, each to those of the rows it shows."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from suggestions.models import SupervisionLetter
from tests.conftest import Journey

from .scenes import answered, boxed, worked_on


def papers_on(html: str) -> list[str]:
    """Kind and key of every print view the page leads to; each stands beside its file."""
    pages = re.findall(r'href="(/[\w/]*/paper/\w+/\d+/)"', html)
    files = re.findall(r'href="(/[\w/]*/paper/\w+/\d+/)docx/" download', html)
    assert pages == files
    return [page.split("/paper/")[1].strip("/") for page in pages]


def test_the_office_finds_every_paper(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    scene = worked_on(journey)

    html = login(cast.clerk).get(f"/admin/suggestions/suggestion/{scene.case.pk}/change/").content.decode()

    assert sorted(papers_on(html)) == sorted(
        [
            *(f"assignment/{row.pk}" for row in (scene.lead, scene.assisting, scene.silent)),
            f"opinion/{scene.opinion.pk}", f"opinion/{scene.opinion.pk}", f"letter/{scene.letter.pk}",
            f"reply/{scene.reply.pk}",
        ]
    )  # fmt: skip
    assert scene.letter.number in html
    assert "答复函草稿" in html


def test_a_unit_finds_its_own_and_the_lead_the_opinions_it_asked_for(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    scene = worked_on(journey)
    address = f"/desk/{scene.case.number}/"

    lead, assisting = (
        papers_on(login(user).get(address).content.decode()) for user in (cast.officer, cast.other_officer)
    )

    assert lead == [
        f"reply/{scene.reply.pk}", f"assignment/{scene.lead.pk}", f"opinion/{scene.opinion.pk}",
        f"letter/{scene.letter.pk}",
    ]  # fmt: skip
    assert assisting == [f"assignment/{scene.assisting.pk}", f"opinion/{scene.opinion.pk}"]


def test_every_link_of_the_desk_opens(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    scene, box = answered(journey), boxed(journey)
    for who, case in (("officer", scene.case), ("other_officer", scene.case), ("liaison", scene.case),
                      ("liaison", box), ("committee", box)):  # fmt: skip
        client = login(getattr(cast, who))
        found = papers_on(client.get(f"/desk/{case.number}/").content.decode())
        assert found, who
        assert {client.get(f"/desk/paper/{path}/").status_code for path in found} == {200}


def test_a_note_from_the_box_leads_to_what_is_hung_up(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = boxed(journey)
    signed = boxed(journey, name="王女士")

    at_desk = login(cast.liaison).get(f"/desk/{case.number}/").content.decode()
    in_office = login(cast.clerk).get(f"/admin/suggestions/suggestion/{case.pk}/change/").content.decode()

    assert papers_on(at_desk)[0] == papers_on(in_office)[0] == f"posting/{case.pk}"
    assert "posting" not in login(cast.liaison).get(f"/desk/{signed.number}/").content.decode()


def test_more_letters_ask_for_no_more_queries(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    scene = worked_on(journey)
    client, address = login(cast.clerk), f"/admin/suggestions/suggestion/{scene.case.pk}/change/"
    client.get(address)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    before = count()
    for number in range(5):
        SupervisionLetter.objects.create(
            assignment=scene.lead, number=f"测〔2026〕{number + 50}号", text="请抓紧。",
            reply_by=scene.letter.reply_by, issued_by=cast.head, issued_at=scene.letter.issued_at,
        )  # fmt: skip
    assert count() == before
