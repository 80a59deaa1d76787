"""How stories begin: the words arrive, are understood and accepted, or end there."""

from typing import Any

from congress_portal.accounts.models import User
from congress_portal.common import clock
from stations.models import Venue
from suggestions.actors import Actor
from suggestions.enums import CaseLevel, Channel
from suggestions.submissions import Submission, register_answered, submit

from . import names, words
from .pictures import staged_photo
from .shapes import Draft
from .tale import Tale

CHANNELS = (Channel.ONLINE, Channel.VISIT, Channel.PHONE, Channel.RECEPTION, Channel.BOX, Channel.LETTER,
            Channel.HOTLINE)  # fmt: skip
CHANNEL_WEIGHTS = (74, 9, 5, 6, 3, 2, 1)
PLACED = "按来件写明的地点，转到服务该社区的联络站。"
# Nobody is reached behind these.
UNSIGNED = (Channel.BOX, Channel.LETTER)
AT_DESK = (Channel.VISIT, Channel.RECEPTION, Channel.PHONE)


def receive(tale: Tale, *, draft: Draft | None = None, person: int | None = None) -> None:
    """A suggestion comes in. `person` is the phone number to give; by default each case has its own."""
    if draft is None:
        tale.find_draft()
    else:
        tale.take(draft)
    channel = _channel(tale)
    given: dict[str, Any] = {"channel": channel, "may_publish": tale.rng.random() < 0.3}
    number = names.demo_phone(tale.serial if person is None else person)
    if channel == Channel.ONLINE:
        actor = Actor(user=tale.cast.resident if tale.story.resident else None)
        given |= _online_place(tale) | {"name": names.resident_name(tale.rng), "phone": number}
        given |= {"notice_read": True, "may_share": tale.rng.random() < 0.35}
    else:
        tale.work(0, 0)
        actor = Actor(user=_registrar(tale, channel))
        given |= {"venue": _own_venue(tale), "community": tale.cast.communities[tale.community]}
        if channel not in UNSIGNED:
            given |= {"name": names.resident_name(tale.rng), "phone": number, "notice_read": True}
    if tale.turn("publishable", 0.0) or tale.story.resident:
        given["may_publish"] = True
    if tale.story.resident:
        given["name"] = tale.cast.resident.name
    _send(tale, actor, given)


def _send(tale: Tale, actor: Actor, given: dict[str, Any]) -> None:
    draft = tale.draft
    with clock.frozen(tale.moment):
        photos = [staged_photo(tale.token, tale.rng)] if tale.turn("photo", 0.05) else []
        tale.begun(
            submit(
                Submission(
                    token=tale.token,
                    title=draft.title,
                    text=draft.text,
                    place=draft.place,
                    category=tale.cast.categories[draft.category] if tale.rng.random() < 0.7 else None,
                    photos=photos,
                    is_demo=True,
                    **given,
                ),
                actor=actor,
            )
        )
    tale.pause("submit")


def _channel(tale: Tale) -> str:
    if tale.story.staged:
        return Channel.VISIT if "desk" in tale.story.force else Channel.ONLINE
    return tale.rng.choices(CHANNELS, CHANNEL_WEIGHTS)[0]


def _own_venue(tale: Tale) -> Venue:
    return tale.cast.stations[tale.community]


def _registrar(tale: Tale, channel: str) -> User:
    venue = _own_venue(tale)
    if channel == Channel.RECEPTION:
        return tale.rng.choice(tale.cast.deputies[venue.pk])
    return tale.cast.liaisons[venue.pk]


def _online_place(tale: Tale) -> dict[str, Any]:
    """The community, mostly; some scan the code of a venue, a few are not sure where they are."""
    community = tale.cast.communities[tale.community]
    if tale.turn("pool", 0.03):
        return {"place_unknown": True}
    if tale.turn("code", 0.1):
        station = _own_venue(tale)
        point = tale.cast.points.get(station.pk)
        return {"community": community, "venue": point or station}
    if tale.turn("street", 0.02):
        return {"street": community.street}
    return {"community": community}


def take_in(tale: Tale) -> None:
    """Intake reads it, asks when something is missing, and accepts it."""
    if tale.turn("note", 0.04):
        tale.live(0, 1)
        tale.do("add_note", tale.holder, text=words.resident_note(tale))
    tale.work(0, 2)
    find_place(tale)
    if tale.turn("ask_more", 0.07):
        ask(tale)
        tale.work(0, 2)
    accept(tale)
    follow_along(tale)


def find_place(tale: Tale) -> None:
    """A case without a place gets one before anybody decides on it."""
    if tale.case.venue is None:
        tale.do("move_venue", tale.clerk, venue=_own_venue(tale), reason=PLACED)
        tale.soon()


def ask(tale: Tale) -> None:
    asked = tale.cast.corpus.supplement(tale.rng, tale.draft)
    tale.do("ask_more", tale.intake, question=asked.question)
    tale.live(0, 5)
    tale.do("supplement", tale.liaison if tale.on_behalf else tale.holder, text=asked.answer)


def accept(tale: Tale, who: User | None = None) -> None:
    category, level = tale.cast.categories[tale.draft.category], CaseLevel(tale.draft.level)
    note = tale.note("internal") if tale.turn("internal", 0.1) else ""
    tale.do("accept", who or tale.intake, category=category, level=level, note=note)


def follow_along(tale: Tale) -> None:
    """Deputies of the venue read, comment and follow."""
    if tale.turn("claim", 0.12):
        tale.live(0, 1)
        tale.do("claim", tale.deputy)
    if tale.turn("comment", 0.16):
        tale.live(0, 1)
        tale.do("comment", tale.deputy, text=words.comment(tale))


def answered_at_desk(tale: Tale) -> None:
    """Raised and answered on the spot, at reception or over the phone."""
    tale.work(0, 0)
    matter = tale.cast.corpus.walkin(tale.rng, tale.month)
    venue = _own_venue(tale)
    channel = tale.rng.choices(AT_DESK, (5, 4, 1))[0]
    who = (
        tale.rng.choice(tale.cast.deputies[venue.pk])
        if channel == Channel.RECEPTION
        else tale.cast.liaisons[venue.pk]
    )
    with clock.frozen(tale.moment):
        tale.begun(
            register_answered(
                Submission(
                    token=tale.token, title=matter.title, text=matter.question, venue=venue, channel=channel,
                    community=tale.cast.communities[tale.community], notice_read=True,
                    category=tale.cast.categories[matter.category], name=names.resident_name(tale.rng),
                    phone=names.demo_phone(tale.serial), may_publish=tale.rng.random() < 0.4, is_demo=True,
                ),
                reply=matter.answer,
                actor=Actor(user=who),
            )
        )  # fmt: skip
    tale.handled = "direct"
    tale.pause("register_answered")
