"""Scenario 7. Twenty-three neighbours report one cold building: handled once, answered and rated by each."""

from collections.abc import Callable
from types import SimpleNamespace

from suggestions import metrics
from suggestions.actors import Actor
from suggestions.services import perform
from tests.admin.pages import LIST, case_url, do_url, numbers, open_page, press, text_of
from tests.conftest import Journey, act

NEIGHBOURS = 22


def test_one_action_tells_all_and_each_rates_on_their_own(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    clerk, reviewer = login(cast.clerk), login(cast.reviewer)
    lead = journey.handling(title="整栋楼暖气不热")
    children = [journey.submitted(title=f"暖气不热，{room}室") for room in range(NEIGHBOURS)]

    # Joined, the texts side by side; the first one twice, because it was taken out by mistake.
    page = open_page(clerk, f"{do_url(children[0], 'merge')}?lead={lead.number}")
    assert "暖气不热，0室" in page[page.index('class="pair"') :]
    for child in children:
        press(clerk, child, "merge", lead=lead.number)
    press(clerk, children[0], "unmerge", note="点错了", category=str(cast.category.pk), level="L2")
    assert "22 人反映" in text_of(open_page(clerk, case_url(lead)))
    press(clerk, children[0], "merge", lead=lead.number)
    assert "23 人反映" in text_of(open_page(clerk, case_url(lead)))
    listed = open_page(clerk, f"{LIST}?state=HANDLING")
    assert numbers(listed) == [lead.number]
    assert "23 人反映" in text_of(listed)

    # One release tells everybody.
    row = journey.signed(lead)
    assert "这份答复将由 23 位反映人" in text_of(open_page(reviewer, do_url(row, "release")))
    press(reviewer, row, "release", publicity="OPEN")
    for child in children:
        child.refresh_from_db()
        assert (child.state, child.told_at is None) == ("REPLIED", False)
        assert child.replies.get().text == "您好，已增设车位三十个。"

    # Twenty-three own ratings, and none of them decides for another.
    lead.refresh_from_db()
    for place, case in enumerate([lead, *children]):
        if place % 4 == 3:
            act("rate_bad", case, cast.resident, reason="还是不热", process="BASIC")
        else:
            holder = Actor(holder_of=case.pk)
            perform("rate_ok", target=case, actor=holder, seen_version=case.version, level="SATISFIED",
                    process="SATISFIED")  # fmt: skip

    counts = metrics.figures(metrics.Period.latest(3))
    assert (counts["accepted"], counts["rated"], counts["satisfied"]) == (23, 23, 18)
    assert "结果：满意" in open_page(clerk, case_url(lead))
