"""Venues of the demo: a point merged last year, a station closed for some weeks, rules and heads."""

from datetime import date, datetime, time
from random import Random

from congress_portal.accounts.models import User
from congress_portal.common import clock
from stations.models import LiaisonOfficer, Posting, Venue, VenueChange, VenueKind
from stations.services import venues
from suggestions.demo.names import staff_name
from suggestions.demo.people import SINCE
from suggestions.succession import retire

SEED = 73
HEIR, FORMER = "P02", "P11"
MERGED_ON = (9, 1)  # of last year
RENOVATED = "S12"
SUSPENDED_ON, RESUMED_ON = (3, 2), (4, 13)  # of this year, or of last year if that is still to come
RULES = {
    VenueKind.HOME: (
        "一、每月至少组织一次代表学习或者接待活动，日期提前三日公告。",
        "二、统筹本街道联络站、联系点，及时分办群众意见。",
        "三、代表只听取、登记、转交和跟踪，不直接处理问题。",
        "四、接待和办理情况如实记录，按月归档。",
        "五、群众姓名和联系方式依法保密。",
    ),
    VenueKind.STATION: (
        "一、代表按接待安排到站，临时不能到站的由其他代表替班并公告。",
        "二、来访群众逐一登记，当场说明办理去向和答复期限。",
        "三、代表只听取、登记、转交和跟踪，不直接处理问题。",
        "四、办理结果在站内公开，涉及个人的只告知本人。",
        "五、群众姓名和联系方式依法保密。",
    ),
    VenueKind.POINT: (
        "一、扫码或者投递意见卡均可反映情况，工作人员每个工作日收取。",
        "二、收到的意见当日转交所属联络站登记。",
        "三、群众姓名和联系方式依法保密。",
    ),
}


def load() -> None:
    """Nothing if it is there already, or if there are no demo venues."""
    heir = Venue.objects.filter(code=HEIR, is_demo=True).select_related("street", "parent").first()
    if heir is None or Venue.objects.filter(code=FORMER).exists():
        return
    clerk = User.objects.filter(username="clerk", is_demo=True).first()
    _write_on_the_wall(Random(SEED))
    _merge_a_point(heir, clerk)
    _renovate(clerk)


def _write_on_the_wall(rng: Random) -> None:
    demo = Venue.objects.filter(is_demo=True)
    for kind, lines in RULES.items():
        demo.filter(kind=kind, rules="").update(rules="\n".join(lines))
    points = list(demo.filter(kind=VenueKind.POINT, head_name="").order_by("code"))
    for point in points:
        # A home or station is headed by one of its deputies.
        point.head_name, point.head_post = staff_name(rng), "社区工作者"
    Venue.objects.bulk_update(points, ["head_name", "head_post"])


def _merge_a_point(heir: Venue, clerk: User | None) -> None:
    """Two deputies of the same station served at a point next door until it was merged."""
    former = Venue.objects.create(
        code=FORMER, kind=VenueKind.POINT, name="帅府社区临街商铺人大代表联系点", street=heir.street,
        parent=heir.parent, address="皇城街道帅府社区临街商铺（演示地址）", phone=heir.phone,
        hours=heir.hours, opened_on=SINCE, is_demo=True,
    )  # fmt: skip
    former.communities.set(heir.communities.all())
    team = Posting.objects.filter(venue=heir.parent, ends_on=None).order_by("pk")
    others = team.exclude(deputy__postings__venue=heir)[:2]
    Posting.objects.bulk_create(
        Posting(deputy=row.deputy, venue=former, starts_on=SINCE) for row in others.select_related("deputy")
    )
    officer = LiaisonOfficer.objects.filter(venue=heir, ends_on=None).first()
    if officer:
        LiaisonOfficer.objects.create(user=officer.user, venue=former, starts_on=SINCE)
    with clock.frozen(_morning(date(clock.today().year - 1, *MERGED_ON))):
        retire(
            former, heir=heir, kind=VenueChange.Kind.MERGED, by=clerk,
            reason="两处相距不足两百米，并入楼宇联系点（演示资料）",
        )  # fmt: skip


def _renovate(clerk: User | None) -> None:
    venue = Venue.objects.open().filter(code=RENOVATED, is_demo=True).first()
    if venue is None:
        return
    year = clock.today().year
    if date(year, *RESUMED_ON) > clock.today():
        year -= 1
    with clock.frozen(_morning(date(year, *SUSPENDED_ON))):
        venues.suspend(venue, reason="接待室装修，请到街道代表之家反映（演示资料）", by=clerk)
    with clock.frozen(_morning(date(year, *RESUMED_ON))):
        venues.resume(venue, reason="装修完成，恢复接待（演示资料）", by=clerk)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=clock.SHANGHAI)
