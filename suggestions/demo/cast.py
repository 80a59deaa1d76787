"""Everybody and every place a story may need, read once; nobody's duties change while the demo loads."""

from dataclasses import dataclass
from datetime import datetime

from congress_portal.accounts.models import Role, User
from stations.models import Community, LiaisonOfficer, Posting, PostingRole, Venue, VenueKind
from suggestions.models import Category, DeclineReason, HandlingUnit, TransferBody, UnitMember

from .corpus import Corpus, load


@dataclass(frozen=True)
class Cast:
    """`until` is the present of the demo: nothing happens after it. Keys are codes or venue ids."""

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
    officers: dict[str, User]
    leaders: dict[str, User]
    venues: dict[str, Venue]
    stations: dict[str, Venue]
    points: dict[int, Venue]
    communities: dict[str, Community]
    served: dict[str, list[str]]
    units: dict[str, HandlingUnit]
    categories: dict[str, Category]
    reasons: dict[str, DeclineReason]
    bodies: dict[str, TransferBody]


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
    officers: dict[str, User] = {}
    leaders: dict[str, User] = {}
    for member in UnitMember.objects.filter(user__is_demo=True).select_related("user", "unit").order_by("pk"):
        (leaders if member.is_leader else officers).setdefault(member.unit.code, member.user)
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
        officers=officers,
        leaders=leaders,
        venues=venues,
        stations=stations,
        points={venue.parent_id or 0: venue for venue in venues.values() if venue.kind == VenueKind.POINT},
        communities={row.code: row for row in Community.objects.select_related("street")},
        served=served,
        units={row.code: row for row in HandlingUnit.objects.all()},
        categories={row.code: row for row in Category.objects.all()},
        reasons={row.code: row for row in DeclineReason.objects.filter(is_active=True)},
        bodies={row.name: row for row in TransferBody.objects.filter(is_active=True)},
    )


def _with(role: str) -> list[User]:
    return list(User.objects.filter(is_demo=True, role_grants__role=role).order_by("pk"))
