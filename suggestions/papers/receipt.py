"""受理回执: what somebody takes home who brought a matter, in large type.

It is made for the one page that shows the query code; the code is kept nowhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.masking import mask_text
from suggestions import dates, tracking, why
from suggestions.enums import State
from suggestions.models import Clock, ClockRule, OfficeSetting, Suggestion

Key = ClockRule.Key
# So much of what was said reminds whoever said it.
REMINDER = 90


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next, by which day."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """`code` is "" where a newer one was given out; `due` is the first date, with its reason."""

    number: str
    code: str
    title: str
    said: str
    received_on: date
    place: str
    address: str
    hours: str
    phone: str
    due: dates.Due | None
    later: tuple[Step, ...]
    track_url: str


def receipt(case: Suggestion, *, code: str, track_url: str) -> Receipt:
    """For a case whose code was just given out; `track_url` is what people type who cannot scan."""
    office, venue = OfficeSetting.load(), case.venue
    said = mask_text(case.text)
    short = said if len(said) <= REMINDER else f"{said[: REMINDER - 1]}…"
    return Receipt(
        number=case.number,
        code=code,
        title=mask_text(case.title),
        said=" ".join(short.split()),
        received_on=clock.local_date(case.received_at),
        place=venue.name if venue else office.letterhead,
        address=venue.address if venue else "",
        hours=venue.hours if venue else "",
        phone=venue.phone if venue else office.phone,
        due=dates.due(case),
        later=tuple(Step(row["why"].day, row["what"]) for row in what_happens_next(case)[1:])
        if case.state == State.SUBMITTED
        else (),
        track_url=track_url,
    )


def what_happens_next(case: Suggestion) -> list[dict[str, Any]]:
    """The coming dates if every limit is used up; the first one is a promise already made."""
    rules = {rule.key: rule for rule in ClockRule.objects.all()}
    told = Clock.objects.filter(suggestion=case, kind=Key.ACCEPT).order_by("pk").first()
    accept = why.explain(told) if told else why.of_rule(rules[Key.ACCEPT], clock.local_date(case.received_at))
    assign = why.of_rule(rules[Key.ASSIGN], accept.day)
    reply = why.of_rule(rules[Key.REPLY], assign.day)
    where = case.venue.name if case.venue else _("the district office")
    return [
        {"why": accept, "what": _("We tell you whether it is accepted"), "who": where},
        {"why": assign, "what": _("It is passed to whoever can solve it"), "who": tracking.OFFICE},
        {"why": reply, "what": _("You get a reply; complex matters may take longer"), "who": ""},
    ]
