"""What an inspection counts, and what it keeps when lines change later."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from stations import defaults
from stations.models import Inspection, InspectionMark, StandardChecklist, StandardItem
from stations.services.standards import Mark, save_inspection, score, version_of

from .inspections import DAY, inspect, standard

pytestmark = pytest.mark.django_db


def test_a_new_office_starts_with_three_standards() -> None:
    shipped = {row.name: [item.text for item in row.items.all()] for row in StandardChecklist.objects.all()}
    assert shipped["五有"] == ["有场所", "有标识", "有设施", "有制度", "有档案"]
    assert [len(lines) for lines in shipped.values()] == [5, 8, 6]


def test_what_the_office_removed_does_not_come_back() -> None:
    StandardItem.objects.filter(text="有档案").delete()
    StandardChecklist.objects.filter(code="WUYOU").update(name="六有")
    defaults.install()
    assert standard().name == "六有"
    assert standard().items.count() == 4


@pytest.mark.parametrize(
    ("points", "met", "wanted"),
    [
        ([10, 10, 10], 3, "100.0"),
        ([10, 10, 10], 0, "0.0"),
        ([10, 10, 10], 1, "33.3"),
        ([10, 10, 10], 2, "66.7"),
        ([5, 15, 20], 1, "12.5"),
        ([1, 7], 1, "12.5"),
        ([1, 1999], 1, "0.1"),
        ([], 0, None),
        ([0, 0], 2, None),
    ],
)
def test_the_score_is_points_met_of_all_points(points: list[int], met: int, wanted: str | None) -> None:
    marks = [InspectionMark(points=value, is_met=place < met) for place, value in enumerate(points)]
    assert score(marks) == (Decimal(wanted) if wanted else None)


def test_an_inspection_counts_its_marks(cast: SimpleNamespace) -> None:
    row = Inspection.objects.get(pk=inspect(cast.station, met=4).pk)
    assert (row.met, row.total, row.score) == (4, 5, Decimal("80.0"))


def test_lines_and_points_changed_later_leave_the_old_inspection_as_it_was(cast: SimpleNamespace) -> None:
    row = inspect(cast.station, met=4)
    standard().items.filter(text="有场所").update(points=100)
    standard().items.filter(text="有档案").update(is_active=False)
    StandardItem.objects.create(checklist=standard(), text="有经费", points=20)
    again = Inspection.objects.get(pk=row.pk)
    marks = [Mark(mark.item, is_met=True) for mark in again.marks.select_related("item")]
    save_inspection(again, marks, seen=version_of(again))
    assert (again.met, again.total, again.score) == (5, 5, Decimal("100.0"))
    assert set(again.marks.values_list("points", flat=True)) == {20}
    assert inspect(cast.other_station, met=0).total == 5


def test_a_second_inspection_on_the_day_is_refused(cast: SimpleNamespace) -> None:
    inspect(cast.station)
    with pytest.raises(ValidationError) as refused:
        inspect(cast.station)
    assert list(refused.value.error_dict) == ["inspected_on"]
    inspect(cast.other_station)
    inspect(cast.station, code="LIUGONGKAI")
    assert Inspection.objects.filter(inspected_on=DAY).count() == 3


def test_who_saves_after_somebody_else_is_told(cast: SimpleNamespace) -> None:
    row = inspect(cast.station)
    seen = version_of(row)
    marks = [Mark(mark.item, is_met=False) for mark in row.marks.select_related("item")]
    save_inspection(row, marks, seen=seen)
    with pytest.raises(ValidationError):
        save_inspection(row, marks, seen=seen)
    assert row.history.count() == 2


def test_only_marks_that_changed_get_a_line_of_history(cast: SimpleNamespace) -> None:
    row = inspect(cast.station, met=5)
    marks = [Mark(mark.item, is_met=mark.item.text != "有标识") for mark in row.marks.select_related("item")]
    save_inspection(row, marks, seen=version_of(row))
    assert InspectionMark.history.count() == 6
    assert InspectionMark.history.first().item.text == "有标识"


def test_a_standard_without_lines_measures_nothing(cast: SimpleNamespace) -> None:
    standard().items.update(is_active=False)
    with pytest.raises(ValidationError):
        inspect(cast.station)
    assert not Inspection.objects.exists()
