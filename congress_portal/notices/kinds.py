"""The kinds of notices there are. Higher apps register theirs in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import User

from .enums import Channel


class UnknownKind(LookupError):
    """Nobody has registered this kind."""


STAYS_ON = _("The office must be able to reach you about this, so it stays on.")


def everybody(user: User) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice.

    `channels` are those it takes unless the person chose otherwise. `urgent`: an SMS of it may come at night.
    `fixed`: the person cannot switch these channels off, for the reason `why`; others may be added.
    `offered_to(user)`: whose settings page names it; it does not narrow who may be told.
    """

    key: str
    label: str | Promise
    channels: tuple[str, ...] = (Channel.INBOX,)
    urgent: bool = False
    fixed: bool = False
    why: str | Promise = STAYS_ON
    offered_to: Callable[[User], bool] = everybody


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds, in the order of the settings page. ValueError for a doubled key or a strange channel."""
    for kind in kinds:
        strange = set(kind.channels) - set(Channel.values)
        if strange:
            raise ValueError(f"{kind.key} names no channel: {', '.join(sorted(strange))}.")
        if _kinds.setdefault(kind.key, kind) != kind:
            raise ValueError(f"There are two kinds of notice named {kind.key}.")


def get(key: str) -> Kind:
    """The kind of that key, else UnknownKind."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(f"No app has registered the kind of notice {key!r}.") from None


def all() -> tuple[Kind, ...]:  # noqa: A001 - read as kinds.all()
    return tuple(_kinds.values())


def label_of(key: str) -> str:
    """What people read; the key itself for a kind that is gone."""
    kind = _kinds.get(key)
    return str(kind.label) if kind else key
