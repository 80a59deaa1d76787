"""Deputies as the public may see them: people with a mandate in force, and the mandates they hold now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Case, Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from congress_portal.common import clock

from .models import Deputy, DeputyGroup, Level, Mandate
from .models.order import order_rules
from .readings import latin

T = TypeVar("T")
# Highest first; the column holds words, so their order is told to the database.
RANK = {level: rank for rank, level in enumerate(Level)}
BY_RANK = Case(
    *(When(congress__level=level, then=rank) for level, rank in RANK.items()), output_field=IntegerField()
)


@dataclass(slots=True)
class LevelGroup(Generic[T]):
    """What belongs to one level, for a heading and the entries under it."""

    level: Level
    members: list[T] = field(default_factory=list)


def seats(day: date | None = None) -> QuerySet[Mandate]:
    """Mandates in force with their congress, highest level first."""
    return Mandate.objects.in_force(day or clock.today()).select_related("congress").order_by(BY_RANK, "pk")


def current_seats(lookup: str = "mandates", day: date | None = None) -> Prefetch:
    """Prefetch of the mandates in force into `deputy.seats`; `lookup` is the way to them."""
    return Prefetch(lookup, seats(day), to_attr="seats")


def named(text: str) -> Q:
    """Deputies whom `text` may mean: part of the name or the work unit; pinyin or initials from the start."""
    # Stored names hold no spaces and one kind of dot.
    found = Q(name__icontains="".join(text.split()).replace("•", "·")) | Q(organisation__icontains=text)
    if letters := latin(text):
        for column in ("pinyin", "initials"):
            # The columns hold words: the whole name and the given name.
            found |= Q(**{f"{column}__startswith": letters}) | Q(**{f"{column}__contains": f" {letters}"})
    return found


def in_office(
    *, level: str = "", text: str = "", delegation: str = "", group: str = "", day: date | None = None
) -> QuerySet[Deputy]:
    """Deputies with a mandate in force in the official order; without a level the highest comes first.

    One and the same mandate has the level, the delegation and the group (by its name). `text` is looked for
    as in `named`. Each has `.seats`: the mandates in force.
    """
    day = day or clock.today()
    held = Mandate.objects.in_force(day)
    own = held.filter(deputy=OuterRef("pk"))
    asked = {"congress__level": level, "delegation": delegation, "groups__name": group}
    meant = {column: value for column, value in asked.items() if value}
    rows = Deputy.objects.filter(pk__in=held.filter(**meant).values("deputy"))
    if text:
        rows = rows.filter(named(text))
    if not level:
        highest = own.annotate(rank=BY_RANK).order_by("rank").values("rank")[:1]
        rows = rows.annotate(rank=Subquery(highest, output_field=IntegerField()))
        rows = rows.order_by("rank", "sort_key", "key")
    return rows.prefetch_related(current_seats(day=day))


def delegations(day: date | None = None) -> list[str]:
    """Names of the delegations that somebody in office belongs to."""
    rows = Mandate.objects.in_force(day or clock.today()).exclude(delegation="")
    # Sorted here: databases differ in how they sort Chinese.
    return sorted(rows.order_by().values_list("delegation", flat=True).distinct())


def groups_in_use(day: date | None = None) -> list[DeputyGroup]:
    """Deputy groups with somebody in office, those of areas first."""
    held = Mandate.objects.in_force(day or clock.today())
    rows = DeputyGroup.objects.filter(is_active=True, pk__in=held.values("groups"))
    return list(rows.order_by("kind", "name"))


def groups_of(deputy: Deputy) -> list[DeputyGroup]:
    """The groups the deputy works in by a mandate in force."""
    held = Mandate.objects.in_force(clock.today()).filter(deputy=deputy)
    rows = DeputyGroup.objects.filter(is_active=True, pk__in=held.values("groups"))
    return list(rows.order_by("kind", "name"))


def unplaced() -> list[str]:
    """Characters of names that the order does not know, so that the names stand where nobody looks."""
    rules = order_rules(for_writing=False)
    names = Deputy.objects.order_by().values_list("name", flat=True)
    return sorted({sign for name in names for sign in name if not rules.knows(sign)})


def level_of(deputy: Deputy) -> Level:
    """The highest level at which the deputy sits; needs `.seats`."""
    # The prefetch above sets it; the checker cannot see that.
    return Level(deputy.seats[0].congress.level)  # type: ignore[attr-defined]


def mandates_by_level(day: date | None = None) -> dict[Level, int]:
    """Mandates in force at each level, highest first, levels without one too."""
    rows = Mandate.objects.in_force(day or clock.today()).order_by().values("congress__level")
    counts = dict(rows.annotate(count=Count("pk")).values_list("congress__level", "count"))
    return {level: counts.get(level, 0) for level in Level}


def people_in_office(day: date | None = None) -> int:
    """People, not mandates: whoever holds two counts once."""
    rows = Mandate.objects.in_force(day or clock.today())
    return rows.aggregate(people=Count("deputy", distinct=True))["people"]


def by_level(entries: Iterable[tuple[Level, T]]) -> list[LevelGroup[T]]:
    """Entries under their level, highest first; levels without entries are left out."""
    groups: dict[Level, LevelGroup[T]] = {level: LevelGroup(level) for level in Level}
    for level, entry in entries:
        groups[level].members.append(entry)
    return [group for group in groups.values() if group.members]
