"""A coordinator office at the desk: dispatch, the units below with their states, what they ask to decide."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.models import Assignment
from tests.conftest import act
from tests.suggestions.stage import Stage

from .pages import case_page, do_url, form_page, numbers, press, queries, text_of


@pytest.fixture
def stage(cast: SimpleNamespace) -> Stage:
    return Stage(cast)


def waiting(html: str) -> list[str]:
    return numbers(html)


def test_a_row_waits_to_be_signed_for_and_then_to_be_dispatched(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    scene, client = stage.to_an_office(), login(cast.coordinator)
    assert "请签收" in text_of(client.get("/desk/").content.decode())

    act("sign", scene.target, cast.coordinator)

    html = client.get("/desk/").content.decode()
    assert waiting(html) == [scene.case.number]
    assert "分办到承办单位" in text_of(html)
    assert "请确定承办单位。" in text_of(case_page(client, scene.case))


def test_units_are_named_as_lead_and_help_with_a_date_that_is_not_later_than_the_own(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    scene = stage.on(stage.to_an_office(), ("sign", "coordinator"))
    row, client = scene.target, login(cast.coordinator)
    page = form_page(client, row, "dispatch")
    assert f'max="{row.unit_due}"' in page
    assert 'name="venue"' not in page
    assert 'name="coordinator"' not in page

    press(
        client, row, "dispatch", way="LEAD", unit=str(cast.unit.pk), others=str(cast.other_unit.pk),
        due=str(row.unit_due), instructions="请先联系反映人",
    )  # fmt: skip

    children = Assignment.objects.filter(parent=row).order_by("pk")
    assert [(child.unit, child.kind, child.instructions) for child in children] == [
        (cast.unit, "LEAD", "请先联系反映人"), (cast.other_unit, "ASSISTING", "请先联系反映人"),
    ]  # fmt: skip


def test_the_units_stand_below_the_office_with_their_states(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    html = case_page(login(cast.coordinator), stage.dispatched().case)

    tree = html[html.index('class="handlers"') :]
    tree = tree[: tree.index("</ul>")]
    assert tree.count("<li data-below>") == 2
    assert tree.index("测试区政府办公室") < tree.index("测试住建局") < tree.index("测试城管局")


def test_what_the_units_ask_is_decided_beside_what_they_say(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    case = stage.dispatched().case
    lead, helper = case.assignments.get(kind="LEAD"), case.assignments.get(kind="ASSISTING")
    act("sign", lead, cast.officer)
    act("ask_extension", lead, cast.officer, due=lead.parent.unit_due, reason="设计需要时间")
    act("ask_return", helper, cast.other_officer, reason="不涉及本单位", proposed_unit=cast.third_unit)
    client = login(cast.coordinator)
    assert waiting(client.get("/desk/").content.decode()) == [case.number]

    html = case_page(client, case)
    asks = html[html.index('id="asks-title"') :]
    asks = asks[: asks.index("</section>")]
    for part in ("设计需要时间", "不涉及本单位", "测试交警大队", do_url(lead, "grant_extension"),
                 do_url(lead, "refuse_extension"), do_url(helper, "approve_return"),
                 do_url(helper, "refuse_return")):  # fmt: skip
        assert part in asks

    press(client, lead, "grant_extension", due=str(lead.parent.unit_due))
    press(client, helper, "approve_return")

    lead.refresh_from_db()
    helper.refresh_from_db()
    assert (lead.unit_due, helper.state) == (lead.parent.unit_due, "RETURNED")
    assert waiting(client.get("/desk/").content.decode()) == []


def test_the_request_stands_above_the_form_that_answers_it(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    case = stage.dispatched().case
    lead = case.assignments.get(kind="LEAD")
    act("sign", lead, cast.officer)
    act("ask_extension", lead, cast.officer, due=lead.parent.unit_due, reason="设计需要时间")

    page = form_page(login(cast.coordinator), lead, "grant_extension")

    assert "设计需要时间" in text_of(page)
    assert f'value="{lead.parent.unit_due}"' in page


def test_an_opinion_that_is_overdue_waits_to_be_marked(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    scene = stage.overdue(stage.assisting())
    with scene.moment():
        html = login(cast.coordinator).get("/desk/").content.decode()
        assert waiting(html) == [scene.case.number]
        assert "会办意见已逾期" in text_of(html)

        press(login(cast.coordinator), scene.target, "mark_missed")

    scene.target.refresh_from_db()
    assert scene.target.state == "MISSED"


def test_drafts_of_the_units_are_not_the_office_s(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    case = stage.dispatched().case
    lead = case.assignments.get(kind="LEAD")
    act("sign", lead, cast.officer)
    act("draft", lead, cast.officer, text="您好，草稿内容。", answer_class="A")

    assert "草稿内容" not in case_page(login(cast.coordinator), case)
    assert "草稿内容" in case_page(login(cast.unitlead), case)


def test_the_office_s_list_costs_the_same_for_one_case_and_for_five(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    client = login(cast.coordinator)
    stage.dispatched()
    stage.to_an_office()
    few = queries(client, "/desk/")
    for _ in range(4):
        stage.dispatched()
        stage.to_an_office()

    assert queries(client, "/desk/") == few
