"""Writing the next term ahead of its day, and taking that back as long as the day has not come."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from congress_portal.accounts.models import Role, User
from congress_portal.common import clock
from congress_portal.common.db import lock
from deputies.models import Congress, Deputy, Mandate, TermChange, TermChangeStatus, TermRow
from deputies.resources import GIVEN_KEY
from stations.models import Posting, PostingReason, Venue
from stations.services.venues import hold as hold_venues
from suggestions.errors import Forbidden, Refused

from .drafting import locked
from .plan import Plan, codes_of, from_day_on

SIGNERS = (Role.REVIEWER, Role.HEAD)
BATCH = 500
SEAT = ("electoral_district", "electing_unit", "delegation", "certificate_number")
PERSON = ("name", "gender", "ethnicity", "organisation", "position")


def refusal(change: TermChange, user: User) -> str:
    """Why this person may not confirm it; "" if nothing speaks against it."""
    if user.is_superuser or not user.has_role(*SIGNERS):
        return _("A reviewer or the head of the commission confirms.")
    if user.pk in change.result.get("hands", []):
        return _("You prepared it yourself; somebody else confirms.")
    return ""


def confirm(change: TermChange, *, user: User) -> TermChange:
    """Write mandates, people and postings of the next term, all from its day on, and end the old seats then.

    Forbidden for whoever prepared it; Refused with the reasons while something is undecided; WrongState if
    somebody confirmed it meanwhile.
    """
    with transaction.atomic():
        change = locked(change, TermChangeStatus.DRAFT)
        if reason := refusal(change, user):
            raise Forbidden(reason)
        hold(change)
        plan = Plan(change)
        if plan.obstacles:
            raise Refused(" ".join(plan.obstacles))
        # Counted before anything is written, as the page showed it.
        figures = plan.figures
        moves = plan.moves
        said = {"default_user": user, "default_change_reason": str(change)[:100], "batch_size": BATCH}
        people = _new_people(plan.rows, said)
        made = _mandates(change, plan.rows, people, said)
        postings = bulk_create_with_history(
            [
                Posting(
                    deputy=people[row.pk], venue=venue, reason=PostingReason.TERM, starts_on=change.switch_on
                )
                for row, venue in moves.wanted
            ],
            Posting,
            **said,
        )
        undo = {
            "people": [people[row.pk].pk for row in plan.rows if row.deputy_id is None],
            "mandates": [mandate.pk for mandate in made],
            "postings": [posting.pk for posting in postings],
            "ended_mandates": end(_old_seats(change), change.switch_on, Mandate, said),
            "ended_postings": end(moves.ended, change.switch_on, Posting, said),
            "old_ends_on": _iso(change.old.ends_on),
        }
        _close(change.old, change.switch_on)
        change.status, change.confirmed_by = TermChangeStatus.CONFIRMED, user
        change.confirmed_at = clock.now()
        change.result |= {"figures": figures, "undo": undo}
        change.save()
        return change


def hold(change: TermChange) -> None:
    """The old term's mandates, the venues named and those left stay as they are until all is written."""
    change.old = lock(Congress.objects.filter(pk=change.old_id)).get()
    codes = {code for row in change.rows.exclude(venues="") for code in codes_of(row)}
    elected = change.rows.filter(deputy__isnull=False).values("deputy")
    served = Posting.objects.filter(from_day_on(change.switch_on), deputy__in=elected).values("venue")
    hold_venues(*Venue.objects.filter(Q(code__in=codes) | Q(pk__in=served)))


def _new_people(rows: Sequence[TermRow], said: dict[str, Any]) -> dict[int, Deputy]:
    """Row → its person, those nobody knew under new keys."""
    people = {row.pk: row.deputy for row in rows if row.deputy}
    number = _last_number()
    fresh = {}
    for row in rows:
        if row.pk not in people:
            number += 1
            told = {name: getattr(row, name) for name in PERSON}
            fresh[row.pk] = Deputy(key=f"D{number:04d}", **told)
    bulk_create_with_history(list(fresh.values()), Deputy, **said)
    return people | fresh


def _last_number() -> int:
    """The highest number a key D… ever had: a code printed once never leads to somebody else."""
    keys = {*Deputy.objects.values_list("key", flat=True), *Deputy.history.values_list("key", flat=True)}
    return max((int(found[1]) for key in keys if (found := GIVEN_KEY.fullmatch(key))), default=0)


def _mandates(
    change: TermChange, rows: Sequence[TermRow], people: dict[int, Deputy], said: dict[str, Any]
) -> list[Mandate]:
    made = [
        Mandate(
            deputy=people[row.pk], congress=change.new, starts_on=change.switch_on,
            **{name: getattr(row, name) for name in SEAT},
        )
        for row in rows
    ]  # fmt: skip
    made = bulk_create_with_history(made, Mandate, **said)
    for row, mandate in zip(rows, made, strict=True):
        row.mandate = mandate
    TermRow.objects.bulk_update(rows, ["mandate"], batch_size=BATCH)
    return made


def _old_seats(change: TermChange) -> Iterable[Mandate]:
    return change.old.mandates.filter(from_day_on(change.switch_on))


def end(rows: Iterable[Any], day: date, model: type[models.Model], said: dict[str, Any]) -> dict[str, Any]:
    """End dated rows on `day` (what begins later never begins); the ends they had, by id."""
    rows = list(rows)
    before = {str(row.pk): _iso(row.ends_on) for row in rows}
    for row in rows:
        row.ends_on = max(day, row.starts_on)
    if rows:
        bulk_update_with_history(rows, model, ["ends_on"], **said)
    return before


def _close(old: Congress, day: date) -> None:
    if old.ends_on is None or old.ends_on > day:
        old.ends_on = day
        old.save(update_fields=["ends_on"])


def undo(change: TermChange, *, user: User) -> TermChange:
    """Take a confirmation back before its day: the exact inverse, so all else stays as it has become since.

    Refused on the day and after it, and where somebody has built on what was written.
    """
    with transaction.atomic():
        change = locked(change, TermChangeStatus.CONFIRMED)
        if user.is_superuser or not user.has_role(*SIGNERS):
            raise Forbidden(_("A reviewer or the head of the commission takes it back."))
        if change.switch_on <= clock.today():
            raise Refused(_("The new term has begun; this can no longer be taken back."))
        said = {"default_user": user, "default_change_reason": str(change)[:100], "batch_size": BATCH}
        written = change.result["undo"]
        _refuse_if_built_on(written)
        change.rows.update(mandate=None)
        _delete(Posting, written["postings"], user)
        _delete(Mandate, written["mandates"], user)
        _delete(Deputy, written["people"], user)
        _restore(Mandate, written["ended_mandates"], change.switch_on, said)
        _restore(Posting, written["ended_postings"], change.switch_on, said)
        if change.old.ends_on == change.switch_on:
            change.old.ends_on = _day(written["old_ends_on"])
            change.old.save(update_fields=["ends_on"])
        change.status, change.confirmed_by, change.confirmed_at = TermChangeStatus.DRAFT, None, None
        change.result = {"hands": change.result.get("hands", [])}
        change.save()
        return change


def _refuse_if_built_on(written: dict[str, Any]) -> None:
    """What somebody entered since for new people would be lost with them."""
    touched = Deputy.objects.filter(pk__in=_changed_since(Deputy, written["people"]))
    names = set(touched.values_list("name", flat=True))
    for model, keys in ((Mandate, written["mandates"]), (Posting, written["postings"])):
        rows = model._default_manager.filter(pk__in=_changed_since(model, keys))  # noqa: SLF001  the documented name
        names |= set(rows.values_list("deputy__name", flat=True))
    names |= _named_elsewhere(written)
    if names:
        raise Refused(
            _("Since the confirmation something was entered for: %(names)s. Take that back first.")
            % {"names": "、".join(sorted(names)[:10])}
        )


def _changed_since(model: Any, keys: list[int]) -> list[int]:
    """Rows written at the confirmation that have more in their history than that."""
    lines = model.history.filter(id__in=keys).order_by().values("id").annotate(lines=models.Count("pk"))
    return [line["id"] for line in lines if line["lines"] > 1]


def _named_elsewhere(written: dict[str, Any]) -> set[str]:
    """New people and mandates that rows of other kinds, or rows entered since, refer to."""
    own = {Mandate: set(written["mandates"]), Posting: set(written["postings"])}
    names: set[str] = set()
    for model, keys, way in (
        (Deputy, written["people"], "name"),
        (Mandate, written["mandates"], "deputy__name"),
    ):
        for relation in _relations_to(model):
            other, field = relation.related_model, relation.field.name
            rows = other._default_manager.filter(**{f"{field}__in": keys})  # noqa: SLF001  the documented name
            rows = rows.exclude(pk__in=own.get(other, set())).order_by()
            names |= set(rows.values_list(f"{field}__{way}", flat=True))
    return names


def _relations_to(model: Any) -> Iterable[Any]:
    """Everything that refers to the model, also what it cannot be asked for; histories and our rows aside."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001  Django documents it
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        if relation.related_model is not TermRow and not hasattr(relation.related_model, "instance_type"):
            yield relation


def _delete(model: Any, keys: list[int], user: User) -> None:
    """With a line of history each, so that what stood there for a time can be read."""
    for row in model.objects.filter(pk__in=keys):
        row._history_user = user  # noqa: SLF001  the name by which simple_history takes it
        row.delete()


def _restore(model: Any, before: dict[str, Any], day: date, said: dict[str, Any]) -> None:
    """Ends as they were, except where another end was entered since."""
    rows = [
        row for row in model.objects.filter(pk__in=[int(key) for key in before])
        if row.ends_on == max(day, row.starts_on)
    ]  # fmt: skip
    for row in rows:
        row.ends_on = _day(before[str(row.pk)])
    if rows:
        bulk_update_with_history(rows, model, ["ends_on"], **said)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
