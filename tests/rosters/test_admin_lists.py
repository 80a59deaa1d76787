"""The rosters' lists and pages in the admin: who may do what, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress_portal.accounts.models import Role
from deputies.models import Congress, Deputy, DeputyGroup, Mandate
from stations.models import Community, LiaisonOfficer, Posting, Street, Venue
from tests.conftest import make_user

from .test_import_pages import clean

DAY = date(2022, 1, 5)
MODELS = [Deputy, Mandate, DeputyGroup, Congress, Street, Community, Venue, Posting, LiaisonOfficer]


def address(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def fill(district, places, home):
    """Make `count` more of everything."""
    made = iter(range(10_000))

    def more(count):
        for number in (next(made) for _ in range(count)):
            street = Street.objects.create(code=f"8{number}", name=f"{number}街道")
            place = Community.objects.create(code=f"9{number}", name=f"{number}社区", street=street)
            venue = Venue.objects.create(
                code=f"S{number}", name=f"{number}站", kind="STATION", street=street, parent=home
            )
            venue.communities.add(place)
            deputy = Deputy.objects.create(key=f"D{number}", name="林示例", user=make_user(f"u{number}"))
            mandate = Mandate.objects.create(
                deputy=deputy, congress=district, electoral_district="第1选区", starts_on=DAY
            )
            DeputyGroup.objects.create(name=f"{number}小组").mandates.add(mandate)
            Posting.objects.create(deputy=deputy, venue=venue, starts_on=DAY)
            LiaisonOfficer.objects.create(user=make_user(f"l{number}"), venue=venue, starts_on=DAY)

    return more


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_however_long_it_is(clerk, fill, model):
    counts = []
    for more in (3, 12):
        fill(more)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address(model, "changelist")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_pages_have_nothing_inline(clerk, fill, model):
    fill(1)
    row = model.objects.first()
    names = [("changelist",), ("add",), ("change", row.pk), ("history", row.pk)]
    for name, *args in names:
        clean(clerk.get(address(model, name, *args)))


@pytest.mark.parametrize("model", MODELS)
def test_reviewer_and_head_look_and_nobody_deletes(member, fill, model):
    fill(1)
    row = model.objects.first()
    for role in (Role.REVIEWER, Role.HEAD):
        looker = member(role)
        assert looker.get(address(model, "changelist")).status_code == 200
        assert looker.get(address(model, "change", row.pk)).status_code == 200
        assert looker.get(address(model, "add")).status_code == 403
        assert looker.post(address(model, "change", row.pk), {}).status_code == 403
    for keeper in (member(Role.CLERK), member(is_superuser=True)):
        assert keeper.get(address(model, "add")).status_code == 200
        assert keeper.get(address(model, "delete", row.pk)).status_code == 403
    assert member().get(address(model, "changelist")).status_code == 403


def test_a_search_finds_a_person_by_name_key_and_unit(clerk, fill):
    fill(2)
    Deputy.objects.create(key="Z9", name="㛃示例", organisation="示例医院")
    for text in ("㛃", "Z9", "示例医院"):
        page = clerk.get(address(Deputy, "changelist"), {"q": text})
        assert [row.key for row in page.context["cl"].result_list] == ["Z9"]


def test_choosing_a_deputy_by_typing_is_for_the_office_alone(clerk, member, fill):
    fill(1)
    query = {"term": "林", "app_label": "stations", "model_name": "posting", "field_name": "deputy"}
    Deputy.objects.create(key="Z9", name="林示例", organisation="示例医院")
    answer = clerk.get(reverse("admin:deputies_deputy_choose"), query)
    # Namesakes are told apart.
    assert [row["text"] for row in answer.json()["results"]] == ["D0 · 林示例", "Z9 · 林示例 · 示例医院"]
    assert member().get(reverse("admin:deputies_deputy_choose"), query).status_code == 403
    assert reverse("admin:deputies_deputy_choose") in clerk.get(address(Posting, "add")).content.decode()


def test_a_liaison_officer_is_named_by_the_login_name(clerk, home):
    officer = make_user("liaison9")
    form = {"user": "liaison9", "venue": home.pk, "starts_on": "2022-01-05", "ends_on": ""}
    assert clerk.post(address(LiaisonOfficer, "add"), form).status_code == 302
    row = LiaisonOfficer.objects.get()
    assert row.user == officer
    page = clerk.get(address(LiaisonOfficer, "change", row.pk)).content.decode()
    assert 'value="liaison9"' in page
    wrong = clerk.post(address(LiaisonOfficer, "add"), form | {"user": "nobody"})
    assert "没有使用这个登录名的有效账号。" in wrong.content.decode()


def test_a_deputys_page_keeps_account_mandates_and_postings_together(clerk, fill):
    fill(1)
    deputy = Deputy.objects.get(key="D0")
    page = clerk.get(address(Deputy, "change", deputy.pk))
    assert 'value="u0"' in page.content.decode()
    form = {}
    for formset in page.context["inline_admin_formsets"]:
        for prefix_form in (formset.formset.management_form, *formset.formset.forms):
            given = {name: prefix_form[name].value() for name in prefix_form.fields}
            # A count of none is a count.
            form |= {
                prefix_form.add_prefix(name): "" if value is None else value for name, value in given.items()
            }
    main = page.context["adminform"].form
    form |= {name: main[name].value() or "" for name in main.fields} | {"user": "u0", "position": "校长"}
    answer = clerk.post(address(Deputy, "change", deputy.pk), form)
    assert answer.status_code == 302, answer.context["errors"]
    deputy.refresh_from_db()
    assert (deputy.position, deputy.user.username) == ("校长", "u0")
    assert deputy.mandates.count() == deputy.postings.count() == 1


def test_a_venue_cannot_belong_to_its_own_station(clerk, fill, home):
    fill(1)
    station = Venue.objects.get(code="S0")
    fields = {
        "code": "H01",
        "kind": "HOME",
        "name": home.name,
        "parent": station.pk,
        "street": home.street_id,
    }
    empty = {
        f"{name}-{part}": 0
        for name in ("liaison_officers", "postings")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    page = clerk.post(address(Venue, "change", home.pk), fields | empty)
    assert "家站点不能隶属于它自己。" in page.content.decode()


def test_a_place_on_the_map_says_which_number_is_missing(clerk, home):
    fields = {"code": "H01", "kind": "HOME", "name": home.name, "street": home.street_id}
    empty = {
        f"{name}-{part}": 0
        for name in ("liaison_officers", "postings", "role_duties")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    page = clerk.post(address(Venue, "change", home.pk), fields | empty | {"longitude": "123.4512"})
    assert page.context["adminform"].form.errors == {"latitude": ["经度和纬度需要同时填写。"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ordinal": "0"}, "ordinal"),
        ({"ordinal": "100"}, "ordinal"),
        ({"ordinal": "9" * 20}, "ordinal"),
        ({"ends_on": "2022-01-05"}, "ends_on"),
    ],
)
def test_a_term_nobody_can_mean_is_refused_beside_the_field(clerk, district, changes, field):
    given = {"level": "DISTRICT", "area": "沈河区", "ordinal": "20", "starts_on": "2022-01-05", "ends_on": ""}
    for page in (address(Congress, "add"), address(Congress, "change", district.pk)):
        answer = clerk.post(page, given | changes)
        assert list(answer.context["adminform"].form.errors) == [field]
