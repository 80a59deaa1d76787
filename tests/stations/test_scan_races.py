"""Many phones at the same moment, on PostgreSQL: SQLite lets only one write at a time and proves nothing."""

from stations.models import ScanCount
from stations.services import scans
from suggestions import defaults
from tests.conftest import build_cast
from tests.races import RACES, together

pytestmark = RACES


def test_twenty_scans_at_once_are_twenty_also_when_the_day_has_no_row_yet() -> None:
    defaults.install()
    cast = build_cast()
    for code in (cast.station, cast.deputy_row):
        results = together(*(lambda code=code: scans.count(code) for _ in range(20)))
        assert results == [None] * 20
    assert sorted(ScanCount.objects.values_list("count", flat=True)) == [20, 20]
