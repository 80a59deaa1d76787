"""For any row of changes, legal or not, each day says what somebody reading them one by one would say."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress_portal.common import clock
from deputies.models import Congress, Deputy, Level, Mandate, MandateChange, MandateEvent
from deputies.services import record_change, strike_out

START, LAST = date(2026, 1, 10), 30
NOW = datetime(2026, 6, 1, 9, tzinfo=clock.SHANGHAI)
STRIKE = "strike"
KINDS = ("SUSPENDED", "SUSPENDED", "RESTORED", "RESTORED", "RESIGNED", "DIED", STRIKE)
steps = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-2, LAST + 2)), max_size=9)
ends = st.one_of(st.none(), st.integers(1, LAST))
keys = count()


@dataclass
class Reader:
    """Knows a mandate only by its changes, read in their order."""

    end: int | None
    said: list[tuple[str, int]] = field(default_factory=list)

    def allows(self, kind: str, day: int) -> bool:
        if day < 0 or (self.end is not None and day >= self.end):
            return False
        if not self.said:
            return kind != "RESTORED"
        last, since = self.said[-1]
        if last in ("RESIGNED", "DIED") or day < since:
            return False
        if kind == "RESTORED":
            return last == "SUSPENDED" and day > since
        return kind != "SUSPENDED" or last != "SUSPENDED"

    def status(self, day: int) -> str:
        if day < 0:
            return "NOT_YET"
        found = "ACTIVE"
        for kind, since in self.said:
            if since <= day:
                found = {"SUSPENDED": "SUSPENDED", "RESTORED": "ACTIVE"}.get(kind, "ENDED")
        return "ENDED" if self.end is not None and day >= self.end else found


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps, end=ends)
def test_every_day_is_what_a_reader_of_the_changes_finds(
    steps: list[tuple[str, int]], end: int | None
) -> None:
    with transaction.atomic(), clock.frozen(NOW):
        mandate, reader, events = a_mandate(end), Reader(end), list[MandateEvent]()
        for kind, day in steps:
            if kind == STRIKE:
                if events:
                    strike_out(events.pop(), reason="录错")
                    reader.said.pop()
                continue
            try:
                events.append(record_change(mandate, kind, START + timedelta(day), NOW.date()))
                assert reader.allows(kind, day)
                reader.said.append((kind, day))
            except ValidationError:
                assert not reader.allows(kind, day)
        for day in range(-2, LAST + 3):
            then, wanted = START + timedelta(day), reader.status(day)
            rows = Mandate.objects.filter(pk=mandate.pk)
            assert rows.in_force(then).exists() == (wanted == "ACTIVE")
            assert rows.with_status(then).get().status == wanted  # type: ignore[attr-defined]
        transaction.set_rollback(True)


def a_mandate(end: int | None) -> Mandate:
    congress, _new = Congress.objects.get_or_create(
        level=Level.DISTRICT, area="测试区", ordinal=19, starts_on=START
    )
    person = Deputy.objects.create(key=f"R{next(keys)}", name="林示例")
    return Mandate.objects.create(
        deputy=person, congress=congress, starts_on=START, electoral_district="第1选区",
        ends_on=None if end is None else START + timedelta(end),
    )  # fmt: skip


def test_every_kind_of_change_is_tried() -> None:
    tried = set(KINDS) - {STRIKE}
    alike = {"RESIGNED", "MOVED", "REMOVED", "ABSENT"}
    assert set(MandateChange.values) - alike - {"BY_ELECTION"} <= tried
