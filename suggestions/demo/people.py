"""Demo accounts and the rosters: 318 invented people with 330 mandates, all posted; staff who do the work.

The password of the demo logins comes from settings; all other accounts have none and only act in histories.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from congress_portal.accounts.models import Role, RoleGrant, User
from congress_portal.common import clock
from deputies.models import Congress, Deputy, Gender, Level, Mandate, RareCharacter
from stations.models import LiaisonOfficer, Posting, PostingRole, Venue, VenueKind
from suggestions.models import HandlingUnit, UnitMember

from .names import Person, deputy_names, staff_name

SEED = 19
HOME_STATION, SECOND_VENUE, DEMO_UNIT = "S09", "H02", "HOUSING"
PEOPLE = 318
# Posted before the first story; every congress had begun by then.
SINCE = date(2023, 4, 3)

CONGRESSES = (
    # level, area, term, first session, delegation, who elects
    (Level.NATIONAL, "全国", 14, date(2023, 3, 5), "辽宁代表团", "辽宁省人民代表大会"),
    (Level.PROVINCIAL, "辽宁省", 14, date(2023, 1, 11), "沈阳代表团", "沈阳市人民代表大会"),
    (Level.MUNICIPAL, "沈阳市", 17, date(2022, 1, 11), "沈河代表团", "沈河区人民代表大会"),
    (Level.DISTRICT, "沈河区", 19, date(2021, 12, 28), "", ""),
)
# Level → places in the list of people. Overlaps are the twelve who hold two: 3 + 11 + 47 + 269 = 330.
SEATS: dict[str, tuple[range, ...]] = {
    Level.NATIONAL: (range(269, 272),),
    Level.PROVINCIAL: (range(8, 9), range(269, 270), range(272, 281)),
    Level.MUNICIPAL: (range(8), range(272, 274), range(281, 318)),
    Level.DISTRICT: (range(269),),
}
IN_HOMES = range(274, 318)  # four for each of eleven; the others serve at stations
PER_DISTRICT = 3  # deputies an electoral district elects at most
# Rare characters of the names; 契 and 異 come right before them in the order of strokes.
RARE_CHARACTERS = (("㛃", 9, "契"), ("𬱖", 11, "異"))
AT_POINT = 3  # deputies of the station who also serve at its point

# Two clerks, because a second person publishes; the second ones have no password.
STAFF = {
    "clerk": Role.CLERK,
    "reviewer": Role.REVIEWER,
    "head": Role.HEAD,
    "clerk2": Role.CLERK,
    "reviewer2": Role.REVIEWER,
    "secrecy": Role.SECRECY,
}
LOGINS = (
    "admin",
    "clerk",
    "reviewer",
    "head",
    "secrecy",
    "liaison",
    "deputy",
    "convener",
    "unit",
    "unitlead",
    "committee",
    "coordinator",
    "resident",
)
INTERESTS = (
    "老旧小区改造",
    "养老助餐",
    "供暖保障",
    "停车治理",
    "社区医疗",
    "中小学教育",
    "道路出行",
    "楼道安全",
)


class TakenLogin(Exception):
    """A login of the demo belongs to a real account; its name is the argument."""


@dataclass(frozen=True, slots=True)
class Passwords:
    """One hash for all demo logins: hashing is slow on purpose."""

    hash: str

    def account(self, login: str, name: str, **fields: bool) -> User:
        password = self.hash if login in LOGINS else make_password(None)
        return User(username=login, name=name, password=password, is_demo=True, **fields)


def loaded() -> User | None:
    """The demo's administrator: with this account all rosters were loaded, at its `date_joined`."""
    return User.objects.filter(username="admin", is_demo=True).first()


@transaction.atomic
def load_people() -> None:
    """All accounts and rosters at once. TakenLogin if an account that is not of the demo has such a login."""
    rng = Random(SEED)
    passwords = Passwords(make_password(settings.DEMO_PASSWORD))
    # Points last: whoever serves there also has a home or a station.
    kinds = list(VenueKind)
    venues = sorted(
        Venue.objects.filter(is_demo=True), key=lambda venue: (kinds.index(VenueKind(venue.kind)), venue.code)
    )
    people = deputy_names(PEOPLE, SEED)
    deputies = [_deputy(person) for person in people]
    posts = _posts(venues, deputies)
    units = list(HandlingUnit.objects.filter(coordination_only=False).order_by("code"))
    users = [
        passwords.account("admin", "演示管理员", is_staff=True, is_superuser=True),
        passwords.account("resident", staff_name(rng)),
        *(passwords.account(login, staff_name(rng), is_staff=True) for login in STAFF),
        *(passwords.account(_liaison(venue), staff_name(rng)) for venue in _staffed(venues)),
        *(
            passwords.account(_member(unit, leads), staff_name(rng))
            for unit in units
            for leads in (False, True)
        ),
        *(passwords.account(login, deputy.name) for login, deputy in _deputies_with_accounts(posts)),
    ]
    refuse_real_accounts([*LOGINS, *(user.username for user in users)])
    for user in users:
        user.date_joined = clock.now()
    accounts = {user.username: user for user in User.objects.bulk_create(users)}
    RoleGrant.objects.bulk_create(RoleGrant(user=accounts[login], role=role) for login, role in STAFF.items())
    _load_deputies(deputies, posts, accounts)
    _load_duties(venues, units, accounts)


def refuse_real_accounts(logins: Iterable[str]) -> None:
    """TakenLogin for the first of them that somebody has already."""
    taken = User.objects.filter(username__in=list(logins)).first()
    if taken:
        raise TakenLogin(taken.username)


def _deputy(person: Person) -> Deputy:
    interest = INTERESTS[person.index % len(INTERESTS)]
    return Deputy(
        key=f"D{person.index + 1:04d}",
        name=person.name,
        gender=Gender.FEMALE if person.is_woman else Gender.MALE,
        ethnicity=person.ethnicity,
        organisation=person.organisation,
        position=person.position,
        introduction=f"关注{interest}，按接待安排到站听取居民意见。（演示资料，人物为虚构）",
        is_demo=True,
    )


def _posts(venues: list[Venue], deputies: list[Deputy]) -> list[tuple[Venue, Deputy, str]]:
    """Everybody has one home or station; some of a station's also serve at its point."""
    homes = [venue for venue in venues if venue.kind == VenueKind.HOME]
    stations = [venue for venue in venues if venue.kind == VenueKind.STATION]
    team: dict[int, list[Deputy]] = {venue.pk: [] for venue in venues}
    places = {True: cycle(homes), False: cycle(stations)}
    for index, deputy in enumerate(deputies):
        team[next(places[index in IN_HOMES]).pk].append(deputy)
    for venue in venues:
        if venue.kind == VenueKind.POINT:
            team[venue.pk] = team[venue.parent_id or 0][:AT_POINT]
    posts = [
        (venue, deputy, _role(place, venue))
        for venue in venues
        for place, deputy in enumerate(team[venue.pk])
    ]
    by_code = {venue.code: venue for venue in venues}
    convener = team[by_code[HOME_STATION].pk][0]
    return [*posts, (by_code[SECOND_VENUE], convener, PostingRole.RESIDENT)]


def _role(place: int, venue: Venue) -> str:
    if place == 0:
        return PostingRole.CONVENER
    return PostingRole.HEAD if place == 1 and venue.kind != VenueKind.POINT else PostingRole.RESIDENT


def _deputies_with_accounts(posts: list[tuple[Venue, Deputy, str]]) -> Iterator[tuple[str, Deputy]]:
    """Convener, head and one more of every venue act in histories: (login, deputy), each person once."""
    counts: dict[int, int] = {}
    seen = set()
    for venue, deputy, _given in posts:
        place = counts[venue.pk] = counts.get(venue.pk, 0) + 1
        if place <= AT_POINT and deputy.key not in seen:
            seen.add(deputy.key)
            demo = {1: "convener", AT_POINT: "deputy"} if venue.code == HOME_STATION else {}
            yield demo.get(place, f"deputy-{deputy.key.lower()}"), deputy


def _load_deputies(
    deputies: list[Deputy], posts: list[tuple[Venue, Deputy, str]], accounts: dict[str, User]
) -> None:
    for login, deputy in _deputies_with_accounts(posts):
        deputy.user = accounts[login]
    # Before the people: each of these places everybody anew.
    for sign, strokes, after in RARE_CHARACTERS:
        RareCharacter.objects.get_or_create(character=sign, defaults={"strokes": strokes, "after": after})
    Deputy.objects.bulk_create(deputies)
    first: dict[int, Venue] = {}
    for venue, deputy, _given in posts:
        first.setdefault(deputy.pk, venue)
    districts = _electoral_districts(deputies, first)
    mandates: list[Mandate] = []
    for level, area, term, start, delegation, electing in CONGRESSES:
        congress, _new = Congress.objects.get_or_create(
            level=level, area=area, ordinal=term, defaults={"starts_on": start}
        )
        for deputy in (deputies[index] for seats in SEATS[level] for index in seats):
            street = first[deputy.pk].street.name
            mandates.append(
                Mandate(
                    deputy=deputy,
                    congress=congress,
                    starts_on=start,
                    electing_unit=electing,
                    delegation=delegation or f"{street}代表团",
                    electoral_district="" if electing else districts[deputy.pk],
                )
            )
    Mandate.objects.bulk_create(mandates)
    Posting.objects.bulk_create(
        Posting(venue=venue, deputy=deputy, role=role, starts_on=SINCE) for venue, deputy, role in posts
    )


def _electoral_districts(deputies: list[Deputy], first: dict[int, Venue]) -> dict[int, str]:
    """Neighbours are elected together: numbered street by street, at most three seats each."""
    chosen = [deputies[index] for seats in SEATS[Level.DISTRICT] for index in seats]
    chosen.sort(key=lambda deputy: (first[deputy.pk].street_id, first[deputy.pk].code, deputy.key))
    names: dict[int, str] = {}
    number, last, seats = 0, 0, 0
    for deputy in chosen:
        street = first[deputy.pk].street_id
        if street != last or seats == PER_DISTRICT:
            number, last, seats = number + 1, street, 0
        seats += 1
        names[deputy.pk] = f"第{number}选区"
    return names


def _staffed(venues: Iterable[Venue]) -> Iterator[Venue]:
    """Homes and stations have an officer of their own; a point is run by its station's."""
    return (venue for venue in venues if venue.kind != VenueKind.POINT)


def _liaison(venue: Venue) -> str:
    return "liaison" if venue.code == HOME_STATION else f"liaison-{venue.code.lower()}"


def _member(unit: HandlingUnit, leads: bool) -> str:
    if unit.code == DEMO_UNIT:
        return "unitlead" if leads else "unit"
    return f"{'leader' if leads else 'officer'}-{unit.code.lower()}"


def _load_duties(venues: list[Venue], units: list[HandlingUnit], accounts: dict[str, User]) -> None:
    own = {venue.pk: accounts[_liaison(venue)] for venue in _staffed(venues)}
    LiaisonOfficer.objects.bulk_create(
        LiaisonOfficer(user=own.get(venue.pk) or own[venue.parent_id or 0], venue=venue, starts_on=SINCE)
        for venue in venues
    )
    UnitMember.objects.bulk_create(
        UnitMember(user=accounts[_member(unit, leads)], unit=unit, is_leader=leads, starts_on=SINCE)
        for unit in units
        for leads in (False, True)
    )
