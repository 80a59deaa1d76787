"""Venues and postings as tables."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import tablib
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common.sheets.cells import (
    ChoiceCell,
    DateCell,
    DecimalCell,
    LinesCell,
    ListCell,
    TextCell,
)
from congress_portal.common.sheets.outcome import Problems
from congress_portal.common.sheets.resource import Column, SheetResource
from deputies.models import Deputy
from deputies.resources import plain_key, plain_name

from .models import GONE, Community, Posting, PostingRole, Street, Venue, VenueKind, VenueStatus
from .services import venues

KINDS = {
    VenueKind.HOME: ("代表之家", "家", "之家"),
    VenueKind.STATION: ("代表联络站", "联络站", "站"),
    VenueKind.POINT: ("代表联系点", "联系点", "点"),
}
VENUE_STATUS = {
    VenueStatus.RUNNING: ("运行", "是", "TRUE", "1"),
    VenueStatus.SUSPENDED: ("暂停", "否", "停用", "不运行", "FALSE", "0"),
    VenueStatus.MERGED: ("并入",),
    VenueStatus.CLOSED: ("关闭",),
}
ROLES = {
    PostingRole.RESIDENT: ("驻站代表", "代表"),
    PostingRole.HEAD: ("站长",),
    PostingRole.CONVENER: ("召集人",),
}
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,9}")


class VenueResource(SheetResource):
    """One line a venue; its parent may stand further down in the same file."""

    code = Column("编号", "code", TextCell(plain_key), required=True, fixed=True, hint="例如 S01")
    kind = Column("类型", "kind", ChoiceCell(KINDS), required=True, hint="代表之家 / 代表联络站 / 代表联系点")
    name = Column("名称", "name", required=True)
    parent = Column(
        "上级编号", "parent", TextCell(plain_key), hint=gettext_lazy("The code of the venue it belongs to.")
    )
    street = Column("街道", "street", required=True, hint=gettext_lazy("Name or code."))
    communities = Column(
        "服务社区", "communities", ListCell(), hint=gettext_lazy("Names or codes with 、 between them.")
    )
    address = Column("地址", "address")
    phone = Column("电话", "phone")
    hours = Column("开放时间", "hours")
    head_name = Column(
        "负责人", "head_name", hint=gettext_lazy("Only if the head is no deputy; deputies have a posting.")
    )
    head_post = Column("负责人职务", "head_post")
    longitude = Column("经度", "longitude", DecimalCell(6), hint="例如 123.451200")
    latitude = Column("纬度", "latitude", DecimalCell(6), hint="例如 41.796800")
    opened_on = Column("设立日期", "opened_on", DateCell(), hint="例如 2022-01-05")
    rules = Column("上墙制度", "rules", LinesCell(), hint=gettext_lazy("One rule a line."))
    status = Column("状态", "status", ChoiceCell(VENUE_STATUS), hint="运行 / 暂停", also=("是否运行",))

    parts = (Venue,)
    # They are few, and the communities served have a history of their own.
    one_by_one = True

    class Meta:
        model = Venue
        fields = (
            "code", "kind", "name", "parent", "street", "communities", "address", "phone", "hours",
            "head_name", "head_post", "longitude", "latitude", "opened_on", "rules", "status",
        )  # fmt: skip

    def get_queryset(self) -> models.QuerySet[Venue]:
        return Venue.objects.select_related("street", "parent").prefetch_related("communities")

    def load(self, dataset: tablib.Dataset) -> None:
        self.streets = {key: street for street in Street.objects.all() for key in (street.code, street.name)}
        self.places = _Communities(Community.objects.all())
        stored = list(self.get_queryset())
        self.venues = {venue.code.upper(): venue for venue in stored}
        self.switched: set[int] = set()
        for venue in stored:
            if venue.parent:
                venue.parent = self.venues[venue.parent.code.upper()]
        self.served: dict[int, list[Community]] = {
            id(venue): sorted(venue.communities.all(), key=lambda row: row.pk) for venue in stored
        }
        for cell in dataset[self.fields["code"].column_name]:
            code = plain_key(str(cell or ""))
            self.venues.setdefault(code.upper(), Venue(code=code))

    def find(self, values: dict[str, Any], problems: Problems) -> Venue | None:
        if "code" not in values or "code" in problems:
            return None
        venue = self.venues[values["code"].upper()]
        if venue.pk is None and not CODE.fullmatch(venue.code):
            problems.add("code", _("Write letters, digits and hyphens only, at most 10, e.g. S01."))
            return None
        if line := self.earlier_line(id(venue)):
            problems.add("code", _("Row %(row)d has the same code. Delete one of the two.") % {"row": line})
            return None
        self._look_up(values, problems)
        _check_status(venue, values, problems)
        return venue

    def _look_up(self, values: dict[str, Any], problems: Problems) -> None:
        """Put the rows that are meant in the place of their names and codes."""
        if street := values.pop("street", None):
            if street in self.streets:
                values["street"] = self.streets[street]
            else:
                problems.add(
                    "street", _("There is no street of this name or code. Correct it or add it first.")
                )
        if "parent" in values:
            code = values.pop("parent")
            if not code or code.upper() in self.venues:
                values["parent"] = self.venues[code.upper()] if code else None
            else:
                problems.add("parent", _("No venue has this code, neither stored nor in this file."))
        if "communities" in values:
            names = values.pop("communities")
            found = {name: self.places.find(name, values.get("street")) for name in names}
            lost = [name for name, community in found.items() if community is None]
            if lost:
                text = _("Not known, or more than one of this name: %(names)s. Write the code.")
                problems.add("communities", text % {"names": "、".join(lost)})
            else:
                values["communities"] = sorted(
                    {row.pk: row for row in found.values() if row}.values(), key=lambda row: row.pk
                )

    def current(self, part: Any, attribute: str) -> Any:
        if attribute == "communities":
            return self.served.get(id(part), [])
        if attribute == "street" and part.street_id is None:
            return None
        return super().current(part, attribute)

    def put(self, part: Any, attribute: str, value: Any) -> None:
        if attribute == "communities":
            self.served[id(part)] = value
            return
        if attribute == "status" and part.pk:
            self.switched.add(part.pk)
        super().put(part, attribute, value)

    def check(self, instance: Venue, values: dict[str, Any], problems: Problems) -> None:
        if (instance.longitude is None) != (instance.latitude is None):
            empty = "latitude" if instance.latitude is None else "longitude"
            problems.add_first(empty, [_("A place on the map needs both numbers.")])

    def check_together(self) -> Iterator[tuple[int, str, str]]:
        names = Counter(venue.name for venue in self.venues.values() if venue.pk or id(venue) in self.lines)
        for venue in self.venues.values():
            line = self.lines.get(id(venue))
            if line and venue.name and names[venue.name] > 1:
                yield line, "name", _("Another venue has the same name. Give each its own.")
            if line and _in_circle(venue):
                yield line, "parent", _("This venue would belong to itself. Correct the codes.")

    def to_write(self, model: type[models.Model]) -> list[Venue]:
        return sorted(super().to_write(model), key=_depth)

    def save_row(self, row: Venue) -> None:
        # The parent was saved after this row got it.
        row.parent = row.parent
        switched = row.pk in self.switched
        row.save()
        if switched:
            venues.record_switch(row, _("By import of the roster"), getattr(row, "_history_user", None))
        if id(row) in self.served:
            row.communities.set(self.served[id(row)])

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        names = Counter(Community.objects.values_list("name", flat=True))
        self.twins = {name for name, count in names.items() if count > 1}

    def dehydrate_communities(self, venue: Venue) -> str:
        rows = venue.communities.all()
        return "、".join(row.code if row.name in self.twins else row.name for row in rows)

    def dehydrate_parent(self, venue: Venue) -> str:
        return venue.parent.code if venue.parent else ""

    def describe(self, instance: Venue) -> str:
        return f"{instance.code} {instance.name}"


def _check_status(venue: Venue, values: dict[str, Any], problems: Problems) -> None:
    """A venue is merged or closed where its cases move too, and what is gone does not come back."""
    status = values.get("status", venue.status)
    if status == venue.status or (status not in GONE and venue.status not in GONE):
        return
    if venue.status in GONE:
        problems.add(
            "status", _("This venue was merged or closed for good. Add a new venue with a code of its own.")
        )
    else:
        problems.add(
            "status",
            _("Merge or close the venue on its own page: there its cases, days and deputies move too."),
        )
    del values["status"]


class _Communities:
    """Communities by code, and by name where the name alone, or name and street, mean one."""

    def __init__(self, rows: Iterable[Community]) -> None:
        self.by_code: dict[str, Community] = {}
        self.by_name: dict[str, list[Community]] = {}
        for row in rows:
            self.by_code[row.code] = row
            self.by_name.setdefault(row.name, []).append(row)

    def find(self, text: str, street: Street | None) -> Community | None:
        named = self.by_name.get(text, [])
        if len(named) > 1:
            named = [row for row in named if street and row.street_id == street.pk]
        return self.by_code.get(text) or (named[0] if len(named) == 1 else None)


def _depth(venue: Venue) -> int:
    """How many new venues stand above it, which have to be saved first."""
    return 1 + _depth(venue.parent) if venue.parent and venue.parent.pk is None else 0


def _in_circle(venue: Venue) -> bool:
    seen = {id(venue)}
    above = venue.parent
    while above is not None and id(above) not in seen:
        seen.add(id(above))
        above = above.parent
    return above is venue


class PostingResource(SheetResource):
    """One line a posting; deputy, venue and first day say which. Names are checked, not taken over."""

    key = Column("人员编号", "deputy__key", TextCell(plain_key), required=True, fixed=True)
    name = Column(
        "姓名", "deputy__name", TextCell(plain_name), fixed=True, hint=gettext_lazy("Checked only.")
    )
    code = Column("家站点编号", "venue__code", TextCell(plain_key), required=True, fixed=True)
    venue_name = Column("家站点名称", "venue__name", fixed=True, hint=gettext_lazy("Checked only."))
    role = Column("职责", "role", ChoiceCell(ROLES), hint="驻站代表 / 站长 / 召集人")
    starts_on = Column("起", "starts_on", DateCell(), required=True, fixed=True, hint="例如 2022-01-05")
    ends_on = Column("止", "ends_on", DateCell(), hint=gettext_lazy("The first day out of service."))

    parts = (Posting,)

    class Meta:
        model = Posting
        fields = ("key", "name", "code", "venue_name", "role", "starts_on", "ends_on")

    def get_queryset(self) -> models.QuerySet[Posting]:
        return Posting.objects.select_related("deputy", "venue").order_by(
            "venue__code", "deputy__sort_key", "deputy__key", "starts_on"
        )

    def load(self, dataset: tablib.Dataset) -> None:
        people = {person.pk: person for person in Deputy.objects.only("key", "name")}
        venues = {venue.pk: venue for venue in Venue.objects.only("code", "name", "gone_on")}
        self.people = {person.key.upper(): person for person in people.values()}
        self.venues = {venue.code.upper(): venue for venue in venues.values()}
        self.postings: dict[tuple[int, int], dict[date, Posting]] = {}
        for posting in Posting.objects.all():
            posting.deputy, posting.venue = people[posting.deputy_id], venues[posting.venue_id]
            of_pair = self.postings.setdefault((posting.deputy_id, posting.venue_id), {})
            of_pair[posting.starts_on] = posting

    def find(self, values: dict[str, Any], problems: Problems) -> Posting | None:
        person = self._named(self.people, "key", "name", values, problems)
        venue = self._named(self.venues, "code", "venue_name", values, problems)
        if person is None or venue is None or "starts_on" not in values:
            return None
        of_pair = self.postings.setdefault((person.pk, venue.pk), {})
        fresh = Posting(deputy=person, venue=venue, starts_on=values["starts_on"])
        posting = of_pair.setdefault(values["starts_on"], fresh)
        if line := self.earlier_line(id(posting)):
            problems.add("starts_on", _("Row %(row)d holds the same posting. Delete one.") % {"row": line})
            return None
        return posting

    def _named(
        self, rows: dict[str, Any], key: str, name: str, values: dict[str, Any], problems: Problems
    ) -> Any:
        """The row with this key, if its name is what the line says."""
        if key not in values:
            return None
        row = rows.get(values[key].upper())
        if row is None:
            problems.add(key, _("Nothing is stored under this. Correct it, or import that roster first."))
            return None
        if values.get(name) and values[name] != row.name:
            problems.add(
                name,
                _("%(key)s is %(name)s. Correct one of the two.") % {"key": values[key], "name": row.name},
            )
        return row

    def check(self, instance: Posting, values: dict[str, Any], problems: Problems) -> None:
        if "ends_on" not in problems and instance.ends_on and instance.ends_on < instance.starts_on:
            problems.add("ends_on", _("This is before 起. Correct one of the two dates."))
        gone = instance.venue.gone_on
        if instance.pk is None and gone and (instance.ends_on is None or instance.ends_on > gone):
            problems.add("code", _("This venue was merged or closed. Choose the one that took over."))

    def check_together(self) -> Iterator[tuple[int, str, str]]:
        for of_pair in self.postings.values():
            for before, after in pairwise(of_pair[day] for day in sorted(of_pair)):
                line = self.lines.get(id(after)) or self.lines.get(id(before))
                if line and (before.ends_on is None or before.ends_on > after.starts_on):
                    text = _("This deputy is posted here from %(day)s already. End that posting first.")
                    yield line, "starts_on", text % {"day": before.starts_on.isoformat()}

    def describe(self, instance: Posting) -> str:
        return f"{instance.deputy.key} {instance.deputy.name} · {instance.venue.name}"
