"""2. Elder at the desk: Mr Zhao, 78, has no phone; the liaison officer writes it down, later the rating."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions.models import Rating, Suggestion
from tests.conftest import Journey, act
from tests.desk.pages import press
from tests.desk.test_register import send


def test_mr_zhao_needs_no_phone_from_the_first_word_to_the_rating(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    desk = login(cast.liaison)
    receipt = desk.get(send(desk, cast, name="赵大爷", phone="", notice_read="on").url)
    case = Suggestion.objects.get()
    page = receipt.content.decode()
    assert case.number in page
    assert (case.channel, case.contact.phone, case.registered_by) == ("VISIT", "", cast.liaison)
    assert not Notice.objects.filter(channel="SMS").exists()

    act("accept", case, cast.clerk, category=cast.category, level="L2")
    journey.release(journey.assigned(case))
    case.refresh_from_db()
    # No channel reaches him, so nobody counts as told and nothing lapses.
    assert (case.state, case.told_at, case.due_kind) == ("REPLIED", None, "FEEDBACK")
    assert case.number in desk.get("/desk/").content.decode()

    assert press(desk, case, "record_told", how="VISIT", note="上门念给老人听。").status_code == 302
    said = clock.today() - timedelta(days=1)
    answer = press(
        desk, case, "rate", level="SATISFIED", process="SATISFIED", who="赵大爷本人", how="VISIT",
        when=said.isoformat(), reason="灯亮了",
    )  # fmt: skip
    assert answer.status_code == 302

    case.refresh_from_db()
    rating = Rating.objects.get()
    assert case.state == "CLOSED"
    assert (rating.on_behalf_by, rating.on_behalf_of, rating.on_behalf_how, rating.on_behalf_on) == (
        cast.liaison, "赵大爷本人", "VISIT", said
    )  # fmt: skip
