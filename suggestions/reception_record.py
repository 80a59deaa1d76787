"""The record of a reception day: the day itself and every matter raised, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from congress_portal.accounts.models import User
from stations.models import ReceptionSession
from stations.services import booking
from stations.services.venues import hold

from .actors import Actor
from .enums import Channel
from .models import Suggestion
from .submissions import Submission, register_answered, submit

MOST_MATTERS = 20


class MatterError(Exception):
    """One of the matters cannot be registered: its place in the list, and why, by field."""

    def __init__(self, place: int, error: ValidationError) -> None:
        super().__init__(str(error))
        self.place, self.error = place, error


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody raised; with a `reply` it was answered on the spot."""

    submission: Submission
    reply: str = ""


def record(
    day: ReceptionSession, *, visitors: int, summary: str, attended: Mapping[int, bool],
    matters: Sequence[Matter], token: str, user: User,
) -> list[Suggestion]:  # fmt: skip
    """Write the record and register the matters; the cases in the order they were raised.

    `attended` says of each duty (by its id) whether the deputy was there. ValidationError and SessionError
    are about the day, MatterError and DoorError about a matter; then nothing is written.
    """
    with transaction.atomic():
        # The matters will hold it, and everybody locks venues before days.
        hold(day.venue)
        # Locks the day: of two records sent at once the second finds it written.
        held = booking.record(day, visitors=visitors, summary=summary, attended=attended, user=user)
        return [
            _register(held, place, matter, token, Actor(user=user)) for place, matter in enumerate(matters)
        ]


def token_of(token: str, place: int) -> str:
    """The form token of one matter of the record."""
    return f"{token[:36]}-{place}"


def registered(day: ReceptionSession, token: str) -> list[Suggestion]:
    """The cases this form has made, each with its `fresh_code`, for the slips to hand over."""
    tokens = [token_of(token, place) for place in range(MOST_MATTERS)]
    rows = Suggestion.objects.filter(reception=day, form_token__in=tokens).order_by("number")
    return [submit(Submission(token=row.form_token, text=""), actor=Actor()) for row in rows]


def _register(day: ReceptionSession, place: int, matter: Matter, token: str, actor: Actor) -> Suggestion:
    submission = replace(
        matter.submission, token=token_of(token, place), channel=Channel.RECEPTION, venue=day.venue,
        reception=day, is_demo=day.is_demo,
    )  # fmt: skip
    try:
        if matter.reply:
            return register_answered(submission, reply=matter.reply, actor=actor)
        return submit(submission, actor=actor)
    except ValidationError as error:
        raise MatterError(place, error) from error
