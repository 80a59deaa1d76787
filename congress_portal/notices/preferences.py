"""Which channels a person wants for a kind of notice, and where the person is reached."""

from collections.abc import Iterable, Mapping

from allauth.account.models import EmailAddress
from django.db import transaction

from congress_portal.accounts.models import User

from . import kinds
from .enums import Channel
from .kinds import Kind
from .models import ContactWay, Preference


def wanted(kind: Kind, users: Iterable[User]) -> dict[int, set[str]]:
    """User's pk → channels. One query for all of them."""
    found = {user.pk: set(kind.channels) for user in users}
    for row in Preference.objects.filter(kind=kind.key, user__in=found.keys()):
        if row.wanted:
            found[row.user_id].add(row.channel)
        elif not kind.fixed or row.channel not in kind.channels:
            # A kind may have become fixed after somebody switched it off.
            found[row.user_id].discard(row.channel)
    return found


def mobiles(users: Iterable[User]) -> dict[int, str]:
    """User's pk → mobile number, for those who left one. One query."""
    rows = ContactWay.objects.filter(user__in=users)
    return {row.user_id: row.mobile for row in rows if row.mobile}


def chosen(user: User) -> dict[tuple[str, str], bool]:
    """(kind, channel) → on or off, for every kind that is offered to the person."""
    stored = {(row.kind, row.channel): row.wanted for row in Preference.objects.filter(user=user)}
    return {
        (kind.key, channel): is_fixed(kind, channel)
        or stored.get((kind.key, channel), channel in kind.channels)
        for kind in offered(user)
        for channel in Channel.values
    }


def offered(user: User) -> list[Kind]:
    return [kind for kind in kinds.all() if kind.offered_to(user)]


def is_fixed(kind: Kind, channel: str) -> bool:
    return kind.fixed and channel in kind.channels


@transaction.atomic
def save(*, user: User, email: str, mobile: str, choices: Mapping[tuple[str, str], bool]) -> None:
    """Keep what the person set. `choices` is shaped as `chosen` gives it; only what differs is stored."""
    if email != user.email:
        user.email = email
        user.save(update_fields=["email"])
        # allauth resets passwords by these too: an address somebody gave up must not open the account.
        EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    ContactWay.objects.update_or_create(user=user, defaults={"mobile": mobile})
    own = offered(user)
    rows = [
        Preference(user=user, kind=kind.key, channel=channel, wanted=on)
        for kind in own
        for channel in Channel.values
        if (on := choices.get((kind.key, channel), False)) != (channel in kind.channels)
        and not is_fixed(kind, channel)
    ]
    Preference.objects.filter(user=user, kind__in=[kind.key for kind in own]).delete()
    # The page sent twice at once writes the same rows twice.
    Preference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["wanted"],
    )
