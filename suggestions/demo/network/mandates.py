"""What happened to mandates in the demo: groups, leaders, one seat filled anew, one suspension long over."""

from datetime import date, datetime, time
from random import Random

from congress_portal.accounts.models import User
from congress_portal.common import clock
from deputies.models import Deputy, DeputyGroup, Level, Mandate, MandateChange, MandateEvent
from deputies.services import record_change
from stations.models import Posting, PostingRole
from suggestions.demo.names import staff_name
from suggestions.demo.people import SINCE

SEED = 61
FIELDS = ("经济发展", "城建环保", "教科文卫", "法治建设", "民生保障")
IN_A_FIELD = 14
LEADERS = (
    ("沈河区人大常委会（演示）", "主任"),
    ("沈河区人大常委会（演示）", "副主任"),
    ("沈河区人大常委会（演示）", "副主任"),
)
FORMER_KEY = "D0319"
NOTE = "演示资料，人物和文号均为虚构"


def load() -> None:
    """Nothing if it is there already, or if there are no demo deputies."""
    quiet = _in_the_background()
    if not quiet or DeputyGroup.objects.filter(name=_field(FIELDS[0])).exists():
        return
    rng = Random(SEED)
    rng.shuffle(quiet)
    _load_groups(rng)
    _load_leaders(quiet[: len(LEADERS)])
    elected, suspended = quiet[len(LEADERS) : len(LEADERS) + 2]
    clerk = User.objects.filter(username="clerk", is_demo=True).first()
    _load_by_election(elected, staff_name(rng), clerk)
    _load_suspension(suspended, clerk)


def _in_the_background() -> list[Mandate]:
    """District mandates of people who sit nowhere else and act in no story."""
    rows = Mandate.objects.filter(congress__level=Level.DISTRICT, deputy__is_demo=True, deputy__user=None)
    several = Mandate.objects.exclude(congress__level=Level.DISTRICT).values("deputy")
    rows = rows.exclude(deputy__in=several).exclude(
        deputy__postings__role__in=(PostingRole.HEAD, PostingRole.CONVENER)
    )
    return list(rows.select_related("deputy", "congress").order_by("deputy__key"))


def _field(name: str) -> str:
    return f"{name}代表小组"


def _load_groups(rng: Random) -> None:
    """One for every delegation of the district, and some by field."""
    mandates = list(Mandate.objects.filter(congress__level=Level.DISTRICT).order_by("deputy__key"))
    areas: dict[str, list[Mandate]] = {}
    for mandate in mandates:
        areas.setdefault(f"{mandate.delegation.removesuffix('代表团')}代表小组", []).append(mandate)
    fields = {_field(name): rng.sample(mandates, IN_A_FIELD) for name in FIELDS}
    link = Mandate.groups.through
    for kind, groups in ((DeputyGroup.Kind.AREA, areas), (DeputyGroup.Kind.FIELD, fields)):
        for name, members in groups.items():
            group, _new = DeputyGroup.objects.get_or_create(name=name, defaults={"kind": kind})
            link.objects.bulk_create(link(mandate=mandate, deputygroup=group) for mandate in members)


def _load_leaders(mandates: list[Mandate]) -> None:
    for order, (mandate, (organisation, position)) in enumerate(zip(mandates, LEADERS, strict=True), 1):
        person = mandate.deputy
        person.organisation, person.position, person.leader_order = organisation, position, order
        person.save()


def _load_by_election(seat: Mandate, name: str, clerk: User | None) -> None:
    """Somebody resigned last year; who holds the seat now was elected that autumn."""
    left, elected = _last_year(6, 27), _last_year(9, 26)
    former = Deputy.objects.create(
        key=FORMER_KEY, name=name, organisation="示例物业公司", position="经理", is_demo=True
    )
    old = Mandate.objects.create(
        deputy=former, congress=seat.congress, starts_on=seat.starts_on,
        electoral_district=seat.electoral_district, delegation=seat.delegation,
    )  # fmt: skip
    postings = Posting.objects.filter(deputy=seat.deputy)
    Posting.objects.bulk_create(
        Posting(deputy=former, venue=row.venue, role=row.role, starts_on=SINCE, ends_on=left)
        for row in postings.select_related("venue")
    )
    postings.update(starts_on=elected)
    seat.starts_on = elected
    seat.save()
    _record(old, MandateChange.RESIGNED, left, 8, clerk)
    _record(seat, MandateChange.BY_ELECTION, elected, 14, clerk)


def _load_suspension(mandate: Mandate, clerk: User | None) -> None:
    _record(mandate, MandateChange.SUSPENDED, _last_year(3, 12), 3, clerk)
    _record(mandate, MandateChange.RESTORED, _last_year(5, 21), 6, clerk)


def _last_year(month: int, day: int) -> date:
    return date(clock.today().year - 1, month, day)


def _record(mandate: Mandate, kind: str, day: date, number: int, clerk: User | None) -> MandateEvent:
    """As the clerk did on that day."""
    with clock.frozen(datetime.combine(day, time(15, 20), clock.SHANGHAI)):
        document = f"沈河人大发〔{day.year}〕{number}号"
        return record_change(mandate, kind, day, day, document_number=document, note=NOTE, by=clerk)
