"""A case with a lead and two assisting units on its way to a reply, and how to read its papers."""

import io
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.test import Client
from docx import Document

from congress_portal.accounts.models import User
from congress_portal.common import clock, workdays
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Suggestion
from suggestions.papers import catalogue
from suggestions.papers.shapes import Field, Paper, Table
from tests.conftest import Journey, act, as_actor

TRACK = "https://portal.example.cn/suggestions/track/"
PHONE = "13900000001"
TEXT = f"小区停车位不够，晚上消防通道也被占用。请联系我{PHONE}。"
POINTS = ("在小区西侧空地增设停车位", "拆除消防通道上的地锁")
ANSWERS = ("西侧空地已具备增设条件，计划增设车位三十个。", "地锁已由城管部门登记，将依法拆除。")
OPINION = "经现场核查，共有地锁六处。\n一、处理意见\n我局将依法拆除，物业电话024-22223333。"
URGED = "该事项群众反映强烈，请你单位主要负责同志亲自过问。"
LATER = timedelta(days=40)


def given_out(journey: Journey, **changes: Any) -> SimpleNamespace:
    """Assigned and signed for: `case`, `lead`, `assisting` (it will say something), `silent`."""
    cast = journey.cast
    case = journey.submitted(**{"text": TEXT, "place": "3号楼"} | changes)
    act("accept", case, cast.clerk, category=cast.category, level="L3", points=list(POINTS))
    act(
        "assign", case, cast.clerk, due=journey.due(), instructions=f"请与群众见面沟通，电话{PHONE}。",
        assignments=[
            Target(unit=cast.unit),
            Target(kind=AssignmentKind.ASSISTING, unit=cast.other_unit),
            Target(kind=AssignmentKind.ASSISTING, unit=cast.third_unit),
        ],
    )  # fmt: skip
    rows = {row.unit_id: row for row in case.assignments.all()}
    scene = SimpleNamespace(
        case=case, lead=rows[cast.unit.pk], assisting=rows[cast.other_unit.pk],
        silent=rows[cast.third_unit.pk],
    )  # fmt: skip
    act("sign", scene.lead, cast.officer)
    act("sign", scene.assisting, cast.other_officer)
    return scene


def worked_on(journey: Journey, **changes: Any) -> SimpleNamespace:
    """With an opinion, a letter of supervision, and a draft that answers each point and promises twice."""
    cast, scene = journey.cast, given_out(journey, **changes)
    act("give_opinion", scene.assisting, cast.other_officer, text=OPINION)
    due = workdays.add_workdays(clock.today(), 5)
    act("urge", scene.lead, cast.head, text=f"{URGED}群众电话{PHONE}。", due=due)
    year = clock.today().year + 1
    scene.promised = (("完成车位施工", date(year, 3, 31)), ("拆除全部地锁", date(year, 1, 31)))
    act(
        "draft", scene.lead, cast.officer, text="您好，现答复如下。", answers=list(ANSWERS),
        answer_class="B", promises=list(scene.promised),
    )  # fmt: skip
    scene.opinion, scene.letter = scene.assisting.opinion, scene.lead.letters.get()
    scene.reply = scene.lead.replies.get()
    return scene


def answered(journey: Journey, **changes: Any) -> SimpleNamespace:
    """Released; one assisting unit said nothing in time."""
    cast, scene = journey.cast, worked_on(journey, **changes)
    act("sign_off", scene.lead, cast.unitlead)
    with clock.frozen(clock.now() + LATER):
        act("mark_missed", scene.silent, cast.clerk)
        act("release", scene.lead, cast.reviewer, publicity="OPEN")
    scene.reply.refresh_from_db()
    return scene


def boxed(journey: Journey, **changes: Any) -> Suggestion:
    """A note from the suggestion box that nobody signed, answered at once by the venue."""
    cast = journey.cast
    case = submit_at_venue(journey, **{"channel": "BOX", "name": "", "phone": ""} | changes)
    act("accept", case, cast.clerk, category=cast.category, level="L1")
    return act("answer_direct", case, cast.liaison, reply="您好，楼道灯已更换，值班电话13812341234。")


def submit_at_venue(journey: Journey, **changes: Any) -> Suggestion:
    from suggestions.submissions import submit
    from tests.conftest import submission

    given = submission(journey.cast, venue=journey.cast.station, **changes)
    return submit(given, actor=as_actor(journey.cast.liaison))


def paper(kind: str, pk: int, user: User, *, office: bool = True) -> Paper:
    """As somebody in the office prints it, or somebody at the desk."""
    reader = catalogue.Reader(as_actor(user), office, TRACK)
    return catalogue.open_paper(kind, pk, reader)[1]


def fields(paper: Paper) -> dict[str, str]:
    """Label → text of the form."""
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return {field.label: field.text for table in tables for row in table.rows for field in row.fields}


def text_of(paper: Paper) -> str:
    """Every word of it, annexes too."""
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    parts = [
        paper.name, paper.title, paper.sender, paper.number, paper.left_mark, paper.right_mark,
        paper.left_fact, paper.right_fact, *paper.annex_note, paper.contact, paper.copies,
        *(annex.title for annex in paper.annexes),
    ]  # fmt: skip
    for block in blocks:
        if isinstance(block, Table):
            given: list[Field] = [field for row in block.rows for field in row.fields]
            parts += [f"{field.label}\n{field.text}" for field in given]
        else:
            parts.append(block.text)
    if paper.signature:
        parts += [paper.signature.who, paper.signature.date, paper.signature.seal]
    return "\n".join(parts)


def opened(content: bytes) -> Any:
    """The Word file as a word processor reads it."""
    return Document(io.BytesIO(content))


def words_in(file: Any) -> str:
    """Every word of the file, heads and feet too."""
    section = file.sections[0]
    places = [file, section.first_page_header, section.header, section.even_page_header]
    lines = [line.text for place in places for line in place.paragraphs]
    cells = {id(cell._tc): cell for table in file.tables for row in table.rows for cell in row.cells}
    return "\n".join([*lines, *(line.text for cell in cells.values() for line in cell.paragraphs)])


def docx_of(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return opened(answer.content)
