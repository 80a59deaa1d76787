"""What happens to a mandate, as the office records it in the admin; groups, lists and closed terms."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress_portal.accounts.models import Role
from congress_portal.common import clock
from deputies.models import Congress, Deputy, DeputyGroup, Level, Mandate, MandateEvent
from tests.conftest import end, restore, suspend

from .test_import_pages import clean

START = date(2022, 1, 5)


def address(name, *args):
    return reverse(f"admin:deputies_{name}", args=args)


def changes(mandate):
    return address("mandate_changes", mandate.pk)


@pytest.fixture
def mandate(district):
    person = Deputy.objects.create(key="D1", name="林示例")
    return Mandate.objects.create(
        deputy=person, congress=district, electoral_district="第1选区", delegation="甲代表团", starts_on=START
    )


def form(**changed):
    today = clock.today().isoformat()
    return {"kind": "RESIGNED", "effective_on": today, "announced_on": today} | changed


def test_a_resignation_is_recorded_and_stands_in_the_list_with_who_and_when(clerk, mandate):
    sent = form(document_number="沈河人大发〔2026〕3号", note="本人申请")
    page = clerk.post(changes(mandate), sent, follow=True)
    assert page.redirect_chain == [(changes(mandate), 302)]
    event = MandateEvent.objects.get()
    assert event.recorded_by.username == "CLERK"
    words = clean(page)
    for word in ("沈河人大发〔2026〕3号", "本人申请", clock.today().isoformat(), event.recorded_by.name):
        assert word in words
    assert not Mandate.objects.in_force(clock.today()).exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "RESTORED"}, "kind"),
        ({"kind": "\x00"}, "kind"),
        ({"effective_on": ""}, "effective_on"),
        ({"effective_on": "2021-12-31"}, "effective_on"),
        ({"effective_on": "31.31.2026"}, "effective_on"),
        ({"effective_on": "9" * 5000}, "effective_on"),
        ({"announced_on": ""}, "announced_on"),
        ({"announced_on": "9999-12-31"}, "announced_on"),
        ({"document_number": "号" * 41}, "document_number"),
        ({"note": "注" * 100_000}, "note"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(clerk, mandate, changed, field):
    page = clerk.post(changes(mandate), form(note="本人申请") | changed)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert changed.get("note", "本人申请")[:50] in page.content.decode()
    assert not MandateEvent.objects.exists()


def test_a_change_to_come_is_shown_as_such(clerk, mandate):
    end(mandate, clock.today() + timedelta(days=3))
    assert "still to come" in english(clerk, changes(mandate))
    assert Mandate.objects.in_force(clock.today()).exists()


def test_a_mistake_is_struck_out_with_a_reason_and_stays_readable(clerk, mandate):
    event = end(mandate)
    page = address("mandate_strike", mandate.pk, event.pk)
    assert page in clerk.get(changes(mandate)).content.decode()
    assert clerk.post(page, {"reason": " "}).context["form"].errors
    assert clerk.post(page, {"reason": "名字录错"}, follow=True).redirect_chain == [(changes(mandate), 302)]
    event.refresh_from_db()
    assert (event.struck_out_by.username, event.struck_out_reason) == ("CLERK", "名字录错")
    assert Mandate.objects.in_force(clock.today()).exists()
    assert "名字录错" in clerk.get(changes(mandate)).content.decode()
    assert clerk.post(page, {"reason": "再来一次"}).context["form"].errors


def test_only_the_last_change_offers_to_be_struck_out(clerk, mandate):
    first = suspend(mandate, date(2024, 1, 1))
    last = restore(mandate, date(2024, 2, 1))
    page = clerk.get(changes(mandate)).content.decode()
    assert address("mandate_strike", mandate.pk, last.pk) in page
    assert address("mandate_strike", mandate.pk, first.pk) not in page


def test_reviewer_and_head_read_and_nobody_else_comes_in(member, mandate):
    event = suspend(mandate)
    strike = address("mandate_strike", mandate.pk, event.pk)
    for role in (Role.REVIEWER, Role.HEAD):
        looker = member(role)
        page = looker.get(changes(mandate))
        assert page.context["form"] is None
        assert strike not in page.content.decode()
        assert looker.post(changes(mandate), form()).status_code == 403
        assert looker.post(strike, {"reason": "x"}).status_code == 403
    assert member().get(changes(mandate)).status_code == 403


def test_unknown_mandates_and_foreign_changes_are_not_found(clerk, mandate, district):
    other = Mandate.objects.create(
        deputy=Deputy.objects.create(key="D2", name="高示例"), congress=district, starts_on=START
    )
    event = suspend(other)
    assert clerk.get(address("mandate_changes", 10**30)).status_code == 404
    assert clerk.get(address("mandate_strike", mandate.pk, event.pk)).status_code == 404
    assert clerk.get(address("mandate_strike", mandate.pk, 10**30)).status_code == 404


def test_nothing_is_deleted_and_no_list_of_changes_writes(clerk, member, mandate):
    event = suspend(mandate)
    keeper = member(is_superuser=True)
    for client in (clerk, keeper):
        for name, row in (("mandate", mandate), ("deputy", mandate.deputy), ("mandateevent", event)):
            assert client.get(address(f"{name}_delete", row.pk)).status_code == 403
            assert client.post(address(f"{name}_delete", row.pk), {"post": "yes"}).status_code == 403
        assert client.get(address("mandateevent_add")).status_code == 403
        assert client.post(address("mandateevent_change", event.pk), {}).status_code == 403
    words = clean(clerk.get(address("mandateevent_changelist")))
    assert changes(mandate) in words


def test_a_closed_term_is_read_only_everywhere(clerk, mandate, district):
    suspend(mandate)
    Congress.objects.filter(pk=district.pk).update(frozen_at=clock.now())
    page = clerk.get(changes(mandate))
    assert page.context["form"] is None
    answer = clerk.post(changes(mandate), form())
    assert answer.status_code == 200
    assert MandateEvent.objects.count() == 1
    assert clerk.post(address("mandate_change", mandate.pk), {}).status_code == 403
    assert clerk.post(address("congress_change", district.pk), {}).status_code == 403
    added = clerk.post(
        address("mandate_add"), new_mandate(Deputy.objects.create(key="D9", name="高示例"), district)
    )
    assert list(added.context["adminform"].form.errors) == ["congress"]


def test_the_end_of_a_mandate_is_no_field_to_type_into(clerk, mandate, district):
    today = clock.today()
    page = address("mandate_change", mandate.pk)
    kept = {"electoral_district": "第1选区", "starts_on": "2022-01-05"}
    for day in (today, today + timedelta(days=9)):
        answer = clerk.post(page, kept | {"ends_on": day.isoformat()})
        assert list(answer.context["adminform"].form.errors) == ["ends_on"]
    Congress.objects.filter(pk=district.pk).update(ends_on=date(2027, 1, 15))
    assert clerk.post(page, kept | {"ends_on": "2027-01-15"}).status_code == 302
    suspend(mandate)
    late = clerk.post(page, kept | {"starts_on": (today + timedelta(days=1)).isoformat(), "ends_on": ""})
    assert list(late.context["adminform"].form.errors) == ["starts_on"]


def test_a_mandate_keeps_its_person_and_gets_groups(clerk, mandate):
    groups = [DeputyGroup.objects.create(name=name) for name in ("经济代表小组", "甲街道代表小组")]
    other = Deputy.objects.create(key="D2", name="高示例")
    sent = {
        "deputy": other.pk, "electoral_district": "第1选区", "delegation": "乙代表团",
        "certificate_number": "0012", "starts_on": "2022-01-05", "groups": [group.pk for group in groups],
    }  # fmt: skip
    assert clerk.post(address("mandate_change", mandate.pk), sent).status_code == 302
    mandate.refresh_from_db()
    assert (mandate.deputy.key, mandate.delegation, mandate.certificate_number) == ("D1", "乙代表团", "0012")
    assert mandate.groups.count() == 2


def new_mandate(person, congress, **changed):
    return {
        "deputy": person.pk, "congress": congress.pk, "electoral_district": "第2选区",
        "starts_on": "2022-01-05", "ends_on": "",
    } | changed  # fmt: skip


def test_who_enters_a_running_term_is_asked_for_the_by_election(clerk, district):
    person = Deputy.objects.create(key="D9", name="高示例")
    answer = clerk.post(address("mandate_add"), new_mandate(person, district, starts_on="2025-09-26"))
    mandate = Mandate.objects.get()
    assert answer["Location"] == f"{changes(mandate)}?kind=BY_ELECTION"
    page = clerk.get(answer["Location"])
    assert page.context["form"]["effective_on"].value() == date(2025, 9, 26)
    sent = form(kind="BY_ELECTION", effective_on="2025-09-26", announced_on="2025-09-26")
    assert clerk.post(changes(mandate), sent).status_code == 302
    assert [event.kind for event in MandateEvent.objects.all()] == ["BY_ELECTION"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=SUSPENDED", ["D2"]),
        ("status=ENDED", ["D3", "D5"]),
        ("status=NOT_YET", ["D4"]),
        ("status=ACTIVE", ["D1", "D5"]),
        ("level=MUNICIPAL", ["D5"]),
        ("delegation=甲代表团", ["D1"]),
        ("status=X", []),
    ],
)
def test_the_list_is_narrowed_by_status_today_level_and_delegation(clerk, mandate, district, query, found):
    fill(district)
    page = clerk.get(f"{address('mandate_changelist')}?{query}")
    assert sorted(row.deputy.key for row in page.context["cl"].result_list) == found


def fill(district):
    city = Congress.objects.get(level=Level.MUNICIPAL)
    rows = [
        Mandate.objects.create(
            deputy=Deputy.objects.create(key=f"D{number}", name=f"示例{number}"),
            congress=city if number == 5 else district,
            starts_on=clock.today() + timedelta(days=1) if number == 4 else START,
        )
        for number in (2, 3, 4, 5)
    ]
    suspend(rows[0])
    end(rows[1])
    Mandate.objects.create(deputy=rows[3].deputy, congress=district, starts_on=START, ends_on=START)


def test_lists_count_mandates_and_people(clerk, mandate, district):
    fill(district)
    clerk.cookies["django_language"] = "en"
    rows = clerk.get(address("mandate_changelist"), {"status": "ACTIVE"})
    assert rows.context["subtitle"] == "2 mandates · 2 people"
    everything = clerk.get(address("mandate_changelist"))
    assert everything.context["subtitle"] == "6 mandates · 5 people"
    people = clerk.get(address("deputy_changelist"))
    assert people.context["subtitle"] == "In office today: 2 mandates · 2 people"


def test_people_in_and_out_of_office_are_told_apart(clerk, mandate, district):
    fill(district)
    for value, keys in (("yes", ["D1", "D5"]), ("no", ["D2", "D3", "D4"])):
        page = clerk.get(address("deputy_changelist"), {"office": value})
        assert sorted(row.key for row in page.context["cl"].result_list) == keys


def test_a_group_counts_who_is_in_office_and_has_a_name_that_fits_a_cell(clerk, mandate, district):
    group = DeputyGroup.objects.create(name="经济代表小组")
    group.mandates.add(mandate)
    assert [
        row.members for row in clerk.get(address("deputygroup_changelist")).context["cl"].result_list
    ] == [1]
    suspend(mandate)
    assert [
        row.members for row in clerk.get(address("deputygroup_changelist")).context["cl"].result_list
    ] == [0]
    wrong = clerk.post(address("deputygroup_add"), {"name": "经济、金融", "kind": "FIELD", "is_active": "on"})
    assert list(wrong.context["adminform"].form.errors) == ["name"]
    right = {"name": "经济 金融", "kind": "FIELD", "is_active": "on"}
    assert clerk.post(address("deputygroup_add"), right).status_code == 302
    assert DeputyGroup.objects.filter(name="经济金融").exists()


def test_the_page_costs_the_same_however_much_has_happened(clerk, mandate):
    counts = []
    for start in (date(2022, 2, 1), date(2023, 2, 1)):
        for number in range(6):
            suspend(mandate, start + timedelta(days=20 * number))
            restore(mandate, start + timedelta(days=20 * number + 9))
        with CaptureQueriesContext(connection) as queries:
            clean(clerk.get(changes(mandate)))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_of_changes_costs_the_same_however_long_it_is(clerk, district):
    counts = []
    for keys in (range(3), range(3, 15)):
        for key in keys:
            person = Deputy.objects.create(key=f"C{key}", name="高示例")
            suspend(Mandate.objects.create(deputy=person, congress=district, starts_on=START))
        with CaptureQueriesContext(connection) as queries:
            clean(clerk.get(address("mandateevent_changelist")))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def english(client, url):
    client.cookies["django_language"] = "en"
    return client.get(url).content.decode()
