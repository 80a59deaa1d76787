"""Saved filters: a list somebody comes back to, kept as the query of its address and nothing more.

What is kept, and what is shown of what was kept long ago, is only ever made of the parameters the list knows
today, so a link can neither fail nor lead elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock
from congress_portal.common.masking import mask_text
from suggestions.models import SavedFilter

MOST = 20
LONGEST_QUERY = 500
LONGEST_VALUE = 100
# What an address may carry besides a list's conditions: the page of it, and what a list says of a bad one.
PASSING = frozenset({"p", "page", "all", "e"})

# Parameter → whether the list understands this value of it.
Known = Mapping[str, Callable[[str], bool]]


class NameTaken(Exception):
    """The person has a list of this name: `row`. To be asked whether it is to be replaced."""

    def __init__(self, row: SavedFilter) -> None:
        super().__init__(row.name)
        self.row = row


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions a list knows, in the order of its table, and the names of those it does not know."""

    given: dict[str, str]
    unknown: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return urlencode(self.given)


def read(text: str, known: Known) -> Query:
    """What of an address's query the list understands; nonsense is an empty one."""
    try:
        pairs = parse_qsl(text.removeprefix("?"), max_num_fields=50)
    except ValueError:
        return Query({})
    sent: dict[str, str] = {}
    for name, value in pairs:
        sent.setdefault(name, value)
    given = {
        name: sent[name]
        for name, understands in known.items()
        if name in sent and len(sent[name]) <= LONGEST_VALUE and understands(sent[name])
    }
    return Query(given, tuple(name[:40] for name in sent if name not in given and name not in PASSING))


def of(user: User, where: str) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(user=user, where=where))


def get(user: User, where: str, pk: int) -> SavedFilter | None:
    """One's own, or None."""
    return SavedFilter.objects.filter(user=user, where=where, pk=pk).first()


@transaction.atomic
def save(user: User, *, where: str, name: str, query: Query, replace: bool = False) -> SavedFilter:
    """Keep a list under a name. NameTaken unless it may replace; ValidationError says what to do instead."""
    if not query.given:
        raise ValidationError(_("This list is not narrowed to anything yet. Choose a filter first."))
    if len(query.text) > LONGEST_QUERY:
        raise ValidationError(_("These conditions are too long to be kept. Use fewer words."))
    if any(mask_text(value) != value for value in query.given.values()):
        raise ValidationError(_("Telephone and identity numbers are not kept in saved lists."))
    # Two windows of the same person come one after the other.
    lock(User.objects.filter(pk=user.pk)).get()
    row = SavedFilter.objects.filter(user=user, where=where, name=name).first()
    if row is not None:
        if not replace:
            raise NameTaken(row)
        row.query = query.text
        row.save(update_fields=["query"])
        return row
    if SavedFilter.objects.filter(user=user, where=where).count() >= MOST:
        text = ngettext(
            "You already keep %(count)d list. Delete one first.",
            "You already keep %(count)d lists. Delete one first.",
            MOST,
        )
        raise ValidationError(text % {"count": MOST})
    return SavedFilter.objects.create(
        user=user, where=where, name=name, query=query.text, created_at=clock.now()
    )


@transaction.atomic
def rename(row: SavedFilter, name: str) -> None:
    """ValidationError if another list of the person has the name."""
    lock(User.objects.filter(pk=row.user_id)).get()
    same = SavedFilter.objects.filter(user=row.user_id, where=row.where, name=name).exclude(pk=row.pk)
    if same.exists():
        raise ValidationError(_("Another of your lists has this name. Choose a different one."))
    row.name = name
    row.save(update_fields=["name"])


def delete(row: SavedFilter) -> None:
    row.delete()
