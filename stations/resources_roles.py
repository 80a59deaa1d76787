"""The five roles as a table."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import tablib
from django.utils.translation import gettext as _

from congress_portal.common.sheets.cells import ChoiceCell
from congress_portal.common.sheets.outcome import Problems
from congress_portal.common.sheets.resource import Column

from .five_roles import day_to_check, is_posted
from .models import FiveRole, RoleDuty
from .resources import PostingResource

ROLES = {
    FiveRole.POLICY: ("政策法规宣传员", "宣传员"),
    FiveRole.OPINION: ("民情民意联络员", "联络员"),
    FiveRole.LIVELIHOOD: ("民生实事监督员", "监督员"),
    FiveRole.MEDIATOR: ("邻里纠纷调解员", "调解员"),
    FiveRole.GUARDIAN: ("幸福家园守护员", "守护员"),
}


class RoleDutyResource(PostingResource):
    """One line a role held; deputy, venue, role and first day say which. The holder is posted there."""

    role = Column(
        "五员",
        "role",
        ChoiceCell(ROLES),
        required=True,
        fixed=True,
        hint=" / ".join(names[0] for names in ROLES.values()),
    )

    parts: Any = (RoleDuty,)

    class Meta:
        model = RoleDuty
        fields = ("key", "name", "code", "venue_name", "role", "starts_on", "ends_on")

    def get_queryset(self) -> Any:
        return RoleDuty.objects.select_related("deputy", "venue").order_by(
            "venue__code", "deputy__sort_key", "deputy__key", "role", "starts_on"
        )

    def load(self, dataset: tablib.Dataset) -> None:
        # The postings too: they say who may hold a role.
        super().load(dataset)
        people = {person.pk: person for person in self.people.values()}
        venues = {venue.pk: venue for venue in self.venues.values()}
        self.duties: dict[tuple[int, int, str], dict[date, RoleDuty]] = {}
        for duty in RoleDuty.objects.all():
            duty.deputy, duty.venue = people[duty.deputy_id], venues[duty.venue_id]
            self.duties.setdefault((duty.deputy_id, duty.venue_id, duty.role), {})[duty.starts_on] = duty

    def find(self, values: dict[str, Any], problems: Problems) -> Any:
        person = self._named(self.people, "key", "name", values, problems)
        venue = self._named(self.venues, "code", "venue_name", values, problems)
        if person is None or venue is None or "starts_on" not in values or "role" not in values:
            return None
        role, starts_on = values["role"], values["starts_on"]
        of_three = self.duties.setdefault((person.pk, venue.pk, role), {})
        fresh = RoleDuty(deputy=person, venue=venue, role=role, starts_on=starts_on)
        duty = of_three.setdefault(starts_on, fresh)
        if line := self.earlier_line(id(duty)):
            problems.add("starts_on", _("Row %(row)d holds the same role. Delete one.") % {"row": line})
            return None
        return duty

    def check(self, instance: Any, values: dict[str, Any], problems: Problems) -> None:
        super().check(instance, values, problems)
        if instance.pk is not None or "ends_on" in problems:
            return
        day = day_to_check(instance.starts_on, instance.ends_on)
        postings = self.postings.get((instance.deputy_id, instance.venue_id), {})
        if not is_posted(postings.values(), day):
            text = _("This deputy is not posted at the venue on %(day)s. Import the posting first.")
            problems.add("code", text % {"day": day.isoformat()})

    def check_together(self) -> Iterator[tuple[int, str, str]]:
        for of_three in self.duties.values():
            for before, after in pairwise(of_three[day] for day in sorted(of_three)):
                line = self.lines.get(id(after)) or self.lines.get(id(before))
                if line and (before.ends_on is None or before.ends_on > after.starts_on):
                    text = _("This deputy holds the role here from %(day)s already. End that first.")
                    yield line, "starts_on", text % {"day": before.starts_on.isoformat()}

    def describe(self, instance: Any) -> str:
        return f"{super().describe(instance)} · {instance.get_role_display()}"
