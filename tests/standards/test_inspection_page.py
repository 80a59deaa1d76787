"""/admin/stations/inspection/…: choose, tick, show a photo, save; look at it again and correct it."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from congress_portal.common import clock
from stations.models import Inspection, InspectionMark, Venue, VenueStatus
from tests.stations.places import queries, text

from .inspections import DAY, inspect, jpeg, standard

pytestmark = pytest.mark.django_db

ADD = "/admin/stations/inspection/add/"
FORM = f"{ADD}?venue=TS1&standard=WUYOU"
Login = Callable[..., Client]


@pytest.fixture
def clerk(cast: SimpleNamespace, login: Login) -> Client:
    return login(cast.clerk)


def items() -> dict[str, int]:
    return dict(standard().items.values_list("text", "pk"))


def form(**changes: Any) -> dict[str, Any]:
    met = {f"met_{pk}": "on" for pk in list(items().values())[:3]}
    return {"inspected_on": str(DAY), "inspector": "何检查", "stars": "4", "note": "正在整改", "seen": "0",
            **met, **changes}  # fmt: skip


def page_of(inspection: Inspection) -> str:
    return f"/admin/stations/inspection/{inspection.pk}/change/"


def picture(client: Client, mark: InspectionMark) -> bytes:
    """What the address of the mark's photo answers, read to its end so that the file is closed."""
    response = client.get(f"/admin/stations/inspection/evidence/{mark.pk}.jpg")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    return content


def seen(client: Client, inspection: Inspection) -> str:
    return client.get(page_of(inspection)).context["form"]["seen"].value()


def test_first_the_venue_and_the_standard_are_chosen(clerk: Client) -> None:
    page = text(clerk, ADD)
    assert "甲社区代表联络站" in page
    assert "六公开" in page
    assert 'type="file"' not in page
    page = text(clerk, FORM)
    assert page.count('type="file"') == 5
    assert "有档案" in page


@pytest.mark.parametrize(
    "query",
    ["venue=TS1&standard=none", "venue=none&standard=WUYOU", "venue=%00&standard=%00", "venue=&standard="],
)
def test_a_forged_choice_leads_back_to_the_choice(clerk: Client, query: str) -> None:
    assert 'type="file"' not in text(clerk, f"{ADD}?{query}")
    assert clerk.post(f"{ADD}?{query}", form()).status_code == 200
    assert not Inspection.objects.exists()


def test_a_standard_is_only_for_its_kinds_of_venue(cast: SimpleNamespace, clerk: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(kind="POINT")
    assert 'type="file"' not in text(clerk, f"{ADD}?venue=TS1&standard=BAYOU")
    assert 'type="file"' in text(clerk, FORM)


def test_what_is_ticked_noted_and_shown_is_kept(cast: SimpleNamespace, clerk: Client) -> None:
    first = items()["有场所"]
    response = clerk.post(FORM, form(**{f"note_{first}": "一楼大厅", f"photo_{first}": jpeg()}))
    assert (response.status_code, response["Location"]) == (302, "/admin/stations/inspection/board/")
    row = Inspection.objects.get()
    assert (row.venue, row.inspected_on, row.inspector, row.stars, row.note) == (
        cast.station, DAY, "何检查", 4, "正在整改",
    )  # fmt: skip
    assert (row.met, row.total, str(row.score)) == (3, 5, "60.0")
    assert row.history.get().history_user == cast.clerk
    mark = row.marks.get(item=first)
    assert (mark.is_met, mark.note, bool(mark.photo)) == (True, "一楼大厅", True)
    assert "一楼大厅" in text(clerk, page_of(row))


def test_the_photo_is_drawn_anew_without_where_it_was_taken(clerk: Client) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    first = items()["有场所"]
    clerk.post(FORM, form(**{f"photo_{first}": jpeg(exif=exif, comment=b"secret")}))
    content = picture(clerk, InspectionMark.objects.get(item=first))
    assert b"CameraMaker" not in content
    assert b"secret" not in content
    assert Image.open(io.BytesIO(content)).size == (60, 40)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("p.jpg", b"", "空"),
        ("p.jpg", b"no picture", "无法读取"),
        ("p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "无法读取"),
        ("p.jpg", b"\xff\xd8\xff\xe0" + b"0" * 300, "损坏"),
    ],
)
def test_what_is_no_photo_is_refused_beside_its_line(
    clerk: Client, name: str, content: bytes, said: str
) -> None:
    first = items()["有场所"]
    response = clerk.post(FORM, form(**{f"photo_{first}": SimpleUploadedFile(name, content, "image/jpeg")}))
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == [f"photo_{first}"]
    assert said in str(errors)
    assert not Inspection.objects.exists()


def test_after_a_mistake_what_was_typed_and_the_photo_are_still_there(clerk: Client) -> None:
    first, second = list(items().values())[:2]
    wrong = form(inspected_on="", **{f"photo_{first}": jpeg(), f"note_{second}": "门口"})
    page = clerk.post(FORM, wrong)
    body = page.content.decode()
    for kept in ("何检查", "正在整改", "门口"):
        assert kept in body
    staged = page.context["form"].staged[first]
    assert f'name="staged_{first}" value="{staged}"' in body
    clerk.post(FORM, form(**{f"staged_{first}": staged}))
    mark = InspectionMark.objects.get(item=first)
    assert picture(clerk, mark)


@pytest.mark.parametrize("staged", ["../../etc/passwd", "0" * 32, "\x00", "x" * 5000])
def test_a_forged_name_of_a_photo_shows_nothing(clerk: Client, staged: str) -> None:
    clerk.post(FORM, form(**{f"staged_{items()['有场所']}": staged}))
    assert not InspectionMark.objects.exclude(photo="").exists()


def test_a_photo_gone_while_the_waiting_ones_are_looked_through_stops_nobody(
    clerk: Client, tmp_path: Path
) -> None:
    waiting = tmp_path / "evidence/waiting"
    waiting.mkdir(parents=True)
    # Listed, but not there when it is opened.
    (waiting / f"{'0' * 32}.jpg").symlink_to(tmp_path / "gone.jpg")
    page = clerk.post(FORM, form(inspected_on="", **{f"photo_{items()['有场所']}": jpeg()}))
    assert page.status_code == 200
    assert len(page.context["form"].staged) == 1


def test_a_photo_that_was_never_saved_is_forgotten_after_a_day(clerk: Client, tmp_path: Path) -> None:
    first = items()["有场所"]
    clerk.post(FORM, form(inspected_on="", **{f"photo_{first}": jpeg()}))
    waiting = tmp_path / "evidence/waiting"
    assert len(list(waiting.iterdir())) == 1
    with clock.frozen(clock.now() + timedelta(days=2)):
        clerk.post(FORM, form(inspected_on="", **{f"photo_{first}": jpeg(colour="red")}))
    assert len(list(waiting.iterdir())) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inspected_on", "2099-01-01"),
        ("inspected_on", "0026-01-01"),
        ("inspected_on", "31.2.2026"),
        ("inspector", ""),
        ("inspector", "何" * 41),
        ("stars", "6"),
        ("stars", "x"),
        ("note", "长" * 1001),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(clerk: Client, field: str, value: str) -> None:
    response = clerk.post(FORM, form(**{field: value}))
    assert list(response.context["form"].errors) == [field]
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("value", ["\x00", "9" * 40, "-1", "x"])
def test_forged_values_break_nothing(clerk: Client, value: str) -> None:
    names = ["inspected_on", "inspector", "stars", "note", "seen", *(f"met_{pk}" for pk in items().values())]
    for name in names:
        assert clerk.post(FORM, form(**{name: value})).status_code in (200, 302)


def test_a_venue_is_not_inspected_after_its_end(cast: SimpleNamespace, clerk: Client) -> None:
    row = inspect(cast.station)
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.CLOSED, gone_on=DAY)
    assert 'type="file"' not in text(clerk, FORM)
    response = clerk.post(page_of(row), form(seen=seen(clerk, row)))
    assert list(response.context["form"].errors) == ["inspected_on"]


def test_the_same_day_twice_is_refused_in_words(cast: SimpleNamespace, clerk: Client) -> None:
    inspect(cast.station)
    response = clerk.post(FORM, form())
    assert list(response.context["form"].errors) == ["inspected_on"]
    assert Inspection.objects.count() == 1


def test_a_correction_keeps_what_was_there_before(cast: SimpleNamespace, clerk: Client) -> None:
    row = inspect(cast.station, met=5)
    clerk.post(page_of(row), form(seen=seen(clerk, row)))
    row.refresh_from_db()
    assert (row.met, row.history.count()) == (3, 2)
    change = clerk.get(page_of(row)).context["changes"]
    assert {(line.before.is_met, line.after.is_met, line.who) for line in change} == {
        (True, False, cast.clerk)
    }
    assert len(change) == 2


def test_a_page_opened_before_somebody_else_saved_is_refused_and_keeps_its_words(
    cast: SimpleNamespace, clerk: Client
) -> None:
    row = inspect(cast.station, met=5)
    old = seen(clerk, row)
    clerk.post(page_of(row), form(seen=old))
    response = clerk.post(page_of(row), form(seen=old, note="晚了一步"))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert "晚了一步" in response.content.decode()
    row.refresh_from_db()
    assert row.note == "正在整改"


def test_a_photo_can_be_removed_and_its_file_goes(
    cast: SimpleNamespace, clerk: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = inspect(cast.station, photo=True)
    mark = row.marks.exclude(photo="").get()
    files = list((tmp_path / "evidence").rglob("*.jpg"))
    assert [file.stem for file in files] == [mark.photo]
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(page_of(row), form(seen=seen(clerk, row), **{f"drop_{mark.item_id}": "on"}))
    assert list((tmp_path / "evidence").rglob("*.jpg")) == []
    assert clerk.get(f"/admin/stations/inspection/evidence/{mark.pk}.jpg").status_code == 404


def test_the_offices_other_staff_look_and_cannot_write(cast: SimpleNamespace, login: Login) -> None:
    row = inspect(cast.station, met=4, note="只给人看", photo=True)
    mark = row.marks.exclude(photo="").get()
    reviewer = login(cast.reviewer)
    page = text(reviewer, page_of(row))
    assert "只给人看" in page
    assert "<textarea" not in page
    assert picture(reviewer, mark)
    reviewer.post(page_of(row), form(seen="0"))
    assert reviewer.post(FORM, form()).status_code == 403
    assert Inspection.objects.get().met == 4


@pytest.mark.parametrize("name", ["resident", "liaison", "deputy", "officer"])
def test_nobody_else_sees_a_photo(cast: SimpleNamespace, login: Login, name: str) -> None:
    mark = inspect(cast.station, photo=True).marks.exclude(photo="").get()
    response = login(getattr(cast, name)).get(f"/admin/stations/inspection/evidence/{mark.pk}.jpg")
    assert response.status_code == 302
    assert "/login/" in response["Location"]


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "x"])
def test_an_unknown_inspection_is_not_there(clerk: Client, pk: str) -> None:
    assert clerk.get(f"/admin/stations/inspection/{pk}/change/").status_code == 404


def test_the_list_costs_the_same_for_ten_times_the_inspections(cast: SimpleNamespace, clerk: Client) -> None:
    def more(first: int, count: int) -> None:
        for number in range(first, first + count):
            inspect(cast.station, day=DAY - timedelta(days=number), met=number % 6)

    more(0, 3)
    url = "/admin/stations/inspection/"
    few = queries(clerk, url)
    more(10, 27)
    assert queries(clerk, url) == few
