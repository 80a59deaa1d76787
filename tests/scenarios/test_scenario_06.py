"""6. Duplicate, same person: warned, sent all the same, joined in two presses, counted once."""

from collections.abc import Callable
from types import SimpleNamespace

from django.core.cache import cache
from django.test import Client

from suggestions import metrics
from suggestions.models import Suggestion
from tests.admin.pages import case_url, do_url, open_page
from tests.conftest import Journey
from tests.suggestions.public.conftest import fill, open_form, send, step_url, text_of

AGAIN = {"text": "小区停车位不够，晚上消防通道总是被占用，请管一管。", "category": "PARKING"}


def test_the_same_person_once_more_is_warned_and_joined_to_the_first(
    cast: SimpleNamespace, journey: Journey, client: Client, login: Callable
) -> None:
    cache.clear()
    first = journey.accepted()

    # Before sending: the same phone and much the same words within seven days.
    token = open_form(client)
    fill(client, token, what=AGAIN, contact={"phone": "13900000001"})
    assert first.number in text_of(client.get(step_url(token, "check")))

    # Sent all the same.
    send(client, token)
    second = Suggestion.objects.exclude(pk=first.pk).get()
    assert second.state == "SUBMITTED"

    # Two presses: the link beside the case, and the button of its form.
    clerk = login(cast.clerk)
    form = f"{do_url(second, 'merge')}?lead={first.number}&same_person=1"
    assert form.replace("&", "&amp;") in open_page(clerk, case_url(second))
    clerk.post(form, {"version": second.version, "lead": first.number, "same_person": "on"})

    second.refresh_from_db()
    assert (second.state, second.merged_into, second.is_repeat) == ("MERGED", first, True)
    assert list(Suggestion.objects.filter(metrics.counting())) == [first]
