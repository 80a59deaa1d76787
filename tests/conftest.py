"""The fixed cast every test plays with, and the rule that nothing is skipped in CI.

Two venues, two units and two residents, so that every test of "may not see" has something to leak.
"""

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from congress_portal.accounts.models import Role, RoleGrant, User
from congress_portal.common import clock, remembered, workdays
from deputies.models import Congress, Deputy, Level, Mandate, MandateChange, MandateEvent
from deputies.services import record_change
from stations.models import (
    CommitteeMember,
    Community,
    LiaisonOfficer,
    Posting,
    PostingRole,
    Street,
    Venue,
    VenueKind,
)
from suggestions.actors import Actor
from suggestions.enums import AssignmentKind, UnitSystem
from suggestions.inputs import Target
from suggestions.models import (
    Category,
    DeclineReason,
    HandlingUnit,
    Suggestion,
    TransferBody,
    UnitMember,
)
from suggestions.services import perform
from suggestions.submissions import Submission, submit

LONG_AGO = date(2020, 1, 1)
PASSWORD = "correct horse battery staple"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Any:
    """Under CI=true a skipped test is a failed one: what needs a database or a browser must run there."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI=true: {report.longrepr}"


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_language() -> None:
    # A page read in another language leaves it active for the next test of the same thread.
    translation.deactivate()


@pytest.fixture(autouse=True)
def _steady_calendar(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A slow machine must not read the calendar again between two counts of queries."""
    monkeypatch.setattr(remembered, "TTL_SECONDS", 3600.0)
    yield
    if "transactional_db" in request.fixturenames:
        # What such a test stored is emptied without a word, so nobody else would forget it.
        remembered.forget_all()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def make_user(name: str, **fields: Any) -> User:
    user = User(username=name, name=fields.pop("name", f"测试{name}"), **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_deputy(user: User | None, key: str, name: str, congress: Congress, venue: Venue | None,
                role: str = PostingRole.RESIDENT) -> Deputy:  # fmt: skip
    deputy = Deputy.objects.create(key=key, name=name, user=user, is_demo=True)
    Mandate.objects.create(
        deputy=deputy, congress=congress, electoral_district="测试第1选区", starts_on=LONG_AGO
    )
    if venue:
        Posting.objects.create(deputy=deputy, venue=venue, role=role, starts_on=LONG_AGO)
    return deputy


@pytest.fixture
def cast(db: Any) -> SimpleNamespace:
    """Everybody and every place, by name."""
    return build_cast()


def build_cast() -> SimpleNamespace:
    """The rows of the cast; a plain function, so that tests with their own transactions can call it."""
    c = SimpleNamespace()
    c.street = Street.objects.create(code="210103901", name="测试街道")
    c.other_street = Street.objects.create(code="210103902", name="另一街道")
    c.community = Community.objects.create(code="210103901001", name="甲社区", street=c.street)
    c.other_community = Community.objects.create(code="210103902001", name="乙社区", street=c.other_street)
    c.home = Venue.objects.create(code="TH1", kind=VenueKind.HOME, name="测试街道代表之家", street=c.street)
    c.station = Venue.objects.create(
        code="TS1", kind=VenueKind.STATION, name="甲社区代表联络站", street=c.street, parent=c.home,
        phone="024-00000001",
    )  # fmt: skip
    c.station.communities.add(c.community)
    c.other_station = Venue.objects.create(
        code="TS2", kind=VenueKind.STATION, name="乙社区代表联络站", street=c.other_street
    )
    c.other_station.communities.add(c.other_community)
    c.congress = Congress.objects.create(level=Level.DISTRICT, area="测试区", ordinal=19, starts_on=LONG_AGO)

    for name in ("resident", "stranger"):
        setattr(c, name, make_user(name))
    for name, role in (
        ("clerk", Role.CLERK), ("clerk2", Role.CLERK), ("reviewer", Role.REVIEWER), ("head", Role.HEAD),
        ("secrecy", Role.SECRECY), ("secrecy2", Role.SECRECY),
    ):  # fmt: skip
        setattr(c, name, make_user(name, is_staff=True))
        RoleGrant.objects.create(user=getattr(c, name), role=role)
    c.admin = make_user("admin", is_staff=True, is_superuser=True)
    c.liaison, c.other_liaison = make_user("liaison"), make_user("other_liaison")
    LiaisonOfficer.objects.create(user=c.liaison, venue=c.station, starts_on=LONG_AGO)
    LiaisonOfficer.objects.create(user=c.other_liaison, venue=c.other_station, starts_on=LONG_AGO)
    c.committee, c.other_committee = make_user("committee"), make_user("other_committee")
    CommitteeMember.objects.create(user=c.committee, street=c.street, starts_on=LONG_AGO)
    CommitteeMember.objects.create(user=c.other_committee, street=c.other_street, starts_on=LONG_AGO)
    c.deputy, c.other_deputy, c.convener = (
        make_user("deputy"), make_user("other_deputy"), make_user("convener")
    )  # fmt: skip
    c.deputy_row = make_deputy(c.deputy, "T0001", "林示例", c.congress, c.station)
    make_deputy(c.other_deputy, "T0002", "高示例", c.congress, c.other_station)
    make_deputy(c.convener, "T0003", "何示例", c.congress, c.station, PostingRole.CONVENER)

    _add_units(c)
    c.category = Category.objects.get(code="PARKING")
    c.other_category = Category.objects.get(code="HEATING")
    c.decline_reason = DeclineReason.objects.get(code="N01")
    # Kept from nobody on duty, and kept from everybody but the secrecy officer.
    c.insult, c.accusation = DeclineReason.objects.get(code="N09"), DeclineReason.objects.get(code="N02")
    c.body = TransferBody.objects.first()
    return c


def _add_units(c: SimpleNamespace) -> None:
    """Three units, and an office that coordinates them."""
    c.unit = HandlingUnit.objects.create(code="U1", name="测试住建局", system=UnitSystem.GOVERNMENT)
    c.third_unit = HandlingUnit.objects.create(code="U3", name="测试交警大队", system=UnitSystem.GOVERNMENT)
    c.other_unit = HandlingUnit.objects.create(code="U2", name="测试城管局", system=UnitSystem.GOVERNMENT)
    c.office = HandlingUnit.objects.create(
        code="U9", name="测试区政府办公室", system=UnitSystem.GOVERNMENT, is_coordinator=True
    )
    for name, unit, leads in (
        ("officer", c.unit, False), ("unitlead", c.unit, True),
        ("other_officer", c.other_unit, False), ("other_unitlead", c.other_unit, True),
        ("coordinator", c.office, False),
    ):  # fmt: skip
        setattr(c, name, make_user(name))
        UnitMember.objects.create(user=getattr(c, name), unit=unit, is_leader=leads, starts_on=LONG_AGO)


_tokens = itertools.count(1)


def as_actor(user: User) -> Actor:
    """The user afresh, as a request would load it: no role remembered from before."""
    return Actor(user=User.objects.get(pk=user.pk))


def submission(cast: SimpleNamespace, **changes: Any) -> Submission:
    fields: dict[str, Any] = {
        "token": f"test-form-{next(_tokens)}", "title": "小区停车难",
        "text": "小区停车位不够，晚上消防通道也被占用。", "community": cast.community,
        "name": "李测试", "phone": "13900000001", "notice_read": True,
    }  # fmt: skip
    return Submission(**fields | changes)


@pytest.fixture
def submitted(cast: SimpleNamespace) -> Callable[..., Suggestion]:
    """Make a suggestion of the resident, fresh from the form."""

    def make(**changes: Any) -> Suggestion:
        return submit(submission(cast, **changes), actor=as_actor(cast.resident))

    return make


def act(action: str, target: Any, user: User | Actor, **given: Any) -> Any:
    """One action as somebody who sees the row as it stands now."""
    target.refresh_from_db()
    actor = user if isinstance(user, Actor) else as_actor(user)
    return perform(action, target=target, actor=actor, seen_version=target.version, **given)


class Journey:
    """Walks a case to where a test begins; each step is the shortest one the tables allow."""

    def __init__(self, cast: SimpleNamespace) -> None:
        self.cast = cast

    def submitted(self, **changes: Any) -> Suggestion:
        return submit(submission(self.cast, **changes), actor=as_actor(self.cast.resident))

    def accepted(self, **changes: Any) -> Suggestion:
        case = self.submitted(**changes)
        return act("accept", case, self.cast.clerk, category=self.cast.category, level="L2")

    def handling(self, **changes: Any) -> Suggestion:
        """Given to the unit."""
        return self.assigned(self.accepted(**changes))

    def assigned(self, case: Suggestion, *targets: Target) -> Suggestion:
        targets = targets or (Target(unit=self.cast.unit),)
        return act("assign", case, self.cast.clerk, assignments=list(targets), due=self.due())

    def due(self) -> date:
        return workdays.add_workdays(clock.today(), 10)

    def drafted(self, case: Suggestion) -> Any:
        row = case.assignments.filter(state="ISSUED").first()
        act("sign", row, self.cast.officer)
        return act("draft", row, self.cast.officer, text="您好，已增设车位三十个。", answer_class="A")

    def signed(self, case: Suggestion) -> Any:
        return act("sign_off", self.drafted(case), self.cast.unitlead)

    def replied(self, **changes: Any) -> Suggestion:
        case = self.handling(**changes)
        self.release(case)
        return case

    def release(self, case: Suggestion) -> Suggestion:
        act("release", self.signed(case), self.cast.reviewer, publicity="OPEN")
        case.refresh_from_db()
        return case

    def closed(self, **changes: Any) -> Suggestion:
        case = self.replied(**changes)
        return act("rate_ok", case, self.cast.resident, level="SATISFIED", process="SATISFIED")

    def disputed(self, **changes: Any) -> Suggestion:
        case = self.replied(**changes)
        act("rate_bad", case, self.cast.resident, reason="车位没有增加", process="BASIC")
        self.release(case)
        return act("rate_bad_again", case, self.cast.resident, reason="还是没有解决", process="DISSATISFIED")


@pytest.fixture
def journey(cast: SimpleNamespace) -> Journey:
    return Journey(cast)


@pytest.fixture
def login() -> Callable[[User], Client]:
    """A browser in which the user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def suspend(mandate: Mandate, day: date | None = None) -> MandateEvent:
    """The mandate rests from `day`, today if none is given."""
    return _change(mandate, MandateChange.SUSPENDED, day)


def restore(mandate: Mandate, day: date | None = None) -> MandateEvent:
    return _change(mandate, MandateChange.RESTORED, day)


def end(mandate: Mandate, day: date | None = None) -> MandateEvent:
    """Resigned, out of office from `day`, today if none is given."""
    return _change(mandate, MandateChange.RESIGNED, day)


def _change(mandate: Mandate, kind: str, day: date | None) -> MandateEvent:
    from congress_portal.common import clock

    return record_change(mandate, kind, day or clock.today(), clock.today())


SEPARATE = AssignmentKind.SEPARATE
