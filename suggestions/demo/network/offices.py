"""Who assigns and signs besides the first staff of the demo, and what its office has set up for itself.

Working committees of the streets, the coordinator office, principals, marks of documents, usual units.
"""

from collections.abc import Iterable
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from congress_portal.accounts.models import User
from congress_portal.common import clock
from stations.models import CommitteeMember, Street, Venue
from suggestions.demo import source
from suggestions.demo.names import demo_phone, staff_name
from suggestions.demo.people import DEMO_UNIT, HOME_STATION, SINCE, Passwords, refuse_real_accounts
from suggestions.models import Category, HandlingUnit, OfficeSetting, UnitMember

SEED = 47
COMMITTEE, COORDINATOR = "committee", "coordinator"
COORDINATOR_UNIT = "GOV"
# Signs first replies of the demo unit; `unitlead` is its principal and signs second ones too.
DEPUTY_LEADER = f"leader-{DEMO_UNIT.lower()}"
# The last of the invented numbers, which no story gives to a resident.
DUTY_PHONE = demo_phone(9999)


def load() -> None:
    """Add what is not there yet; nothing if there are no demo people."""
    if not User.objects.filter(username="admin", is_demo=True).exists():
        return
    rng = Random(SEED)
    _load_committees(rng)
    _load_coordinator(rng)
    _load_principals(rng)
    _set_up_units()
    _set_up_categories()
    if not OfficeSetting.objects.exists():
        OfficeSetting(duty_phone=DUTY_PHONE).save()


def _load_committees(rng: Random) -> None:
    """One member for each street; the demo login has the street of the demo's station."""
    home = Venue.objects.filter(code=HOME_STATION).values_list("street", flat=True).first()
    staffed = set(CommitteeMember.objects.filter(ends_on=None).values_list("street", flat=True))
    streets = [street for street in Street.objects.order_by("code") if street.pk not in staffed]
    logins = [COMMITTEE if street.pk == home else f"{COMMITTEE}-st{street.code[-3:]}" for street in streets]
    accounts = _accounts(logins, rng)
    CommitteeMember.objects.bulk_create(
        CommitteeMember(user=accounts[login], street=street, starts_on=SINCE)
        for login, street in zip(logins, streets, strict=True)
    )


def _load_coordinator(rng: Random) -> None:
    unit = HandlingUnit.objects.filter(code=COORDINATOR_UNIT).first()
    if unit is None or unit.members.filter(user__username=COORDINATOR).exists():
        return
    HandlingUnit.objects.filter(pk=unit.pk).update(is_coordinator=True)
    UnitMember.objects.create(user=_accounts([COORDINATOR], rng)[COORDINATOR], unit=unit, starts_on=SINCE)


def _load_principals(rng: Random) -> None:
    """Whoever leads a unit is its principal; the demo unit has a deputy leader beside the principal."""
    unit = HandlingUnit.objects.filter(code=DEMO_UNIT).first()
    if unit is None or unit.members.filter(user__username=DEPUTY_LEADER).exists():
        return
    UnitMember.objects.filter(user__is_demo=True, is_leader=True, ends_on=None).update(is_principal=True)
    deputy = _accounts([DEPUTY_LEADER], rng)[DEPUTY_LEADER]
    UnitMember.objects.create(user=deputy, unit=unit, is_leader=True, starts_on=SINCE)


def _accounts(logins: Iterable[str], rng: Random) -> dict[str, User]:
    passwords = Passwords(make_password(settings.DEMO_PASSWORD))
    users = [passwords.account(login, staff_name(rng)) for login in logins]
    refuse_real_accounts(user.username for user in users)
    for user in users:
        user.date_joined = clock.now()
    return {user.username: user for user in User.objects.bulk_create(users)}


def _set_up_units() -> None:
    for code, mark in source.document("procedure")["marks"].items():
        HandlingUnit.objects.filter(code=code, document_mark="").update(document_mark=mark)


def _set_up_categories() -> None:
    """The first unit of the district that the demo's texts name, and the level most of them have."""
    units = {unit.code: unit for unit in HandlingUnit.objects.all()}
    for name in source.category_names():
        group = source.category(name)
        usual = next((units[code] for code in group.units if code in units), None)
        level = max(group.levels, key=lambda level: group.levels[level])
        Category.objects.filter(code=group.code, usual_unit=None, usual_level="").update(
            usual_unit=usual, usual_level=level
        )
