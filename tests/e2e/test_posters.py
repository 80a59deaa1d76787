"""Posters and cards from the printer: one page of A4, a code large enough to scan, nothing cut off."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from stations.models import Posting, Venue
from tests.conftest import LONG_AGO

from .people import DESK, Person

PAPERS = ("/venues/TS1/poster/", "/venues/TS1/card/", "/deputies/T0001/poster/", "/deputies/T0001/card/")
# CSS pixels of a millimetre.
MILLIMETRE = 96 / 25.4
SMALLEST = 60


@pytest.fixture
def crowded(cast: SimpleNamespace) -> None:
    """Names, addresses and hours as long as they can be, and a deputy of three venues."""
    for place, venue in enumerate((cast.home, cast.station, cast.other_station)):
        Venue.objects.filter(pk=venue.pk).update(
            name=f"第{place}沈河区示例街道示例社区" + "人大代表联络站" * 6,
            address="示例路一百二十八号东侧" * 10,
            hours="周一至周五八点半至十一点半，" * 5, phone="024-00000001",
        )  # fmt: skip
    for venue in (cast.home, cast.other_station):
        Posting.objects.create(deputy=cast.deputy_row, venue=venue, starts_on=LONG_AGO)


@pytest.mark.parametrize("path", PAPERS)
def test_it_is_one_page_with_a_code_to_scan(crowded: None, meet: Callable[..., Person], path: str) -> None:
    person = meet(screen=DESK)
    person.open(path)
    page = person.page
    page.emulate_media(media="print")
    widths = page.eval_on_selector_all(
        ".scan img", "pictures => pictures.map(one => one.getBoundingClientRect().width)"
    )
    assert min(widths) >= SMALLEST * MILLIMETRE
    cut = page.eval_on_selector_all(
        ".paper > article", "papers => papers.map(one => one.scrollHeight - one.clientHeight)"
    )
    assert max(cut) <= 1
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    width, height = map(float, re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


@pytest.mark.parametrize("path", PAPERS)
def test_a_phone_shows_the_whole_paper(crowded: None, meet: Callable[..., Person], path: str) -> None:
    person = meet()
    person.open(path)
    person.fits()
