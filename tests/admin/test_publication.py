"""Publishing: one writes, another publishes, and it is gone at once when consent is."""

from collections.abc import Callable
from types import SimpleNamespace

from suggestions import selectors
from tests.conftest import Journey, act

from .pages import buttons, case_url, do_url, open_page, press


def test_a_second_person_publishes_what_the_first_prepared(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, first, second = journey.closed(may_publish=True), login(cast.clerk), login(cast.clerk2)
    assert case.text in open_page(first, do_url(case, "prepare_publication"))

    press(first, case, "prepare_publication", title="停车位已增加", summary="已增设车位三十个。")
    assert "publish" not in buttons(open_page(first, case_url(case)))
    assert press(first, case, "publish").status_code == 409
    assert not selectors.public().exists()

    assert "已增设车位三十个。" in open_page(second, do_url(case, "publish"))
    assert press(second, case, "publish").status_code == 302
    assert selectors.public().get().title == "停车位已增加"


def test_what_was_prepared_is_edited_from_what_is_there(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.closed(may_publish=True), login(cast.clerk)
    press(client, case, "prepare_publication", title="停车位已增加", summary="第一稿")

    page = open_page(client, do_url(case, "prepare_publication"))

    assert "停车位已增加" in page
    assert "第一稿" in page


def test_without_the_resident_s_consent_there_is_no_such_button(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    found = buttons(open_page(login(cast.clerk), case_url(journey.closed())))

    assert found.isdisjoint({"prepare_publication", "publish", "unpublish"})


def test_consent_withdrawn_takes_it_off_at_once(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.closed(may_publish=True)
    act("prepare_publication", case, cast.clerk, title="停车位已增加", summary="已增设车位。")
    act("publish", case, cast.reviewer)
    assert "unpublish" in buttons(open_page(login(cast.clerk), case_url(case)))

    act("set_consent", case, cast.resident, may_publish=False, may_share=False)

    assert not selectors.public().exists()
    assert "unpublish" not in buttons(open_page(login(cast.clerk), case_url(case)))


def test_taking_it_off_asks_for_a_reason(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case, client = journey.closed(may_publish=True), login(cast.reviewer)
    act("prepare_publication", case, cast.clerk, title="停车位已增加", summary="已增设车位。")
    press(client, case, "publish")

    assert 'id="id_reason_error"' in press(client, case, "unpublish").content.decode()
    press(client, case, "unpublish", reason="写有门牌号")

    assert not selectors.public().exists()
