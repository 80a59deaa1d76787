"""What those who leave leave behind, and who is there in their place.

Kept with the change as plain data, so that it reads the same years later; only titles of cases are looked up.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deputies.models import TermChange
from stations.models import GONE, Posting, PostingRole, RotaPlace, Venue
from suggestions import workflow
from suggestions.models import Suggestion
from suggestions.selectors import HIDDEN

from . import plan

CHAIRS = (PostingRole.HEAD, PostingRole.CONVENER)
ROTA = "ROTA"
LOSSES: dict[str, Any] = {**{role: role.label for role in CHAIRS}, ROTA: _("rota")}


def collect(change: TermChange) -> dict[str, Any]:
    """The list as of now, for a change that is confirmed: {"people": [...], "venues": [...]}."""
    people = list(plan.departing(change).order_by("sort_key", "key"))
    there = _there(change)
    parts = {
        "cases": _by_person(_cases(change)),
        "days": _by_person(_days(change)),
        "turns": _by_person(_turns(change)),
        "roles": _by_person(_roles(change)),
        "venues": _by_person(_venues(change, there)),
    }
    seats = _seats(change)
    told = [
        {
            "key": person.key, "name": person.name, "organisation": person.organisation,
            "seat": seats.get(person.pk, ""),
            **{name: found.get(person.pk, []) for name, found in parts.items()},
        }
        for person in people
    ]  # fmt: skip
    leaving = set(plan.leaving(change).values_list("key", flat=True))
    # Whoever left long ago stands here only if something of theirs is still open.
    told = [line for line in told if line["key"] in leaving or any(line[name] for name in parts)]
    return {"people": told, "venues": _deserted(change)}


def kept(change: TermChange) -> dict[str, Any]:
    """The list to show: the one kept on the day, before it the one of now."""
    return change.result.get("hand_over") or collect(change)


def titles(listed: dict[str, Any]) -> dict[str, str]:
    """Number → title of every case of the list that the office may see: one query."""
    numbers = {case["number"] for person in listed["people"] for case in person["cases"]}
    rows = Suggestion.objects.filter(number__in=numbers).exclude(HIDDEN)
    return dict(rows.values_list("number", "title"))


def _by_person(rows: list[tuple[int, Any]]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for person, told in rows:
        found[person].append(told)
    return found


def _seats(change: TermChange) -> dict[int, str]:
    rows = change.old.mandates.values_list("deputy", "electoral_district", "electing_unit")
    return {deputy: district or unit for deputy, district, unit in rows}


def _cases(change: TermChange) -> list[tuple[int, Any]]:
    rows = plan.claims(change).filter(suggestion__state__in=workflow.OPEN)
    rows = rows.select_related("suggestion__venue").order_by("suggestion__due_on", "suggestion")
    return [
        (
            row.deputy_id,
            {
                "number": row.suggestion.number, "state": row.suggestion.state,
                "due": row.suggestion.due_on.isoformat() if row.suggestion.due_on else "",
                "venue": row.suggestion.venue.name if row.suggestion.venue else "",
            },
        )
        for row in rows
    ]  # fmt: skip


def _days(change: TermChange) -> list[tuple[int, Any]]:
    rows = plan.days(change).select_related("session__venue").order_by("session__day", "session__starts_at")
    return [
        (
            row.deputy_id,
            {
                "day": row.session.day.isoformat(), "from": f"{row.session.starts_at:%H:%M}",
                "venue": row.session.venue.name,
            },
        )
        for row in rows
    ]  # fmt: skip


def _turns(change: TermChange) -> list[tuple[int, Any]]:
    rows = plan.turns(change).select_related("plan__venue").order_by("plan")
    return [(row.deputy_id, row.plan.venue.name) for row in rows]


def _roles(change: TermChange) -> list[tuple[int, Any]]:
    """Head and convener by their posting, and the five roles."""
    chairs = plan.postings(change).filter(role__in=CHAIRS).select_related("venue")
    five = plan.roles(change).select_related("venue")
    return [
        (row.deputy_id, {"role": str(row.get_role_display()), "venue": row.venue.name})
        for rows in (chairs, five)
        for row in rows.order_by("venue__code", "role")
    ]


def _venues(change: TermChange, there: dict[int, list[str]]) -> list[tuple[int, Any]]:
    rows = plan.postings(change).select_related("venue").order_by("venue__code", "pk")
    return [
        (
            row.deputy_id,
            {"code": row.venue.code, "name": row.venue.name, "there": there.get(row.venue_id, [])},
        )
        for row in rows
    ]


def serving(change: TermChange) -> QuerySet[Posting]:
    """Postings in force on the first day of the new term, of people who hold a mandate then."""
    return Posting.objects.live(change.switch_on)


def _there(change: TermChange) -> dict[int, list[str]]:
    """Venue → names of those who serve there from the day on."""
    rows = serving(change).exclude(deputy__in=plan.departing(change)).select_related("deputy")
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("venue", "deputy__sort_key", "deputy__key"):
        if str(row.deputy) not in names[row.venue_id]:
            names[row.venue_id].append(str(row.deputy))
    return names


def _deserted(change: TermChange) -> list[dict[str, Any]]:
    """Venues that lose their last deputy, their head, their convener or their whole rota by the change."""
    after = serving(change)
    chairs = set(after.filter(role__in=CHAIRS).values_list("venue", "role"))
    manned = set(after.values_list("venue", flat=True))
    lost: dict[int, set[str]] = defaultdict(set)
    for posting in _before(change):
        if posting.venue_id not in manned:
            lost[posting.venue_id].add("")
        if posting.role in CHAIRS and (posting.venue_id, posting.role) not in chairs:
            lost[posting.venue_id].add(posting.role)
    for venue in _without_rota(change):
        lost[venue].add(ROTA)
    rows = Venue.objects.filter(pk__in=lost).exclude(status__in=GONE).order_by("code")
    cases = dict(
        Suggestion.objects.filter(venue__in=lost, state__in=workflow.OPEN)
        .order_by()
        .values("venue")
        .annotate(count=Count("pk"))
        .values_list("venue", "count")
    )
    return [
        {
            "code": venue.code, "name": venue.name, "cases": cases.get(venue.pk, 0),
            "nobody": "" in lost[venue.pk],
            "lost": [str(label) for what, label in LOSSES.items() if what in lost[venue.pk]],
        }
        for venue in rows
    ]  # fmt: skip


def _without_rota(change: TermChange) -> set[int]:
    """Venues with a plan that goes on and whose whole rota leaves, or serves elsewhere then."""
    gone = Count("pk", filter=Q(pk__in=plan.turns(change, plan.moved(change)).values("pk")))
    places = RotaPlace.objects.filter(Q(plan__ends_on=None) | Q(plan__ends_on__gt=change.switch_on))
    rows = places.order_by().values("plan", "plan__venue").annotate(all=Count("pk"), gone=gone)
    return {row["plan__venue"] for row in rows if row["all"] == row["gone"]}


def _before(change: TermChange) -> QuerySet[Posting]:
    """Postings that end with the old term: of people who leave, and of those who serve elsewhere now."""
    return Posting.objects.filter(pk__in=plan.moved(change)) | plan.postings(change)
