"""Cases set up so that every queue, state and login has something to show, in the order of importance.

Each row is one story: its kind, how many working days ago it began, after which action it stops, and the
turns it takes (`Story.force`). What is overdue follows from the age: limits run out by themselves.
"""

from dataclasses import dataclass

from .people import DEMO_UNIT, HOME_STATION

# The office of the street where the demo's station lies.
HOME_STREET = "ST006"


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
    helper: str = ""
    promise: int | None = None


def mine(age: int, stop: str = "", *force: str, kind: str = "ordinary", unit: str = "", course: str = "",
         category: str = "", promise: int | None = None) -> Row:  # fmt: skip
    """A case of the resident who can sign in, at the station where liaison officer and deputy can."""
    return Row(kind, age, stop, HOME_STATION, unit, course, category, force, resident=True, promise=promise)


def here(age: int, stop: str, *force: str, unit: str = "", course: str = "", category: str = "",
         helper: str = "") -> Row:  # fmt: skip
    """Somebody's case at that station."""
    return Row("ordinary", age, stop, HOME_STATION, unit, course, category, force, helper=helper)


def at_unit(age: int, stop: str, *force: str, unit: str = DEMO_UNIT, category: str = "HEATING",
            promise: int | None = None) -> Row:  # fmt: skip
    """A case given to a unit, anywhere in the district."""
    return Row("ordinary", age, stop, "", unit, "unit", category, force, promise=promise)


def helped(age: int, stop: str, *force: str, category: str = "ROADS", helper: str = DEMO_UNIT) -> Row:
    """Another unit leads, the helper has an opinion to give."""
    return Row("ordinary", age, stop, "", "", "assisted", category, force, helper=helper)


def office(age: int, stop: str, *force: str, unit: str = "", category: str = "", helper: str = "") -> Row:
    """A case of the coordinator office."""
    return Row("ordinary", age, stop, "", unit, "office", category, force, helper=helper)


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
    mine(17, "release", "contact_before", "confirm_contact", kind="several", course="unit"),
    mine(75, "rate_kept_promise", "contact_before", "rate_promise", unit=DEMO_UNIT, category="PROPERTY",
         promise=-12),
    # what waits at the station: to accept, to answer, to sign off, to tell, to ask
    here(0, "submit"),
    here(1, "submit", "photo"),
    here(2, "submit", "code"),
    here(6, "submit"),
    here(2, "accept", course="direct"),
    here(1, "accept", course="venue"),
    here(9, "accept", course="direct"),
    here(6, "assign", course="venue"),
    here(8, "sign", "committee_assigns", course="venue"),
    here(12, "draft", course="venue"),
    here(14, "draft", course="venue"),
    here(11, "draft", course="venue"),
    here(15, "sign_off", "committee_signs", course="venue"),
    here(17, "release", "desk", course="venue"),
    here(18, "release", "desk", unit=DEMO_UNIT, category="HEATING"),
    here(10, "ask_contact", "ask_contact", unit=DEMO_UNIT, category="HEATING"),
    # what waits at the street besides
    here(7, "ask_return", "return", unit=HOME_STREET, category="PARKING"),
    here(3, "submit", "box"),
    here(12, "ask_extension", "extension", unit=HOME_STREET, category="PARKING"),
    here(30, "helper_signed", "committee_assigns", unit=HOME_STREET, course="assisted", category="PARKING",
         helper=DEMO_UNIT),
    # what waits at the unit
    at_unit(5, "assign"),
    at_unit(6, "assign", category="ELEVATOR"),
    at_unit(9, "sign", "contact_before"),
    at_unit(38, "sign"),
    at_unit(8, "ask_return", "return"),
    at_unit(13, "draft", "contact_before"),
    at_unit(15, "draft", category="PROPERTY"),
    at_unit(14, "draft", "photo"),
    at_unit(17, "send_back", "send_back"),
    at_unit(16, "sign_off"),
    at_unit(18, "sign_off", "contact_before", "contact_during", category="ELEVATOR"),
    at_unit(24, "draft_again", "bad", category="PROPERTY"),
    at_unit(34, "urge", "urge", "supervise", category="HEATING"),
    at_unit(60, "promise_due", category="PROPERTY", promise=0),
    at_unit(66, "promise_due", category="ELEVATOR", promise=-4),
    at_unit(45, "", category="ELEVATOR", promise=3),
    helped(7, "helper_signed"),
    helped(5, "assign", category="GREENING"),
    helped(22, "mark_missed", "missed", category="SAFETY"),
    # what waits in the coordinator office, and what it has sent on
    office(3, "assign"),
    office(5, "sign", category="PARKING"),
    office(9, "dispatch", unit=DEMO_UNIT, category="PROPERTY"),
    office(9, "ask_return", "return", category="ELDER_CARE"),
    office(13, "ask_extension", "extension", category="NOISE", helper="POLICE"),
    office(30, "helper_signed", category="PARKING", helper="POLICE"),
    # what waits in the office
    Row("ordinary", 1, "submit", force=("pool",)),
    Row("ordinary", 2, "accept"),
    Row("ordinary", 12, "assign", course="unit"),
    Row("ordinary", 14, "rate_bad_again", course="unit", force=("bad", "bad_again")),
    Row("ordinary", 50, "rate_bad_again", course="unit", force=("bad", "bad_again")),
    Row("ordinary", 40, "prepare_publication", course="unit", force=("publishable", "publish")),
    Row("ordinary", 45, "prepare_publication", course="unit",
        force=("publishable", "publish", "second_clerk_prepares")),
    Row("declined", 1, "propose_decline", force=("N09",)),
    Row("declined", 2, "propose_decline", force=("N02",)),
    Row("declined", 4, "propose_decline", force=("N10",)),
    Row("emergency", 1, "alarm"),
    Row("ordinary", 10, "ask_extension", course="unit", category="ROADS", force=("extension",)),
    Row("ordinary", 16, "escalate", course="unit", category="NOISE", force=("escalate",)),
    Row("ordinary", 14, "supervise", course="assisted", category="SAFETY", force=("supervise",)),
    Row("ordinary", 70, "report_promise", course="unit", category="PARKING", promise=-5),
    Row("ordinary", 80, "report_promise", course="unit", category="ROADS", force=("promise_moved",),
        promise=-8),
    Row("ordinary", 15, "sign", course="separate", category="PARKING"),
    # the other ends
    Row("transferred", 20),
    Row("withdrawn", 15, force=("withdrawn_late",)),
    Row("unsupplemented", 30),
    Row("cluster", 9, "joined", course="unit", category="HEATING", size=4),
    Row("declined", 25, force=("N01",)),
    Row("inquiry", 6, "answer_inquiry"),
    Row("ordinary", 55, course="unit", force=("bad", "bad_again")),
    Row("answered", 3, "register_answered"),
    Row("ordinary", 40, course="unit", category="NOISE", force=("return",)),
    Row("ordinary", 45, course="unit", force=("take_back",)),
    Row("ordinary", 26, "release", course="assisted", category="PARKING", force=("contact_before",)),
)  # fmt: skip

FURTHER = (
    Row("ordinary", 75, "order_redo", course="unit", force=("bad", "bad_again", "order_redo")),
    Row("ordinary", 120, "end_supervision", course="unit",
        force=("bad", "bad_again", "order_redo", "end_supervision")),
    Row("ordinary", 60, "reopen", course="unit", force=("reopen",)),
    Row("restored", 50, "restore"),
    Row("repeated", 33, size=2),
    Row("cluster", 48, "unmerge", course="unit", size=4, force=("unmerge",)),
    Row("cluster", 60, "lapse", course="unit", size=3, force=("leave",)),
    Row("ordinary", 52, "correct_reply", course="unit", force=("correct_reply",)),
    Row("ordinary", 90, "set_consent", course="unit", force=("publishable", "publish", "unpublish")),
    Row("ordinary", 35, "rate_bad_direct", course="direct", force=("bad",)),
    Row("ordinary", 16, "rate_bad_again", course="unit", force=("bad", "bad_again")),
    Row("ordinary", 13, "rate_bad_again", course="venue", force=("bad", "bad_again")),
    Row("ordinary", 9, "ask_return", course="unit", category="PARKING", force=("return",)),
    Row("ordinary", 7, "ask_return", course="unit", category="NOISE", force=("return",)),
    Row("ordinary", 34, "refuse_return", course="unit", category="ROADS", force=("return", "refuse_return")),
    Row("ordinary", 31, "cancel_return", course="unit", category="NOISE", force=("return", "cancel_return")),
    Row("ordinary", 38, "release", unit="CITYADMIN", course="unit", category="PARKING",
        force=("return", "return_again")),
    Row("ordinary", 30, "release", unit="EDU", course="office", category="EDUCATION", force=("return",)),
    Row("ordinary", 44, "settle_escalation", course="unit", category="GREENING",
        force=("escalate", "escalation_moves")),
    Row("ordinary", 36, "grant_extension", course="unit", category="ELEVATOR", force=("extension",)),
    Row("ordinary", 33, "refuse_extension", course="unit", category="NOISE",
        force=("extension", "refuse_extension")),
    Row("ordinary", 29, "answer_contact", course="unit", category="ELDER_CARE", force=("ask_contact",)),
    Row("ordinary", 41, "give_opinion", course="assisted", category="NOISE", force=("missed", "late_opinion"),
        helper="POLICE"),
    Row("ordinary", 37, "recall", course="assisted", category="PARKING", force=("two_help", "recall")),
    Row("ordinary", 28, "add_assisting", course="unit", category="SAFETY", force=("add_assisting",)),
    Row("ordinary", 43, "release", course="separate", category="PARKING", force=("one_answers",)),
    Row("ordinary", 46, "confirm_contact", course="unit", category="HEATING",
        force=("contact_before", "contact_after", "confirm_contact")),
    Row("ordinary", 64, "forget_contact", course="unit", force=("forget_contact",)),
    Row("ordinary", 88, "settle_promise", course="unit", category="PROPERTY", force=("promise_moved",),
        promise=-15),
    Row("ordinary", 98, "settle_promise", course="unit", category="ELEVATOR", force=("promise_broken",),
        promise=-30),
    Row("reconsidered", 12, "refuse_decline"),
    Row("reconsidered", 22, "refuse_decline", force=("N10",)),
    Row("higher", 18, "answer_direct"),
    Row("emergency", 27, "rate_ok"),
    here(8, "reclassify", "reclassify", unit=HOME_STREET, category="PROPERTY"),
    Row("ordinary", 11, "supplement", force=("ask_more",)),
    Row("ordinary", 5, "move_venue", force=("pool",)),
    Row("ordinary", 6, "correct_contact", force=("correct_contact",)),
    Row("ordinary", 7, "renew_code", force=("desk", "renew_code")),
    Row("ordinary", 14, "unclaim", force=("unclaim",)),
    Row("ordinary", 11, "link_account", at=HOME_STATION, force=("link",)),
    Row("ordinary", 19, "flag", course="unit", force=("flag",)),
    Row("ordinary", 21, "redate", course="unit", force=("redate",)),
    Row("ordinary", 23, "undo_draft", course="unit", force=("undo_draft",)),
    Row("ordinary", 26, "add_note", course="unit", force=("handling_note",)),
    Row("ordinary", 25, "record_told", course="unit", force=("box",)),
    Row("ordinary", 9, "accept", force=("hotline",)),
    Row("ordinary", 13, "assign", course="unit", force=("paper",)),
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
)  # fmt: skip
