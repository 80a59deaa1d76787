"""The mandates of the next term as a table: one line a person elected."""

from typing import Any

import tablib
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common.sheets.cells import ChoiceCell, ListCell, TextCell
from congress_portal.common.sheets.outcome import Problems
from congress_portal.common.sheets.resource import Column, SheetResource
from deputies.matching import PERSON
from deputies.models import Level, TermChange, TermRow
from deputies.resources import GENDERS, plain_key, plain_name
from stations.models import GONE, Venue

from .term_change.drafting import replace_rows
from .term_change.plan import BETWEEN


class TermSheet(SheetResource):
    """The whole file takes the place of the rows of the draft; nothing else is touched."""

    name = Column("姓名", "name", TextCell(plain_name), required=True)
    gender = Column("性别", "gender", ChoiceCell(GENDERS), needed=True, hint="男 / 女")
    ethnicity = Column("民族", "ethnicity")
    organisation = Column(
        "单位", "organisation", needed=True, also=("工作单位",),
        hint=gettext_lazy("Tells people of the same name apart."),
    )  # fmt: skip
    position = Column("职务", "position")
    electoral_district = Column(
        "选区", "electoral_district", hint=gettext_lazy("For district deputies, and only for them.")
    )
    electing_unit = Column(
        "选举单位", "electing_unit", hint=gettext_lazy("For deputies of the higher levels.")
    )
    delegation = Column("代表团", "delegation")
    certificate_number = Column("代表证号", "certificate_number")
    venues = Column(
        "进站点", "venues", ListCell(),
        hint=gettext_lazy(
            "Codes of the venues with 、 between them, for example S09、P03. "
            "Empty: who is re-elected stays where he or she serves."
        ),
    )  # fmt: skip

    parts = (TermRow,)

    class Meta:
        model = TermRow
        fields = (
            *PERSON, "electoral_district", "electing_unit", "delegation", "certificate_number", "venues"
        )  # fmt: skip

    def __init__(self, change: TermChange) -> None:
        super().__init__()
        self.change = change
        # As read and matched, in the order of the file.
        self.rows: list[TermRow] = []

    def load(self, dataset: tablib.Dataset) -> None:
        self.known = {venue.code.upper(): venue for venue in Venue.objects.select_related("successor")}
        self.rows = []

    def find(self, values: dict[str, Any], problems: Problems) -> TermRow:
        if codes := values.pop("venues", None):
            values["venues"] = self._venues(codes, problems)
        row = TermRow(change=self.change, line=self.row_number)
        self.rows.append(row)
        return row

    def _venues(self, codes: list[str], problems: Problems) -> str:
        found = []
        for code in codes:
            venue = self.known.get(plain_key(code).upper())
            if venue is None:
                problems.add("venues", _("No venue has the code %(code)s. Correct it.") % {"code": code})
            elif venue.status in GONE:
                problems.add("venues", _gone(venue))
            elif venue.code not in found:
                found.append(venue.code)
        return BETWEEN.join(found)

    def check(self, instance: TermRow, values: dict[str, Any], problems: Problems) -> None:
        if self.change.new.level == Level.DISTRICT:
            if not instance.electoral_district:
                problems.add_first(
                    "electoral_district",
                    [_("A district deputy has an electoral district. Write it, e.g. 第12选区.")],
                )
        elif instance.electoral_district:
            problems.add_first(
                "electoral_district", [_("Only district deputies have one; write the electing unit.")]
            )
        elif not instance.electing_unit:
            problems.add_first("electing_unit", [_("Write which congress elected the deputy.")])
        same = tuple(getattr(instance, name) for name in (*PERSON, "electoral_district", "electing_unit"))
        if "name" not in problems and (line := self.earlier_line(same)):
            problems.add("name", _("Row %(row)d is the same line. Delete one of the two.") % {"row": line})
        number = instance.certificate_number
        if number and (line := self.earlier_line(("certificate", number))):
            problems.add(
                "certificate_number",
                _("Row %(row)d has the same certificate number. Correct one of the two.") % {"row": line},
            )

    def describe(self, instance: TermRow) -> str:
        return " · ".join(part for part in (instance.name, instance.organisation) if part)

    def to_write(self, model: type[models.Model]) -> list[TermRow]:
        return self.rows

    def write(self, *, user: Any = None, file_name: str = "", **kwargs: Any) -> None:
        replace_rows(self.change, self.rows, user=user, file_name=file_name)


def _gone(venue: Venue) -> str:
    if venue.successor:
        return _("%(code)s was merged. Write %(successor)s.") % {
            "code": venue.code,
            "successor": f"{venue.successor.code} ({venue.successor.name})",
        }
    return _("%(code)s %(name)s is closed. Choose another venue.") % {"code": venue.code, "name": venue.name}
