"""20, the promise: a class B reply names a day, the day comes by itself, the second reply is rated again."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

from django.core.management import call_command

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions.history import problems
from suggestions.models import Promise, Suggestion
from tests.conftest import Journey, act
from tests.desk.pages import press


def test_what_was_promised_comes_back_on_its_day_and_is_rated_again(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = act("sign", case.assignments.get(), cast.officer)
    day = clock.today() + timedelta(days=60)
    unit = login(cast.officer)

    without = press(unit, row, "draft", text="您好，车位正在划线。", answer_class="B")
    assert without.status_code == 200
    assert row.replies.count() == 0
    sent = press(unit, row, "draft", text="您好，车位正在划线。", answer_class="B",
                 promise_1="划好全部车位", promise_1_day=day.isoformat())  # fmt: skip
    assert sent.status_code == 302
    act("sign_off", row, cast.unitlead)
    act("release", row, cast.reviewer, publicity="OPEN")
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    promise = Promise.objects.get()
    assert (promise.text, promise.due_on, promise.status) == ("划好全部车位", day, "OPEN")

    with clock.frozen(clock.now() + timedelta(days=61)):
        call_command("run_due", stdout=StringIO())
        case.refresh_from_db()
        promise.refresh_from_db()
        assert case.state == "CLOSED"
        assert promise.came_back_at is not None
        assert Notice.objects.filter(to=cast.officer, kind="dates", number=case.number).count() == 1

        report = {"promise": str(promise.pk), "report": "三十个车位已全部划好。"}
        assert press(unit, row, "report_promise", **report).status_code == 302
        act("settle_promise", row, cast.reviewer, promise=promise, verdict="KEPT", answer_class="A")
        act("rate_kept_promise", case, cast.resident, level="SATISFIED", process="SATISFIED")

    case.refresh_from_db()
    assert (case.first_rating, case.rating) == ("BASIC", "SATISFIED")
    assert list(case.ratings.values_list("level", "of_promise")) == [("BASIC", False), ("SATISFIED", True)]
    replies = case.replies.filter(released_at__isnull=False)
    assert list(replies.values_list("answer_class", "text")) == [
        ("B", "您好，车位正在划线。"), ("A", "三十个车位已全部划好。")
    ]  # fmt: skip
    assert list(problems(Suggestion.objects.all())) == []
