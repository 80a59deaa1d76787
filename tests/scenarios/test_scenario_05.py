"""5. Anonymous: a resident who wants no name shown, and a paper note nobody has signed."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from suggestions.models import Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, submission
from tests.desk.pages import case_page, press, text_of

# Whole or masked. Three digits alone also stand in the microseconds of a moment.
PHONE = re.compile(r"139[\d*]{8}")


def test_the_unit_asks_through_the_staff_and_never_sees_who_it_was(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(name="李无名", phone="13912345678"))
    row = act("sign", case.assignments.get(), cast.officer)
    unit, desk = login(cast.officer), login(cast.liaison)

    seen = case_page(unit, case)
    assert "李" not in seen.replace("李测试", "")
    assert "139" not in text_of(seen)
    assert not PHONE.search(seen)
    assert unit.get(f"/desk/{case.number}/contact/").status_code == 403

    assert press(unit, row, "ask_contact", question="请问是哪个单元?").status_code == 302
    # The liaison officer reads the phone masked, asks, and passes the answer on.
    page = case_page(desk, case)
    assert "139****5678" in page
    assert "13912345678" not in page
    assert press(desk, row, "answer_contact", answer="二单元。").status_code == 302
    assert "二单元。" in case_page(unit, case)
    assert "13912345678" not in case_page(unit, case)


def test_a_note_from_the_box_is_answered_on_the_wall(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    form = submission(cast, channel="BOX", venue=cast.station, name="", phone="", notice_read=False)
    case = submit(form, actor=as_actor(cast.liaison))
    act("accept", case, cast.liaison, category=cast.category, level="L1")
    act("answer_direct", case, cast.deputy, reply="已与物业约定本周清理。")
    assert Suggestion.objects.get().told_at is None

    assert press(login(cast.liaison), case, "record_told", how="POSTED").status_code == 302

    case.refresh_from_db()
    assert case.told_at is not None
    assert (case.contact.name, case.contact.phone) == ("", "")
    assert case.events.get(action="record_told").data == {"how": "POSTED"}
