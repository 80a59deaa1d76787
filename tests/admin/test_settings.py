"""Settings and accounts: kept by the superuser, every change remembered, nobody deleted."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from congress_portal.accounts.models import Role, RoleGrant, User
from suggestions.models import Category, ClockRule, DeclineReason, UnitMember
from tests.conftest import PASSWORD, Journey

from .pages import open_page

USERS = "/admin/accounts/user/"
SETTINGS = (
    "category", "declinereason", "transferbody", "clockrule", "handlingunit", "unitmember", "replyclass",
    "replytemplate", "emergencyword", "reminderrule", "supervisingbody",
)  # fmt: skip
NO_ROWS = {"role_grants-TOTAL_FORMS": "0", "role_grants-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("table", SETTINGS)
def test_the_superuser_lists_each_setting_and_the_office_does_not(
    cast: SimpleNamespace, login: Callable, table: str
) -> None:
    assert open_page(login(cast.admin), f"/admin/suggestions/{table}/")
    for who in (cast.clerk, cast.reviewer, cast.head):
        assert login(who).get(f"/admin/suggestions/{table}/").status_code == 403


def test_a_changed_setting_keeps_its_history(cast: SimpleNamespace, login: Callable) -> None:
    rule, client = ClockRule.objects.get(key="ACCEPT"), login(cast.admin)

    for basis in ("本区办法第八条", "本区办法第九条"):
        response = client.post(
            f"/admin/suggestions/clockrule/{rule.pk}/change/",
            {"length": "5", "unit": "WORKDAYS", "basis": basis},
        )
        assert response.status_code == 302

    rule.refresh_from_db()
    assert (rule.key, rule.length, rule.basis) == ("ACCEPT", 5, "本区办法第九条")
    assert rule.history.first().history_user == cast.admin
    assert "本区办法第八条" in open_page(client, f"/admin/suggestions/clockrule/{rule.pk}/history/")


def test_the_clocks_themselves_are_neither_added_nor_removed(cast: SimpleNamespace, login: Callable) -> None:
    client, rule = login(cast.admin), ClockRule.objects.first()

    assert client.get("/admin/suggestions/clockrule/add/").status_code == 403
    assert client.post(f"/admin/suggestions/clockrule/{rule.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_reason_in_use_is_switched_off_not_deleted(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.accepted(), login(cast.admin)

    client.post(f"/admin/suggestions/category/{case.category_id}/delete/", {"post": "yes"})

    assert Category.objects.filter(pk=case.category_id).exists()
    reason = DeclineReason.objects.get(code="N07")
    client.post(
        f"/admin/suggestions/declinereason/{reason.pk}/change/",
        {
            "code": "N07",
            "outcome": "DECLINE",
            "label": reason.label,
            "text": reason.text,
            "where_to_go": reason.where_to_go,
        },
    )
    reason.refresh_from_db()
    assert not reason.is_active


def test_a_member_of_a_unit_is_named_by_login(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.admin)
    fields = {"user": "stranger", "unit": cast.unit.pk, "starts_on": "2026-01-01", "ends_on": ""}

    assert client.post("/admin/suggestions/unitmember/add/", {**fields, "user": "nobody"}).status_code == 200
    assert client.post("/admin/suggestions/unitmember/add/", fields).status_code == 302

    assert UnitMember.objects.filter(user=cast.stranger, unit=cast.unit).exists()


def test_an_account_is_made_given_a_duty_and_switched_off(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.admin)

    response = client.post(
        f"{USERS}add/",
        {"username": "newclerk", "name": "新经办", "password1": PASSWORD, "password2": PASSWORD, **NO_ROWS},
    )

    assert response.status_code == 302, response.content.decode()
    made = User.objects.get(username="newclerk")
    assert made.check_password(PASSWORD)
    client.post(
        f"{USERS}{made.pk}/change/",
        {"username": "newclerk", "name": "新经办", "is_active": "on", "is_staff": "on",
         "role_grants-TOTAL_FORMS": "1", "role_grants-INITIAL_FORMS": "0", "role_grants-0-role": "CLERK"},
    )  # fmt: skip
    assert RoleGrant.objects.get(user=made).role == Role.CLERK
    assert client.post(f"{USERS}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(f"{USERS}{made.pk}/change/", {"username": "newclerk", "name": "新经办", **NO_ROWS})
    made.refresh_from_db()
    assert not made.is_active


def test_a_password_is_set_anew_by_the_superuser(cast: SimpleNamespace, login: Callable) -> None:
    new = "another battery staple horse"

    response = login(cast.admin).post(
        f"{USERS}{cast.clerk.pk}/password/", {"usable_password": "true", "password1": new, "password2": new}
    )

    assert response.status_code == 302
    cast.clerk.refresh_from_db()
    assert cast.clerk.check_password(new)


@pytest.mark.parametrize("who", ["clerk", "reviewer", "head"])
def test_the_office_keeps_no_accounts(cast: SimpleNamespace, login: Callable, who: str) -> None:
    client = login(getattr(cast, who))

    for address in (
        USERS,
        f"{USERS}add/",
        f"{USERS}{cast.clerk.pk}/change/",
        f"{USERS}{cast.clerk.pk}/password/",
    ):
        assert client.get(address).status_code == 403


def test_there_is_one_way_to_give_rights() -> None:
    assert not admin.site.is_registered(Group)
