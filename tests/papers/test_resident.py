"""The resident prints the reply: only what was released, and only in the browser that follows the case."""

from types import SimpleNamespace

from django.test import Client
from django.urls import reverse

from tests.conftest import Journey, act

from .scenes import answered, worked_on


def holding(case) -> Client:  # type: ignore[no-untyped-def]
    client = Client()
    session = client.session
    session["held"] = [case.pk]
    session.save()
    return client


def address(scene: SimpleNamespace) -> str:
    return reverse("suggestion_reply", args=[scene.case.number, scene.reply.pk])


def test_the_tracking_page_leads_to_the_letter(cast: SimpleNamespace, journey: Journey) -> None:
    scene = answered(journey)
    client = holding(scene.case)

    page = client.get(scene.case.get_absolute_url()).content.decode()
    letter = client.get(address(scene)).content.decode()

    assert f'href="{address(scene)}"' in page
    assert f"关于第{scene.case.number}号群众意见的答复" in letter
    assert "群众意见办理情况征询意见表" in letter
    assert "会办单位意见" in letter
    assert f'href="{scene.case.get_absolute_url()}#reply"' in letter
    assert "docx" not in letter


def test_owner_and_holder_print_it_and_others_are_asked_for_the_code(
    cast: SimpleNamespace, journey: Journey, login
) -> None:  # type: ignore[no-untyped-def]
    scene = answered(journey)

    for client in (holding(scene.case), login(cast.resident)):
        assert "现答复如下" in client.get(address(scene)).content.decode()
    for client in (Client(), login(cast.stranger), login(cast.clerk)):
        answer = client.get(address(scene))
        assert answer.status_code == 200
        assert "现答复如下" not in answer.content.decode()
        assert 'name="code"' in answer.content.decode()


def test_a_draft_is_not_the_residents_to_read(cast: SimpleNamespace, journey: Journey) -> None:
    scene = worked_on(journey)

    assert holding(scene.case).get(address(scene)).status_code == 404


def test_the_reply_of_another_case_is_not_found(cast: SimpleNamespace, journey: Journey) -> None:
    mine, other = answered(journey), answered(journey, name="王女士")
    foreign = reverse("suggestion_reply", args=[mine.case.number, other.reply.pk])

    assert holding(mine.case).get(foreign).status_code == 404
    assert holding(mine.case).get(foreign.replace(str(other.reply.pk), "9" * 18)).status_code == 404


def test_once_it_is_rated_nothing_is_asked_any_more(cast: SimpleNamespace, journey: Journey) -> None:
    scene = answered(journey)
    act("rate_ok", scene.case, cast.resident, level="SATISFIED", process="SATISFIED")

    letter = holding(scene.case).get(address(scene)).content.decode()

    assert "现答复如下" in letter
    assert "征询意见表" not in letter


def test_a_corrected_reply_is_the_one_to_print(cast: SimpleNamespace, journey: Journey) -> None:
    scene = answered(journey)
    act("correct_reply", scene.case, cast.reviewer, reply="您好，更正如下。", reason="更正")
    corrected = scene.case.replies.last()

    page = holding(scene.case).get(scene.case.get_absolute_url()).content.decode()

    assert reverse("suggestion_reply", args=[scene.case.number, corrected.pk]) in page
    assert address(scene) not in page
