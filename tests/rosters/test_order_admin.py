"""What the office sets about order and portraits, in the admin."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from congress_portal.accounts.models import Role
from deputies.models import Deputy, OrderSetting, RareCharacter
from deputies.resources import DeputyRosterResource

from .conftest import PERSON, rows_of, take, workbook
from .test_import_pages import clean

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"admin:deputies_{name}", args=args)


def photo(size=(600, 900), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, (30, 90, 200)).save(out, kind, **options)
    return SimpleUploadedFile(f"林示例.{kind.lower()}", out.getvalue())


@pytest.fixture
def deputy(district):
    return Deputy.objects.create(key="D1", name="林示例")


@pytest.fixture
def send(clerk, deputy):
    """Save the page of the deputy with these changes; the answer."""

    def post(**changes):
        form = {"key": "D1", "name": "林示例", "user": ""}
        for inline in ("mandates", "postings", "role_duties"):
            form |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
        answer = clerk.post(address("deputy_change", deputy.pk), form | changes)
        deputy.refresh_from_db()
        return answer

    return post


@pytest.fixture
def files(settings):
    return lambda: sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*.jpg"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_portrait_is_kept_in_three_sizes_under_a_name_that_says_nothing(send, deputy, files, kind):
    assert send(portrait_file=photo(kind=kind)).status_code == 302
    assert files() == sorted(f"{deputy.portrait}-{width}.jpg" for width in (96, 240, 600))
    assert len(deputy.portrait) == 32


def test_place_and_camera_are_taken_out(send, deputy, settings):
    exif = Image.Exif()
    exif[0x0110] = "Camera 7"
    exif.get_ifd(0x8825)[2] = (41.0, 48.0, 0.0)
    assert send(portrait_file=photo(exif=exif)).status_code == 302
    for path in Path(settings.MEDIA_ROOT).rglob("*.jpg"):
        with Image.open(path) as image:
            assert not image.getexif()
        assert b"Camera" not in path.read_bytes()


def test_a_small_photo_is_not_blown_up(send, files, settings):
    assert send(portrait_file=photo(size=(300, 400))).status_code == 302
    pictures = [io.BytesIO(path.read_bytes()) for path in Path(settings.MEDIA_ROOT).rglob("*.jpg")]
    sizes = {Image.open(picture).size for picture in pictures}
    assert sizes == {(96, 128), (240, 320), (300, 400)}


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("x.jpg", b""), "空"),
        (SimpleUploadedFile("x.jpg", b"GIF89a" + b"0" * 500), "JPG"),
        (SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>"), "JPG"),
        (SimpleUploadedFile("x.jpg", photo().read()[:900]), "损坏"),
        (photo(size=(239, 900)), "太小"),
        (photo(size=(900, 319)), "太小"),
    ],
)  # fmt: skip
def test_what_is_no_portrait_is_refused_in_words_and_nothing_is_kept(send, deputy, files, upload, words):
    upload.seek(0)
    answer = send(portrait_file=upload)
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["portrait_file"]
    assert words in str(errors)
    assert (deputy.portrait, files()) == ("", [])


def test_a_new_portrait_takes_the_old_files_away(send, deputy, files, django_capture_on_commit_callbacks):
    send(portrait_file=photo())
    old = deputy.portrait
    with django_capture_on_commit_callbacks(execute=True):
        # Who chose a new one and ticked the box by mistake keeps the new one.
        send(portrait_file=photo(kind="PNG"), portrait_remove="on")
    assert deputy.portrait not in ("", old)
    assert all(name.startswith(deputy.portrait) for name in files())
    assert len(files()) == 3


def test_a_portrait_is_taken_away(send, deputy, files, django_capture_on_commit_callbacks):
    send(portrait_file=photo())
    with django_capture_on_commit_callbacks(execute=True):
        assert send(portrait_remove="on").status_code == 302
    assert (deputy.portrait, files()) == ("", [])
    assert [row.portrait != "" for row in deputy.history.all()] == [False, True, False]


def test_staff_see_the_portrait_of_somebody_out_of_office_and_residents_do_not(
    send, clerk, member, client, deputy
):
    send(portrait_file=photo())
    picture = address("deputy_portrait", deputy.pk, 240)
    assert picture in clerk.get(address("deputy_change", deputy.pk)).content.decode()
    answer = clerk.get(picture)
    assert answer.status_code == 200
    assert "private, no-store" in answer["Cache-Control"]
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert client.get(picture).status_code == 302
    assert member().get(picture).status_code == 403
    assert client.get("/deputies/D1/portrait-240.jpg").status_code == 404


def test_who_only_looks_sees_the_portrait_and_no_box_to_change_it(send, member, deputy):
    send(portrait_file=photo())
    page = clean(member(Role.HEAD).get(address("deputy_change", deputy.pk)))
    assert address("deputy_portrait", deputy.pk, 240) in page
    assert "portrait_file" not in page


def test_the_page_of_somebody_new_has_a_box_for_the_portrait(clerk, district):
    page = clean(clerk.get(address("deputy_add")))
    assert 'name="portrait_file"' in page
    assert "multipart/form-data" in page
    assert "portrait_remove" not in page


def test_the_list_stands_in_the_official_order_and_is_searched_by_letters(clerk, district):
    for key, name in (("D1", "魏一"), ("D2", "高大富"), ("D3", "高富"), ("D4", "曾一")):
        Deputy.objects.create(key=key, name=name)
    page = clerk.get(address("deputy_changelist"))
    assert [row.name for row in page.context["cl"].result_list] == ["高富", "高大富", "曾一", "魏一"]
    for typed in ("zengyi", "zy"):
        page = clerk.get(address("deputy_changelist"), {"q": typed})
        assert [row.name for row in page.context["cl"].result_list] == ["曾一"]


def test_imported_people_stand_in_the_official_order_and_go_out_in_it(clerk, district):
    people = [PERSON | {"人员编号": f"D{n}", "姓名": name} for n, name in enumerate(("魏一", "王一", "丁一"))]
    take(DeputyRosterResource, workbook(people))
    take(DeputyRosterResource, workbook([people[1] | {"姓名": "龘一"}]))
    rows = rows_of(clerk.get(reverse("admin:deputies_deputy_export")).content)
    assert [row["姓名"] for row in rows] == ["丁一", "魏一", "龘一"]


def test_the_rule_of_the_order_is_one_page_and_places_everybody(clerk, district):
    for key, name in (("D1", "高大富"), ("D2", "高富")):
        Deputy.objects.create(key=key, name=name)
    page = address("ordersetting_change", OrderSetting.objects.get().pk)
    assert clerk.get(address("ordersetting_changelist")).headers["Location"] == page
    clean(clerk.get(page))
    assert clerk.post(page, {}).status_code == 302
    assert [row.name for row in Deputy.objects.all()] == ["高大富", "高富"]
    assert clerk.get(address("ordersetting_add")).status_code == 403


def test_rare_characters_are_named_until_they_are_entered(clerk, district):
    Deputy.objects.create(key="D1", name="㛃示例")
    page = clean(clerk.get(address("rarecharacter_changelist")))
    assert "暂排在最后：㛃" in page
    wrong = clerk.post(address("rarecharacter_add"), {"character": "㛃", "strokes": "9", "after": "王"})
    assert "4 画" in wrong.content.decode()
    clean(clerk.get(address("rarecharacter_add")))
    right = {"character": "㛃", "strokes": "9", "after": "契"}
    assert clerk.post(address("rarecharacter_add"), right).status_code == 302
    assert "㛃、" not in clerk.get(address("rarecharacter_changelist")).content.decode()
    row = RareCharacter.objects.get()
    assert clerk.post(address("rarecharacter_delete", row.pk), {"post": "yes"}).status_code == 302
    assert not RareCharacter.objects.exists()


def test_only_the_clerk_and_the_administrator_set_the_order(member, district):
    RareCharacter.objects.create(character="㛃", strokes=9)
    nobody = member()
    for page in (address("ordersetting_change", 1), address("rarecharacter_add")):
        assert nobody.get(page).status_code == 403
    looker = member(Role.REVIEWER)
    assert looker.post(address("ordersetting_change", 1), {}).status_code == 403
    assert looker.get(address("rarecharacter_add")).status_code == 403
    assert looker.get(address("rarecharacter_changelist")).status_code == 200
