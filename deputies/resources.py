"""The roster of deputies as a table: one line a mandate, so a person with two mandates has two lines."""

import re
import unicodedata
from datetime import date
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common import clock
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.sheets.cells import ChoiceCell, DateCell, ListCell, TextCell
from congress_portal.common.sheets.outcome import Problems
from congress_portal.common.sheets.resource import BATCH, Column, SheetResource

from .models import (
    Congress,
    Deputy,
    DeputyGroup,
    Gender,
    Level,
    Mandate,
    MandateEvent,
    MandateStatus,
)
from .ordering import LAST_POST
from .services import against_changes, ends_unannounced

LEVELS = {
    Level.NATIONAL: ("全国", "国家", "全国级"),
    Level.PROVINCIAL: ("省", "省级"),
    Level.MUNICIPAL: ("市", "市级"),
    Level.DISTRICT: ("区", "区级"),
}
GENDERS = {Gender.MALE: ("男",), Gender.FEMALE: ("女",)}
STATUSES = {
    MandateStatus.ACTIVE: ("在任", "任职"),
    MandateStatus.SUSPENDED: ("暂停", "暂停执行职务"),
    MandateStatus.ENDED: ("终止", "离任", "辞职"),
    MandateStatus.NOT_YET: ("未到任", "待任"),
}
TERMS = {name: number for number in range(1, 100) for name in (chinese_numeral(number), str(number))}
# Which mandate is in which group.
GROUPED: Any = Mandate.groups.through
KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
GIVEN_KEY = re.compile(r"D(\d+)")
PERSON = ("name", "gender", "ethnicity", "organisation", "position", "leader_order", "sort_override")


def plain_key(text: str) -> str:
    """A key as people type it: full-width letters, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def plain_name(text: str) -> str:
    """A name in the form the person's page keeps it. ValueError if it is none."""
    person = Deputy(name=text)
    try:
        person.clean()
    except ValidationError as error:
        raise ValueError(error.messages[0]) from error
    return person.name


def plain_override(text: str) -> str:
    """The place of another name, in the form the person's page keeps it. ValueError if it is none."""
    person = Deputy(name="某某", sort_override=text)
    try:
        person.clean()
    except ValidationError as error:
        raise ValueError(error.messages[0]) from error
    return person.sort_override


class PostCell(TextCell):
    """职务序: a whole number, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = super().clean(value, row)
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LAST_POST):
            raise ValueError(_("Write a number from 1 to %(last)d, or nothing.") % {"last": LAST_POST})
        return int(text) if text else None


class TermCell(TextCell):
    """届次: 十九, 19, 第十九届."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = super().clean(value, row).removeprefix("第").removesuffix("届").strip()
        if text and text not in TERMS:
            raise ValueError(_("Write the term as 十九 or 19."))
        return TERMS.get(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else chinese_numeral(value)


class DeputyRosterResource(SheetResource):
    """People are told apart by their key alone; a line without one is taken only for a name nobody has."""

    key = Column(
        "人员编号", "deputy__key", TextCell(plain_key), needed=True, fixed=True,
        hint=gettext_lazy("Tells people apart. Empty for somebody new whose name nobody else has."),
    )  # fmt: skip
    name = Column("姓名", "deputy__name", TextCell(plain_name), required=True)
    gender = Column("性别", "deputy__gender", ChoiceCell(GENDERS), hint="男 / 女")
    ethnicity = Column("民族", "deputy__ethnicity")
    organisation = Column("工作单位", "deputy__organisation")
    position = Column("职务", "deputy__position")
    leader_order = Column(
        "职务序", "deputy__leader_order", PostCell(),
        hint=gettext_lazy("Leaders come first, 1 before 2. Empty for everybody else."),
    )  # fmt: skip
    sort_override = Column(
        "排序用名", "deputy__sort_override", TextCell(plain_override),
        hint=gettext_lazy("Only if the order by strokes is wrong: the name in whose place this one stands."),
    )  # fmt: skip
    level = Column(
        "层级", "congress__level", ChoiceCell(LEVELS), required=True, fixed=True, hint="全国 / 省 / 市 / 区"
    )
    term = Column("届次", "congress__ordinal", TermCell(), required=True, fixed=True, hint="例如 十九 或 19")
    electoral_district = Column(
        "选区", "electoral_district", hint=gettext_lazy("For district deputies, and only for them.")
    )
    electing_unit = Column("选举单位", "electing_unit")
    delegation = Column("代表团", "delegation")
    groups = Column("代表小组", "groups", ListCell(), hint=gettext_lazy("Names with 、 between them."))
    certificate_number = Column("代表证号", "certificate_number")
    starts_on = Column("任职日期", "starts_on", DateCell(), required=True, hint="例如 2022-01-05")
    ends_on = Column("离任日期", "ends_on", DateCell(), hint=gettext_lazy("The first day out of office."))
    status = Column(
        "状态", "status", ChoiceCell(STATUSES), fixed=True,
        hint=gettext_lazy("For reading. What changes it is recorded on the page of the mandate."),
    )  # fmt: skip

    parts = (Deputy, Mandate)

    class Meta:
        model = Mandate
        fields = (
            "key", *PERSON, "level", "term", "electoral_district", "electing_unit", "delegation",
            "groups", "certificate_number", "starts_on", "ends_on", "status",
        )  # fmt: skip

    def get_queryset(self) -> models.QuerySet[Mandate]:
        rows = Mandate.objects.with_status(clock.today()).select_related("deputy", "congress")
        return rows.prefetch_related("groups").order_by("deputy__sort_key", "deputy__key", "congress")

    def load(self, dataset: tablib.Dataset) -> None:
        people = {person.pk: person for person in Deputy.objects.all()}
        self.people = {person.key.upper(): person for person in people.values()}
        self.namesakes: dict[str, list[Deputy]] = {}
        for person in people.values():
            self.namesakes.setdefault(person.name, []).append(person)
        congresses = {congress.pk: congress for congress in Congress.objects.all()}
        self.congresses: dict[tuple[str, int], list[Congress]] = {}
        for congress in congresses.values():
            self.congresses.setdefault((congress.level, congress.ordinal), []).append(congress)
        self.mandates: dict[tuple[int, int], Mandate] = {}
        stored: dict[int, Mandate] = {}
        for mandate in Mandate.objects.with_status(clock.today()):
            # Both lines of a person must see the same object, or the second would undo the first.
            mandate.deputy, mandate.congress = people[mandate.deputy_id], congresses[mandate.congress_id]
            self.mandates[mandate.deputy_id, mandate.congress_id] = stored[mandate.pk] = mandate
        self._load_groups(stored)
        self.events: dict[int, list[MandateEvent]] = {}
        for event in MandateEvent.objects.standing().order_by("effective_on", "pk"):
            self.events.setdefault(event.mandate_id, []).append(event)
        keys = {plain_key(str(key or "")).upper() for key in dataset[self.fields["key"].column_name]}
        numbers = [int(found[1]) for key in keys | set(self.people) if (found := GIVEN_KEY.fullmatch(key))]
        self.last_number = max(numbers, default=0)
        self.told: dict[int, tuple[int, dict[str, Any]]] = {}

    def _load_groups(self, stored: dict[int, Mandate]) -> None:
        groups = {group.pk: group for group in DeputyGroup.objects.all()}
        self.groups_by_name = {group.name: group for group in groups.values()}
        self.groups_of: dict[int, list[DeputyGroup]] = {}
        for mandate, group in GROUPED.objects.order_by("deputygroup").values_list("mandate", "deputygroup"):
            self.groups_of.setdefault(id(stored[mandate]), []).append(groups[group])
        self.regrouped: list[Mandate] = []

    def find(self, values: dict[str, Any], problems: Problems) -> Mandate | None:
        # What `check` compares the line with.
        self.before, self.is_touched = "", False
        self.end_before: date | None = None
        self._look_up_groups(values, problems)
        congress = self._congress(values, problems)
        person = None if {"key", "name"} & problems.keys() else self._person(values, problems)
        if person is None:
            return None
        self._compare_lines(person, values, problems)
        if congress is None:
            return None
        if line := self.earlier_line((id(person), congress.pk)):
            problems.add(
                "key",
                _("Row %(row)d already holds this person's mandate in the same congress. Delete one.")
                % {"row": line},
            )
            return None
        stored: Any = self.mandates.get((person.pk, congress.pk))
        if stored is None:
            return Mandate(deputy=person, congress=congress)
        self.before, self.end_before = stored.status, stored.ends_on
        return stored

    def current(self, part: Any, attribute: str) -> Any:
        if attribute == "groups":
            return self.groups_of.get(id(part), [])
        return super().current(part, attribute)

    def put(self, part: Any, attribute: str, value: Any) -> None:
        self.is_touched = self.is_touched or isinstance(part, Mandate)
        if attribute == "groups":
            self.groups_of[id(part)] = value
            self.regrouped.append(part)
        else:
            super().put(part, attribute, value)

    def check(self, instance: Mandate, values: dict[str, Any], problems: Problems) -> None:
        if instance.congress.frozen_at and (self.is_touched or not self.before):
            problems.add("term", _("The record of this term is closed. Its mandates no longer change."))
        if {"starts_on", "ends_on"} & problems.keys():
            return
        if instance.ends_on and instance.ends_on < instance.starts_on:
            problems.add("ends_on", _("This is before 任职日期. Correct one of the two dates."))
        elif problem := against_changes(instance, self.events.get(instance.pk, [])):
            problems.add(*problem)
        else:
            self._check_status(instance, values.get("status"), problems)

    def _check_status(self, mandate: Mandate, given: str | None, problems: Problems) -> None:
        """A table never ends, suspends or restores: what does has a day and an announcement."""
        after = _status_by_dates(mandate, is_suspended=self.before == MandateStatus.SUSPENDED)
        present = MandateStatus(self.before or after)
        where = _(
            "Resignations, suspensions and the like are recorded on the page of the mandate: "
            "Deputies › Mandates › the person › Record a change."
        )
        if given and given != present:
            text = _("The mandate is “%(status)s” today; a table does not change that.")
            shown = {"status": STATUSES[present][0]}
            problems.add("status", f"{text % shown} {where}")
        elif after != present:
            text = _("With this date the mandate would be “%(after)s” instead of “%(status)s”.")
            shown = {"status": STATUSES[present][0], "after": STATUSES[after][0]}
            column = "starts_on" if MandateStatus.NOT_YET in (present, after) else "ends_on"
            problems.add(column, f"{text % shown} {where}")

        elif self.before and ends_unannounced(self.end_before, mandate.ends_on, mandate.congress):
            problems.add("ends_on", f"{_('Only the last day of the whole term is written here.')} {where}")

    def write(self, **kwargs: Any) -> None:
        # Groups are rows of their own, written below.
        columns = self.changed_fields.get(Mandate, set())
        columns.discard("groups")
        if not columns:
            self.changed.pop(Mandate, None)
        super().write(**kwargs)
        keys = [mandate.pk for mandate in self.regrouped]
        for start in range(0, len(keys), BATCH):
            GROUPED.objects.filter(mandate__in=keys[start : start + BATCH]).delete()
        GROUPED.objects.bulk_create(
            (
                GROUPED(mandate=mandate, deputygroup=group)
                for mandate in self.regrouped
                for group in self.groups_of[id(mandate)]
            ),
            batch_size=BATCH,
        )

    def _look_up_groups(self, values: dict[str, Any], problems: Problems) -> None:
        names = values.pop("groups", None)
        if names is None:
            return
        if lost := [name for name in names if name not in self.groups_by_name]:
            text = _("There is no deputy group of this name: %(names)s. Correct it or add it first.")
            problems.add("groups", text % {"names": "、".join(lost)})
        else:
            values["groups"] = sorted((self.groups_by_name[name] for name in names), key=lambda row: row.pk)

    def describe(self, instance: Mandate) -> str:
        return f"{instance.deputy.key} {instance.deputy.name} · {instance.congress}"

    def _congress(self, values: dict[str, Any], problems: Problems) -> Congress | None:
        if "level" not in values or "term" not in values:
            return None
        found = self.congresses.get((values["level"], values["term"]), [])
        if len(found) == 1:
            return found[0]
        problems.add(
            "term",
            _("This level has no congress of this term yet. Add it under “Congresses” first.")
            if not found
            else _("There are several congresses of this level and term. Enter this mandate by hand."),
        )
        return None

    def _person(self, values: dict[str, Any], problems: Problems) -> Deputy | None:
        key, name = values["key"], values["name"]
        if not key:
            if namesakes := self.namesakes.get(name):
                problems.add("key", _already_there(namesakes))
                return None
            self.last_number += 1
            key = f"D{self.last_number:04d}"
        elif key.upper() in self.people:
            return self.people[key.upper()]
        elif not KEY.fullmatch(key):
            problems.add("key", _("Write letters, digits and hyphens only, at most 20, e.g. D0001."))
            return None
        person = Deputy(key=key, name=name)
        self.people[key.upper()] = person
        self.namesakes.setdefault(name, []).append(person)
        return person

    def _compare_lines(self, person: Deputy, values: dict[str, Any], problems: Problems) -> None:
        """Two lines of one key must tell the same about the person."""
        row, told = self.told.setdefault(id(person), (self.row_number, values))
        for name in PERSON:
            if name in values and name in told and values[name] != told[name]:
                problems.add(
                    name,
                    _("Row %(row)d has “%(other)s” for the same 人员编号. Write the same in both rows.")
                    % {"row": row, "other": self.fields[name].widget.render(told[name])},
                )


def _status_by_dates(mandate: Mandate, *, is_suspended: bool) -> MandateStatus:
    today = clock.today()
    if mandate.starts_on > today:
        return MandateStatus.NOT_YET
    if mandate.ends_on is not None and mandate.ends_on <= today:
        return MandateStatus.ENDED
    return MandateStatus.SUSPENDED if is_suspended else MandateStatus.ACTIVE


def _already_there(namesakes: list[Deputy]) -> str:
    known = "、".join(
        f"{person.key} {person.name}" + (f"（{person.organisation}）" if person.organisation else "")
        for person in namesakes[:3]
    )
    return _(
        "Somebody of this name is there already: %(known)s. Write that key; for another person, a new key."
    ) % {"known": known}
