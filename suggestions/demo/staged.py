"""Cases set up so that every queue, state and login has something to show, in the order of importance.

Each row is one story: its kind, how many working days ago it began, after which action it stops, and the
turns it takes (`Story.force`). What is overdue follows from the age: limits run out by themselves.
"""

from dataclasses import dataclass

from .people import DEMO_UNIT, HOME_STATION


@dataclass(frozen=True, slots=True)
class Row:
    kind: str
    age: int
    stop: str = ""
    at: str = ""
    unit: str = ""
    course: str = ""
    category: str = ""
    force: tuple[str, ...] = ()
    resident: bool = False
    size: int = 1


def mine(age: int, stop: str = "", *force: str, kind: str = "ordinary", unit: str = "", course: str = "",
         category: str = "") -> Row:  # fmt: skip
    """A case of the resident who can sign in, at the station where liaison officer and deputy can."""
    return Row(kind, age, stop, HOME_STATION, unit, course, category, force, resident=True)


def here(age: int, stop: str, *force: str, unit: str = "", course: str = "", category: str = "") -> Row:
    """Somebody's case at that station."""
    return Row("ordinary", age, stop, HOME_STATION, unit, course, category, force)


def at_unit(age: int, stop: str, *force: str, unit: str = DEMO_UNIT, category: str = "HEATING") -> Row:
    """A case given to a unit, anywhere in the district."""
    return Row("ordinary", age, stop, "", unit, "unit", category, force)


ESSENTIAL = (
    # the resident's own: every stage once
    mine(1, "submit", "photo", category="NOISE"),
    mine(3, "ask_more", "ask_more", category="PARKING"),
    mine(2, "accept", category="ROADS"),
    mine(8, "sign", unit=DEMO_UNIT, category="HEATING"),
    mine(16, "release", unit=DEMO_UNIT, category="ELEVATOR"),
    mine(70, "publish", "publish", unit=DEMO_UNIT, category="ELEVATOR"),
    mine(95, "decline", "N07", kind="declined"),
    mine(12, "rate_bad", "bad", unit=DEMO_UNIT, category="PROPERTY"),
    mine(150, "", "silent", course="venue"),
    # what waits at the station: to accept, to answer, to sign off, to tell
    here(0, "submit"),
    here(1, "submit", "photo"),
    here(2, "submit", "code"),
    here(6, "submit"),
    here(2, "accept", course="direct"),
    here(1, "accept", course="venue"),
    here(9, "accept", course="direct"),
    here(6, "assign", course="venue"),
    here(8, "sign", course="venue"),
    here(12, "draft", course="venue"),
    here(14, "draft", course="venue"),
    here(11, "draft", course="venue"),
    here(15, "sign_off", course="venue"),
    here(17, "release", "desk", course="venue"),
    here(18, "release", "desk", unit=DEMO_UNIT, category="HEATING"),
    # what waits at the unit
    at_unit(5, "assign"),
    at_unit(6, "assign", category="ELEVATOR"),
    at_unit(9, "sign"),
    at_unit(38, "sign"),
    at_unit(8, "ask_return", "return"),
    at_unit(13, "draft"),
    at_unit(15, "draft", category="PROPERTY"),
    at_unit(14, "draft", "photo"),
    at_unit(17, "send_back", "send_back"),
    at_unit(16, "sign_off"),
    at_unit(18, "sign_off", category="ELEVATOR"),
    # what waits in the office
    Row("ordinary", 1, "submit", force=("pool",)),
    Row("ordinary", 2, "accept"),
    Row("ordinary", 12, "assign", course="unit"),
    Row("ordinary", 14, "rate_bad_again", course="unit", force=("bad", "bad_again")),
    Row("ordinary", 50, "rate_bad_again", course="unit", force=("bad", "bad_again")),
    Row("ordinary", 40, "prepare_publication", course="unit", force=("publishable", "publish")),
    Row("ordinary", 45, "prepare_publication", course="unit",
        force=("publishable", "publish", "second_clerk_prepares")),
    # the other ends
    Row("transferred", 20),
    Row("withdrawn", 15, force=("withdrawn_late",)),
    Row("unsupplemented", 30),
    Row("cluster", 9, "joined", course="unit", category="HEATING", size=4),
    Row("declined", 25, force=("N01",)),
    Row("ordinary", 55, course="unit", force=("bad", "bad_again")),
    Row("answered", 3, "register_answered"),
    Row("ordinary", 40, course="unit", category="NOISE", force=("return",)),
    Row("ordinary", 45, course="unit", force=("take_back",)),
)  # fmt: skip

FURTHER = (
    Row("ordinary", 75, "order_redo", course="unit", force=("bad", "bad_again", "order_redo")),
    Row("ordinary", 120, course="unit", force=("bad", "bad_again", "order_redo")),
    Row("ordinary", 60, course="unit", force=("reopen",)),
    Row("restored", 50),
    Row("repeated", 33, size=2),
    Row("cluster", 48, course="unit", size=4, force=("unmerge",)),
    Row("ordinary", 52, course="unit", force=("correct_reply",)),
    Row("ordinary", 90, course="unit", force=("publishable", "publish", "unpublish")),
    Row("ordinary", 35, course="direct", force=("bad",)),
    Row("ordinary", 16, "rate_bad_again", course="unit", force=("bad", "bad_again")),
    Row("ordinary", 13, "rate_bad_again", course="venue", force=("bad", "bad_again")),
    Row("ordinary", 9, "ask_return", course="unit", category="PARKING", force=("return",)),
    Row("ordinary", 7, "ask_return", course="unit", category="NOISE", force=("return",)),
    Row("ordinary", 34, course="unit", category="ROADS", force=("return", "refuse_return")),
    Row("ordinary", 2, "submit", force=("pool",)),
    Row("ordinary", 7, "submit", force=("pool",)),
    Row("ordinary", 8, "submit"),
    Row("ordinary", 1, "accept"),
    Row("ordinary", 10, "accept"),
    Row("ordinary", 4, "comment", force=("claim", "comment")),
    Row("ordinary", 15, "sign_off", course="unit", category="PARKING"),
    Row("ordinary", 16, "sign_off", course="unit", category="ROADS"),
    Row("ordinary", 17, "sign_off", course="venue"),
    Row("ordinary", 36, "sign_off", course="unit", category="GREENING"),
    Row("ordinary", 32, "draft", course="unit", category="SAFETY"),
    Row("ordinary", 20, "release", course="unit"),
    Row("ordinary", 21, "release", course="unit", force=("desk",)),
    Row("ordinary", 48, "prepare_publication", course="unit", force=("publishable", "publish")),
    Row("ordinary", 60, "publish", course="unit", force=("publishable", "publish")),
    Row("ordinary", 66, "publish", course="unit", force=("publishable", "publish")),
    Row("ordinary", 80, "publish", course="venue", force=("publishable", "publish")),
    Row("ordinary", 100, "publish", course="unit", force=("publishable", "publish")),
    Row("ordinary", 130, "publish", course="unit", force=("publishable", "publish")),
    Row("declined", 12, force=("N08",)),
    Row("declined", 66, force=("N02",)),
    Row("transferred", 58),
)
