"""How stories begin: the words arrive, are understood and accepted, or end there."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from congress_portal.accounts.models import User
from congress_portal.common.clock import local_date
from stations.models import Venue
from suggestions.actors import Actor
from suggestions.enums import CaseLevel, Channel, ToldBy
from suggestions.permissions import STREET_LEVELS
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
# What a set-up story calls them.
STAGED = {"desk": Channel.VISIT, "paper": Channel.LETTER, "hotline": Channel.HOTLINE, "box": Channel.BOX}
# What is registered in the office mostly: its own letters, calls and copies.
AT_OFFICE = {Channel.HOTLINE: 1.0, Channel.LETTER: 0.6, Channel.PHONE: 0.4}
AT_DESK = (Channel.VISIT, Channel.RECEPTION, Channel.PHONE)


def receive(tale: Tale, *, draft: Draft | None = None, person: int | None = None) -> None:
    """A suggestion comes in. `person` is the phone number to give; by default each case has its own."""
    if draft is None:
        tale.find_draft()
    else:
        tale.take(draft)
    channel = _channel(tale)
    given: dict[str, Any] = {"channel": channel, "may_publish": tale.rng.random() < 0.22}
    number = names.demo_phone(tale.serial if person is None else person)
    if channel == Channel.ONLINE:
        actor = Actor(user=tale.cast.resident if tale.story.resident else None)
        given |= _online_place(tale) | {"name": names.resident_name(tale.rng), "phone": number}
        given |= {"notice_read": True, "may_share": tale.rng.random() < 0.35}
    else:
        tale.work(0, 0)
        who, venue = _registrar(tale, channel)
        actor = Actor(user=who)
        given |= {"venue": venue, "community": tale.cast.communities[tale.community]}
        given["outside_number"] = _outside_number(tale, channel)
        if channel not in UNSIGNED:
            given |= {"name": names.resident_name(tale.rng), "phone": number, "notice_read": True}
    if tale.turn("publishable", 0.0) or tale.story.resident:
        given["may_publish"] = True
    if tale.story.resident or "link" in tale.story.force:
        given["name"] = tale.cast.resident.name
    _send(tale, actor, given)


def _send(tale: Tale, actor: Actor, given: dict[str, Any]) -> None:
    draft = tale.draft
    with tale.now():
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
        return next((STAGED[name] for name in STAGED if name in tale.story.force), Channel.ONLINE)
    return tale.rng.choices(CHANNELS, CHANNEL_WEIGHTS)[0]


def _own_venue(tale: Tale) -> Venue:
    return tale.cast.stations[tale.community]


def _registrar(tale: Tale, channel: str) -> tuple[User, Venue | None]:
    """Who writes it down, and where; None: the office or the street does, and the rules find the venue."""
    venue = _own_venue(tale)
    if channel in AT_OFFICE and (tale.story.staged or tale.rng.random() < AT_OFFICE[Channel(channel)]):
        return tale.clerk, None
    if channel == Channel.RECEPTION:
        return tale.rng.choice(tale.cast.deputies[venue.pk]), venue
    if channel in (Channel.VISIT, Channel.PHONE) and tale.turn("at_the_street", 0.12):
        return tale.cast.committees[venue.street_id], None
    return tale.cast.liaisons[venue.pk], venue


def _outside_number(tale: Tale, channel: str) -> str:
    """The number a letter or the hotline's copy has in its own register."""
    day = local_date(tale.moment)
    if channel == Channel.HOTLINE:
        return f"RX{day:%Y%m%d}{tale.rng.randint(1, 4999):04d}"
    if channel == Channel.LETTER:
        return f"信〔{day.year}〕{tale.serial + 1}号"
    return ""


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
    points = list(tale.draft.points) or None
    tale.do("accept", who or tale.intake, category=category, level=level, points=points, note=note)


def follow_along(tale: Tale) -> None:
    """Deputies of the venue read, comment and follow."""
    if tale.turn("claim", 0.12):
        tale.live(0, 1)
        tale.do("claim", tale.deputy)
    if tale.turn("comment", 0.16):
        tale.live(0, 1)
        tale.do("comment", tale.deputy, text=words.comment(tale))
    for name, (chance, amend) in AMENDS.items():
        if tale.turn(name, chance):
            amend(tale)


def _reclassify(tale: Tale) -> None:
    """It turns out to be the district's business."""
    if tale.draft.level not in STREET_LEVELS:
        return
    tale.work(0, 1)
    units = tuple(
        code for code in tale.cast.corpus.categories[tale.draft.category].units if code != "@street"
    )
    tale.take(replace(tale.draft, level="L3", units=units or tale.draft.units))
    tale.do(
        "reclassify", tale.clerk, category=tale.cast.categories[tale.draft.category], level=CaseLevel.L3,
        reason=tale.note("reclassify", about="级别"),
    )  # fmt: skip


def _correct_contact(tale: Tale) -> None:
    if tale.case.channel in UNSIGNED:
        return
    tale.live(0, 2)
    contact = {"name": names.resident_name(tale.rng), "phone": names.demo_phone(tale.serial)}
    tale.do("correct_contact", tale.liaison if tale.on_behalf else tale.holder, contact=contact)


def _renew_code(tale: Tale) -> None:
    """The slip of paper was lost; at the venue there is a new one."""
    tale.work(0, 2)
    tale.do("renew_code", tale.liaison, how=ToldBy.DESK)


def _unclaim(tale: Tale) -> None:
    if tale.case.claims.exists():
        return
    tale.live(0, 1)
    deputy = tale.deputy
    tale.do("claim", deputy)
    tale.live(1, 3)
    tale.do("unclaim", deputy)


def _link(tale: Tale) -> None:
    """Sent without signing in, and kept under an own account afterwards."""
    tale.live(0, 1)
    tale.do("link_account", Actor(user=tale.cast.resident, holder_of=tale.case.pk))


# Small things that happen to some cases soon after they are accepted; 0: to set-up ones only.
AMENDS: dict[str, tuple[float, Callable[[Tale], None]]] = {
    "reclassify": (0.03, _reclassify),
    "correct_contact": (0.008, _correct_contact),
    "renew_code": (0.01, _renew_code),
    "unclaim": (0.01, _unclaim),
    "link": (0.0, _link),
}


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
    with tale.now():
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
