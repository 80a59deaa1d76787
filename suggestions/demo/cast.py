"""Everybody and every place a story may need, read once; nobody's duties change while the demo loads."""

from dataclasses import dataclass
from datetime import datetime

from congress_portal.accounts.models import Role, User
from stations.models import (
    CommitteeMember,
    Community,
    LiaisonOfficer,
    Posting,
    PostingRole,
    Venue,
    VenueKind,
)
from suggestions.models import (
    Category,
    DeclineReason,
    HandlingUnit,
    ReminderRule,
    SupervisingBody,
    TransferBody,
    UnitMember,
)

from .corpus import Corpus, load
from .network.offices import COORDINATOR


@dataclass(frozen=True)
class Cast:
    """`until` is the present of the demo: nothing happens after it. Keys are codes, venue or street ids.

    `leaders` of a unit: who signs first replies, the principal last; `reminders` are (working days, tone).
    """

    until: datetime
    corpus: Corpus
    clerks: list[User]
    reviewers: list[User]
    head: User
    secrecy: User
    resident: User
    liaisons: dict[int, User]
    conveners: dict[int, User]
    deputies: dict[int, list[User]]
    committees: dict[int, User]
    coordinator: User
    officers: dict[str, User]
    leaders: dict[str, list[User]]
    principals: dict[str, User]
    venues: dict[str, Venue]
    stations: dict[str, Venue]
    points: dict[int, Venue]
    communities: dict[str, Community]
    served: dict[str, list[str]]
    units: dict[str, HandlingUnit]
    categories: dict[str, Category]
    reasons: dict[str, DeclineReason]
    bodies: dict[str, TransferBody]
    supervisors: list[SupervisingBody]
    reminders: list[tuple[int, str]]


def gather(until: datetime) -> Cast:
    """The cast as the rosters have it."""
    stations: dict[str, Venue] = {}
    served: dict[str, list[str]] = {}
    venues = {venue.code: venue for venue in Venue.objects.open().order_by("code")}
    for venue in Venue.objects.open().filter(kind=VenueKind.STATION).prefetch_related("communities"):
        served[venue.code] = [community.code for community in venue.communities.all()]
        for code in served[venue.code]:
            stations.setdefault(code, venues[venue.code])
    conveners: dict[int, User] = {}
    deputies: dict[int, list[User]] = {}
    posts = Posting.objects.filter(deputy__user__is_demo=True, ends_on=None).order_by("pk")
    for post in posts.select_related("deputy__user"):
        user = post.deputy.user
        assert user is not None
        if post.role == PostingRole.CONVENER:
            conveners[post.venue_id] = user
        else:
            deputies.setdefault(post.venue_id, []).append(user)
    officers, leaders, principals = _members()
    committees = CommitteeMember.objects.filter(user__is_demo=True, ends_on=None).select_related("user")
    duties = LiaisonOfficer.objects.filter(user__is_demo=True, ends_on=None).select_related("user")
    return Cast(
        until=until,
        corpus=load(),
        clerks=_with(Role.CLERK),
        reviewers=_with(Role.REVIEWER),
        head=_with(Role.HEAD)[0],
        secrecy=_with(Role.SECRECY)[0],
        resident=User.objects.get(username="resident"),
        liaisons={duty.venue_id: duty.user for duty in duties.order_by("-pk")},
        conveners=conveners,
        deputies=deputies,
        committees={duty.street_id: duty.user for duty in committees},
        coordinator=User.objects.get(username=COORDINATOR),
        officers=officers,
        leaders=leaders,
        principals=principals,
        venues=venues,
        stations=stations,
        points={venue.parent_id or 0: venue for venue in venues.values() if venue.kind == VenueKind.POINT},
        communities={row.code: row for row in Community.objects.select_related("street")},
        served=served,
        units={row.code: row for row in HandlingUnit.objects.all()},
        categories={row.code: row for row in Category.objects.all()},
        reasons={row.code: row for row in DeclineReason.objects.filter(is_active=True)},
        bodies={row.name: row for row in TransferBody.objects.filter(is_active=True)},
        supervisors=list(SupervisingBody.objects.filter(is_active=True)),
        reminders=list(
            ReminderRule.objects.filter(is_active=True)
            .order_by("-days_before")
            .values_list("days_before", "tone")
        ),
    )


def _members() -> tuple[dict[str, User], dict[str, list[User]], dict[str, User]]:
    """Of each unit its first officer, its leaders and its principal."""
    officers: dict[str, User] = {}
    leaders: dict[str, list[User]] = {}
    principals: dict[str, User] = {}
    members = UnitMember.objects.filter(user__is_demo=True, ends_on=None).select_related("user", "unit")
    for member in members.order_by("is_principal", "pk"):
        code = member.unit.code
        if not member.is_leader:
            officers.setdefault(code, member.user)
            continue
        leaders.setdefault(code, []).append(member.user)
        if member.is_principal:
            principals[code] = member.user
    return officers, leaders, principals


def _with(role: str) -> list[User]:
    return list(User.objects.filter(is_demo=True, role_grants__role=role).order_by("pk"))
