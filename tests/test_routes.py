"""Every address × everybody over HTTP: each view says who it is for, and nobody else comes in."""

import re
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.routes import VISITORS, Route, Visitor, World, routes

OFFICE = frozenset({"clerk", "reviewer", "head"})
STAFF = OFFICE | {"admin"}
# Sees the list of what is hidden from all others, and the case of this world is not.
ADMIN = STAFF | {"secrecy"}
VENUE = frozenset({"liaison", "deputy", "convener"})
VENUES = VENUE | {"other_liaison", "other_deputy"}
STREETS = frozenset({"committee", "other_committee"})
DESK = VENUES | STREETS | {"officer", "other_officer", "unitlead", "coordinator"}
# Whoever handles the case of this world, at the venue or the unit.
HERE = VENUE | {"officer", "unitlead", "committee"}
EVERYBODY = frozenset(VISITORS)
SIGNED_IN = EVERYBODY - {"nobody"}
CLERK, KEEPER, NOBODY = frozenset({"clerk", "admin"}), frozenset({"admin"}), frozenset[str]()

# Whoever keeps the venue of this world, or some venue; the office keeps all.
RUNS = STAFF | {"liaison", "convener"}
RUNNERS = RUNS | {"other_liaison"}

# Deputies see their own turns beside those who plan.
PLANS = RUNNERS | {"deputy", "other_deputy"}
NO_PLANS = EVERYBODY - PLANS

# Public pages where the row decides: to all others it is as if it were not there.
OF_A_ROW = {
    "photo": {"resident"} | HERE | OFFICE,
    "staged_photo": NOBODY,
    "suggestion_action": EVERYBODY,
    "inbox_follow": {"resident"},
}
# Pages at the desk beyond having a desk: (who comes in, who is refused); to others the case is not there.
AT_THE_DESK = {
    "desk": (DESK, NOBODY),
    "desk_register": (VENUES | STREETS, NOBODY),
    **dict.fromkeys(
        ("desk_saved", "desk_saved_rename", "desk_saved_delete", "desk_due", "desk_sheet", "desk_mark"),
        (DESK, NOBODY),
    ),
    "desk_case": (HERE, NOBODY),
    "desk_contact": ({"liaison", "committee"}, HERE - {"liaison", "committee"}),
    "desk_receipt": (NOBODY, NOBODY),
    "desk_grounds": ({"liaison", "committee"}, HERE - {"liaison", "committee"}),
    "desk_case_action": (HERE, NOBODY),
    "desk_assignment_action": ({"officer"}, HERE - {"officer"}),
    "desk_paper": (HERE, NOBODY),
    "desk_paper_docx": (HERE, NOBODY),
    "desk_reception": (PLANS, NO_PLANS),
    "desk_planning_announce": (
        {"liaison", "other_liaison", "convener"},
        NO_PLANS | STAFF | {"deputy", "other_deputy"},
    ),
    "desk_planning_day": (RUNS | {"deputy"}, NO_PLANS),
    "desk_planning_notice": (RUNS, NO_PLANS | {"deputy"}),
    "desk_planning_step": (RUNS, NO_PLANS | {"deputy"}),
    "desk_planning_turn": (RUNS | {"deputy"}, NO_PLANS),
    "desk_reception_day": (RUNS, EVERYBODY - RUNNERS),
    "desk_reception_record": (RUNS, EVERYBODY - RUNNERS),
    "desk_reception_slips": (NOBODY, EVERYBODY - RUNNERS),
    "desk_booking_contact": (OFFICE | {"liaison"}, EVERYBODY - RUNNERS | {"convener", "admin"}),
    **dict.fromkeys(
        (
            "desk_reception_more",
            "desk_reception_less",
            "desk_booking_came",
            "desk_booking_missed",
            "desk_booking_told",
        ),
        (RUNNERS, EVERYBODY - RUNNERS),
    ),
}
# allauth's pages for somebody who is signed in.
OWN_ACCOUNT = frozenset(
    {"account_reauthenticate", "account_email", "account_change_password", "account_set_password",
     "account_confirm_login_code"}
)  # fmt: skip
# The admin: model → who may look, add, delete, import and export. Rosters are removed by date, not deleted.
ROSTER = (STAFF, CLERK, NOBODY, CLERK)
CATALOGUE = (KEEPER, KEEPER, KEEPER, NOBODY)
RIGHTS = {
    "common/calendarday": (CLERK, CLERK, CLERK, CLERK),
    "accounts/user": (KEEPER, KEEPER, NOBODY, NOBODY),
    "notices/notice": (OFFICE, NOBODY, NOBODY, NOBODY),
    "notices/noticesetting": (STAFF, NOBODY, NOBODY, NOBODY),
    "deputies/congress": ROSTER,
    "deputies/mandate": ROSTER,
    "deputies/mandateevent": (STAFF, NOBODY, NOBODY, NOBODY),
    "deputies/deputygroup": ROSTER,
    "deputies/termchange": ROSTER,
    "deputies/deputy": ROSTER,
    "deputies/ordersetting": (STAFF, NOBODY, NOBODY, NOBODY),
    "deputies/rarecharacter": (STAFF, CLERK, CLERK, NOBODY),
    "stations/street": ROSTER,
    "stations/community": ROSTER,
    "stations/venue": ROSTER,
    "stations/venuechange": (STAFF, NOBODY, NOBODY, NOBODY),
    "stations/posting": ROSTER,
    "stations/liaisonofficer": ROSTER,
    "stations/roleduty": ROSTER,
    "stations/receptionplan": ROSTER,
    "stations/receptionsetting": (STAFF, NOBODY, NOBODY, NOBODY),
    "stations/receptionsession": (STAFF, CLERK, NOBODY, NOBODY),
    "stations/standardchecklist": ROSTER,
    "stations/inspection": (STAFF, CLERK, NOBODY, NOBODY),
    "stations/scancount": (STAFF, NOBODY, NOBODY, NOBODY),
    "suggestions/suggestion": (OFFICE, NOBODY, NOBODY, NOBODY),
    "suggestions/promise": (OFFICE, NOBODY, NOBODY, NOBODY),
    "suggestions/paper": (OFFICE, NOBODY, NOBODY, NOBODY),
    "suggestions/category": CATALOGUE,
    "suggestions/declinereason": CATALOGUE,
    "suggestions/transferbody": CATALOGUE,
    "suggestions/replytemplate": CATALOGUE,
    "suggestions/emergencyword": CATALOGUE,
    "suggestions/reminderrule": CATALOGUE,
    "suggestions/supervisingbody": CATALOGUE,
    "suggestions/replyclass": (KEEPER, NOBODY, NOBODY, NOBODY),
    "suggestions/officesetting": (STAFF, NOBODY, NOBODY, NOBODY),
    "suggestions/handlingunit": CATALOGUE,
    "suggestions/unitmember": CATALOGUE,
    "suggestions/clockrule": (KEEPER, NOBODY, NOBODY, NOBODY),
    "suggestions/supervision": (OFFICE, NOBODY, NOBODY, NOBODY),
    "suggestions/supervisionletter": (OFFICE, NOBODY, NOBODY, NOBODY),
    # Counting anew is for whoever keeps the calendar.
    "suggestions/recalculation": (STAFF, CLERK, NOBODY, NOBODY),
    "suggestions/contactreveal": (KEEPER | {"head"}, NOBODY, NOBODY, NOBODY),
    "exports/exportlog": (STAFF, NOBODY, NOBODY, NOBODY),
}
# The steps of a change of term; whoever may look at it comes in to the others.
TERM = {
    **dict.fromkeys(("add", "set_up", "file", "template", "take", "agree", "row"), CLERK),
    "undo": frozenset({"reviewer", "head"}),
    "hand_over": OFFICE,
    "hand_over_file": OFFICE,
}
# Intake is the clerk's: working off queues, entering paper, choosing a ground.
INTAKE = ("intake", "register", "registered", "grounds")
# Pages of the admin that belong to no model: for all staff, or only with what a form sends along.
REFUSED_BARE = ("admin:autocomplete", "admin:deputies_deputy_choose", "admin:suggestions_assignment_do")
ABSENT = ("admin:view_on_site", "admin/(?P<url>.*)$")

# Pages of steps and of papers, which are no lists.
NO_SHEET = {"deputies/termchange", "suggestions/paper"}

IN, LOGIN, REFUSED, GONE, POST_ONLY = (
    "comes in",
    "is asked to sign in",
    "is refused",
    "finds nothing",
    "POST only",
)
# Only ever sent by a button.
BUTTONS = {
    "mode", "suggestion_close", "admin:logout", "inbox_read", "reception_booking_leave",
    "desk_reception_more", "desk_reception_less", "desk_booking_came", "desk_booking_missed",
    "desk_booking_told", "desk_saved_rename", "desk_saved_delete", "desk_sheet", "desk_mark",
    *(
        f"admin:suggestions_suggestion_{name}"
        for name in ("saved_rename", "saved_delete", "mark")
    ),
    # Every list of the admin as a file.
    *(f"admin:{model.replace('/', '_')}_sheet" for model in RIGHTS if model not in NO_SHEET),
}  # fmt: skip


def test_every_view_says_who_it_is_for() -> None:
    silent = [route.label for route in routes() if not route.audience]
    assert silent == []


def test_every_audience_is_one_this_test_knows() -> None:
    known = {
        "public", "signed_in", "desk", "desk_venue", "desk_reception", "desk_planning", "admin", "allauth",
        "language",
    }  # fmt: skip
    assert {route.audience for route in routes()} <= known


def test_every_page_of_the_desk_and_of_the_admin_is_in_the_tables() -> None:
    desk = {route.name for route in routes() if route.audience.startswith("desk")}
    models = {
        "/".join(route.pattern.split("/")[1:3])
        for route in routes()
        if route.audience == "admin"
        and (route.pattern.count("/") > 3 or route.name.endswith("_changelist"))
        and not route.name.endswith("view_on_site")
    }
    assert desk == set(AT_THE_DESK)
    assert models - {"suggestions/assignment"} == set(RIGHTS)


@pytest.mark.parametrize("name", VISITORS)
def test_everybody_comes_in_where_they_should_and_nowhere_else(cast: SimpleNamespace, name: str) -> None:
    world, visitor = World(cast), Visitor(cast, name)
    wrong = []
    for route in routes():
        path, wanted = world.path(route), expected(route, name)
        found = outcome(visitor.visit(path))
        if found != wanted:
            wrong.append(f"{path} ({route.label}): {name} {found}, not {wanted}")
        posted = post(visitor, path)
        if wanted in (LOGIN, REFUSED, GONE) and posted == IN and route.label not in BUTTONS:
            wrong.append(f"{path} ({route.label}): {name} may not look but may send")
    assert wrong == []


def post(visitor: Visitor, path: str) -> str:
    """What an empty form does; it is taken back, so that no page finds its rows deleted."""
    mark = transaction.savepoint()
    try:
        return outcome(visitor.visit(path, post=True))
    finally:
        transaction.savepoint_rollback(mark)


def outcome(response: HttpResponse) -> str:
    """In one word. An error of ours is raised by the client already."""
    if response.streaming:
        # Read to its end, a file is closed by the client; `close()` would close the connection too.
        list(response.streaming_content)
    if response.status_code in (301, 302):
        away = ("/accounts/login/", "/admin/login/")
        return LOGIN if response["Location"].split("?")[0] in away else IN
    return {403: REFUSED, 404: GONE, 405: POST_ONLY, 409: IN, 200: IN}[response.status_code]


def expected(route: Route, name: str) -> str:
    rule = {
        "desk_venue": _desk, "desk_reception": _desk, "desk_planning": _desk, "desk": _desk, "admin": _admin,
        "allauth": _allauth,
    }  # fmt: skip
    if route.label in BUTTONS and (
        route.audience == "public"
        or (route.audience == "admin" and name in ADMIN)
        or (route.audience == "signed_in" and name in SIGNED_IN)
    ):
        return POST_ONLY
    if route.audience in rule:
        return rule[route.audience](route, name)
    if route.audience == "signed_in" and name not in SIGNED_IN:
        return LOGIN
    return IN if name in OF_A_ROW.get(route.name, EVERYBODY) else GONE


def _desk(route: Route, name: str) -> str:
    if name == "nobody":
        return LOGIN
    comes_in, refused = AT_THE_DESK[route.name]
    if name in comes_in:
        return POST_ONLY if route.label in BUTTONS else IN
    at_home = {"desk_venue": VENUES | STREETS, "desk_reception": RUNNERS}.get(route.audience, DESK)
    if name in refused or name not in at_home:
        return REFUSED
    return GONE


def _allauth(route: Route, name: str) -> str:
    return LOGIN if name == "nobody" and route.name in OWN_ACCOUNT else IN


def _admin(route: Route, name: str) -> str:
    if route.name == "admin:login":
        return LOGIN if name in ADMIN | {"nobody"} else REFUSED
    if name not in ADMIN:
        return IN if route.name == "admin:logout" else LOGIN
    if route.label in ABSENT:
        return GONE
    if name == "secrecy" and route.name == "admin:suggestions_assignment_do":
        return GONE
    if route.name in REFUSED_BARE:
        return REFUSED
    rights = RIGHTS.get("/".join(route.pattern.split("/")[1:3]))
    if rights is None or route.pattern.endswith("/<path:object_id>/"):
        # The index and its like; Django's own way from an old address to the new one.
        return IN
    if "_termchange_" in route.name:
        return IN if name in TERM.get(route.name.partition("_termchange_")[2], STAFF) else REFUSED
    if route.name.removeprefix("admin:suggestions_suggestion_") in INTAKE:
        return _intake(route, name)
    if name == "secrecy" and route.pattern.startswith(
        ("admin/suggestions/suggestion", "admin/suggestions/paper")
    ):
        return IN if route.name.endswith(("changelist", "_saved", "_due")) else GONE
    look, add, delete, sheet = rights
    last = route.name.rsplit("_", 1)[-1]
    if route.name.endswith("process_import"):
        return POST_ONLY
    allowed = {
        "add": add,
        "delete": delete,
        "import": sheet,
        "template": sheet,
        "export": sheet,
        "retire": add,
        "count": add,
        "strike": add,
    }.get(last, look)
    return IN if name in allowed else REFUSED


def _intake(route: Route, name: str) -> str:
    if name == "secrecy" and "<int:pk>" in route.pattern:
        return GONE
    if route.name.endswith("registered"):
        # The slip is for whoever has just registered the case.
        return GONE if name in OFFICE else REFUSED
    return IN if name == "clerk" else REFUSED


@pytest.mark.parametrize("name", ["nobody", "stranger"])
def test_an_unknown_number_answers_like_a_known_one(cast: SimpleNamespace, name: str) -> None:
    world, visitor = World(cast), Visitor(cast, name)
    for route in routes():
        if "number" not in route.pattern:
            continue
        path = world.path(route)
        for send in (False, True):
            known, unknown = (
                told(visitor.visit(address, post=send))
                for address in (path, path.replace(world.case.number, UNKNOWN))
            )
            assert known == tuple(part.replace(UNKNOWN, world.case.number) for part in unknown), path


UNKNOWN = "2026987654"


def told(response: HttpResponse) -> tuple[str, str, str]:
    """All that an answer tells; the tokens in its forms differ every time."""
    body = "" if response["Content-Type"].startswith("image/") else response.content.decode()
    body = re.sub(r'(csrfmiddlewaretoken" value=|name="token" value=)"[^"]*"', "", body)
    return str(response.status_code), response.get("Location", ""), body
