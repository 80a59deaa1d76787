"""How a suggestion begins: one form makes one, and registering for somebody is a duty of the venue."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock
from suggestions.actors import SYSTEM, Actor
from suggestions.errors import Forbidden
from suggestions.models import Suggestion
from suggestions.submissions import register_answered, submit
from tests.conftest import as_actor, submission


def test_one_form_makes_one_suggestion_and_shows_its_code_again(cast: SimpleNamespace) -> None:
    form = submission(cast)
    first = submit(form, actor=Actor())
    second = submit(form, actor=Actor())

    assert first.pk == second.pk
    assert first.fresh_code == second.fresh_code != ""
    assert Suggestion.objects.count() == first.events.count() == 1


def test_the_code_is_shown_no_more_once_another_was_given_out(cast: SimpleNamespace) -> None:
    from tests.conftest import act

    form = submission(cast)
    case = submit(form, actor=Actor())
    renewed = act("renew_code", case, cast.liaison, how="DESK")

    assert renewed.fresh_code not in ("", case.fresh_code)
    assert submit(form, actor=Actor()).fresh_code == ""


def test_numbers_run_on_within_a_year(cast: SimpleNamespace) -> None:
    numbers = [submit(submission(cast), actor=Actor()).number for _ in range(3)]
    year = clock.today().year
    assert numbers == [f"{year}000001", f"{year}000002", f"{year}000003"]


def test_a_refused_form_uses_up_no_number(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        submit(submission(cast, text=""), actor=Actor())
    with pytest.raises(Forbidden):
        submit(submission(cast, channel="VISIT", venue=cast.station), actor=as_actor(cast.stranger))
    assert submit(submission(cast), actor=Actor()).number.endswith("000001")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"text": " \n "}, {"text"}),
        ({"text": "字" * 5001}, {"text"}),
        ({"title": "字" * 61}, {"title"}),
        ({"community": None}, {"community"}),
        ({"phone": ""}, {"phone"}),
        ({"phone": "12"}, {"phone"}),
        ({"name": "字" * 21}, {"name"}),
        ({"notice_read": False}, {"notice_read"}),
        ({"channel": "PIGEON"}, {"channel"}),
        ({"text": "", "phone": "", "notice_read": False}, {"text", "phone", "notice_read"}),
    ],
)
def test_every_wrong_field_is_named(cast: SimpleNamespace, changes: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        submit(submission(cast, **changes), actor=Actor())
    assert set(caught.value.error_dict) == fields
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("who", ["liaison", "deputy", "convener"])
def test_the_people_of_a_venue_register_for_others(cast: SimpleNamespace, who: str) -> None:
    person = getattr(cast, who)
    case = submit(submission(cast, channel="VISIT", venue=cast.station, phone=""), actor=as_actor(person))

    assert (case.registered_by, case.resident, case.venue, case.routing) == (
        person, None, cast.station, "DESK"
    )  # fmt: skip
    assert case.events.get().role == ("liaison" if who == "liaison" else "deputy")


@pytest.mark.parametrize(
    "who", ["resident", "other_liaison", "other_deputy", "other_committee", "reviewer", "officer", "admin"]
)
def test_nobody_else_registers_at_that_venue(cast: SimpleNamespace, who: str) -> None:
    form = submission(cast, channel="PHONE", venue=cast.station, category=cast.category)
    actor = as_actor(getattr(cast, who))
    with pytest.raises(Forbidden):
        submit(form, actor=actor)
    with pytest.raises(Forbidden):
        register_answered(form, reply="已经解决。", actor=actor)
    assert not Suggestion.objects.exists()


def test_nobody_registers_without_a_venue_or_a_name(cast: SimpleNamespace) -> None:
    with pytest.raises(Forbidden):
        submit(submission(cast, channel="VISIT", venue=None), actor=as_actor(cast.liaison))
    for actor in (Actor(), SYSTEM):
        with pytest.raises(Forbidden):
            submit(submission(cast, channel="VISIT", venue=cast.station), actor=actor)


def test_an_online_form_never_answers_itself(cast: SimpleNamespace) -> None:
    for person in (cast.resident, cast.deputy):
        with pytest.raises(Forbidden):
            register_answered(
                submission(cast, category=cast.category), reply="已经解决。", actor=as_actor(person)
            )
    assert not Suggestion.objects.exists()


def test_what_is_answered_on_the_spot_needs_category_and_reply(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as caught:
        register_answered(
            submission(cast, channel="VISIT", venue=cast.station), reply=" ", actor=as_actor(cast.deputy)
        )
    assert set(caught.value.error_dict) == {"category", "reply"}
