"""Who is told of an action, and in which words: one table. The rows go into the outbox with the event.

A notice never repeats what a resident, a unit or the office wrote: it names the number and leads to the page,
so nothing is left behind in an inbox or a mailbox when a case is hidden.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import Role, User
from congress_portal.common import clock
from congress_portal.notices import outbox
from congress_portal.notices.enums import Channel
from congress_portal.notices.kinds import Kind
from stations.models import CommitteeMember, LiaisonOfficer, Posting, during

from . import workflow as w
from .enums import Restriction
from .models import Assignment, Event, OfficeSetting, ReminderRule, Suggestion, UnitMember
from .permissions import STREET_LEVELS
from .selectors import enters_office, has_desk
from .steps import Step

RESIDENT, INTAKE, WORK, DECIDE, DATES, ALARM = "resident", "intake", "work", "decide", "dates", "alarm"


def on_duty(user: User) -> bool:
    """Whether the settings page names what only somebody on duty is told."""
    return enters_office(user) or has_desk(user)


KINDS = (
    Kind(key=RESIDENT, label=_("News of my own suggestions")),
    Kind(key=INTAKE, label=_("New suggestions to accept or to assign"), offered_to=on_duty),
    Kind(key=WORK, label=_("What was given to my unit or venue"), offered_to=on_duty),
    Kind(key=DECIDE, label=_("What waits for my decision"), offered_to=on_duty),
    Kind(key=DATES, label=_("Dates that come near or are over"), fixed=True, offered_to=on_duty),
    Kind(
        key=ALARM, label=_("Emergencies"), channels=(Channel.INBOX, Channel.SMS), urgent=True, fixed=True,
        offered_to=on_duty,
    ),
)  # fmt: skip

# The resident reads the number and this; what was said stands on the page.
TO_THE_RESIDENT: dict[str, str | Promise] = {
    "submit": _("We have received your suggestion %(number)s"),
    "ask_more": _("We have a question on your suggestion %(number)s"),
    "lapse_supplement": _("Your suggestion %(number)s ended because our question was not answered"),
    "accept": _("Your suggestion %(number)s was accepted"),
    "decline": _("We have looked at your suggestion %(number)s; please read our answer"),
    "confirm_decline": _("We have looked at your suggestion %(number)s; please read our answer"),
    "transfer": _("Your suggestion %(number)s belongs to another office; please read where"),
    "merge": _("Your suggestion %(number)s is handled together with others on the same matter"),
    "unmerge": _("Your suggestion %(number)s is handled on its own again"),
    "assign": _("Your suggestion %(number)s was passed on to be handled"),
    "record_told": _("There is a reply to your suggestion %(number)s; please rate it"),
    "redate": _("The date for your suggestion %(number)s has moved"),
    "recalculate": _("The date for your suggestion %(number)s has moved"),
    "rate_bad": _("Your suggestion %(number)s is handled a second time"),
    "rate_bad_direct": _("Your suggestion %(number)s is handled a second time"),
    "conclude": _("It was decided how your suggestion %(number)s ends"),
    "order_redo": _("Your suggestion %(number)s is handled anew under supervision"),
    "reopen": _("Your suggestion %(number)s was taken up again"),
    "restore": _("Your suggestion %(number)s was taken up again"),
    "correct_reply": _("The reply to your suggestion %(number)s was corrected"),
    "follow_up": _("There is news of what was promised on your suggestion %(number)s"),
}
PLEASE_RATE = _("Please rate the reply to your suggestion %(number)s")


@dataclass(frozen=True, slots=True)
class News:
    """One event, with the case and, if it is about one, the assignment."""

    event: Event
    case: Suggestion
    row: Assignment | None


@dataclass(frozen=True, slots=True)
class Tell:
    """`whom` are names of PEOPLE. `title` may use %(number)s, %(place)s and %(unit)s."""

    kind: str
    whom: tuple[str, ...]
    title: str | Promise


# Whoever is there; the office where nobody is.
AT_HOME, TO_ASSIGN, ASSIGNERS = ("intake", "pool"), ("street", "clerks_for_street"), ("above", "clerks_above")
NEW = Tell(INTAKE, AT_HOME, _("%(number)s waits to be accepted · %(place)s"))
TELLS: dict[str, tuple[Tell, ...]] = {
    "submit": (NEW, Tell(INTAKE, ("deputy_asked",), _("%(number)s names you · %(place)s"))),
    "supplement": (Tell(INTAKE, AT_HOME, _("%(number)s was supplemented")),),
    "restore": (NEW,),
    "alarm": (Tell(ALARM, ("intake", "clerks", "head"), _("Emergency: %(number)s · %(place)s")),),
    "accept": (Tell(INTAKE, TO_ASSIGN, _("%(number)s waits to be assigned · %(place)s")),),
    "lead_gone": (Tell(INTAKE, TO_ASSIGN, _("%(number)s must be assigned again")),),
    "rate_bad_direct": (Tell(INTAKE, TO_ASSIGN, _("%(number)s must be assigned a second time")),),
    "propose_decline": (Tell(DECIDE, ("confirmers",), _("%(number)s: a refusal waits for a second person")),),
    "refuse_decline": (NEW,),
    "issue": (Tell(WORK, ("handlers",), _("%(number)s was given to %(unit)s")),),
    "recall": (Tell(WORK, ("handlers",), _("%(number)s was taken back from %(unit)s")),),
    "ask_return": (Tell(DECIDE, ASSIGNERS, _("%(unit)s asks to return %(number)s")),),
    "approve_return": (Tell(WORK, ("handlers",), _("The return of %(number)s was approved")),),
    "refuse_return": (Tell(WORK, ("handlers",), _("The return of %(number)s was refused")),),
    "escalate": (Tell(DECIDE, ("clerks",), _("%(unit)s asks who should handle %(number)s")),),
    "settle_escalation": (Tell(WORK, ("handlers",), _("It was settled who handles %(number)s")),),
    "ask_extension": (Tell(DECIDE, ASSIGNERS, _("%(unit)s asks for more time for %(number)s")),),
    "grant_extension": (Tell(WORK, ("handlers",), _("More time was granted for %(number)s")),),
    "refuse_extension": (Tell(WORK, ("handlers",), _("No more time was granted for %(number)s")),),
    "ask_contact": (Tell(DECIDE, AT_HOME, _("%(unit)s has a question to the resident of %(number)s")),),
    "answer_contact": (Tell(WORK, ("handlers",), _("The resident of %(number)s has answered")),),
    "give_opinion": (Tell(WORK, ("lead",), _("%(unit)s gave its opinion on %(number)s")),),
    "mark_missed": (Tell(WORK, ("handlers", "lead"), _("The opinion of %(unit)s on %(number)s is overdue")),),
    "draft": (Tell(DECIDE, ("leaders",), _("The reply to %(number)s waits for your signature")),),
    "sign_off": (Tell(DECIDE, ("reviewers",), _("The reply of %(unit)s to %(number)s waits for review")),),
    "send_back": (Tell(WORK, ("handlers",), _("The reply to %(number)s was sent back")),),
    "release": (Tell(WORK, ("handlers",), _("The reply to %(number)s was released")),),
    "all_replied": (Tell(WORK, AT_HOME, _("%(number)s: please tell the resident of the reply")),),
    "rate_bad": (Tell(WORK, ("handlers_of_case",), _("%(number)s must be handled a second time")),),
    "rate_bad_again": (Tell(DECIDE, ("head",), _("%(number)s: dissatisfied again, please decide")),),
    "supervise": (Tell(DATES, ("handlers_of_case",), _("%(number)s is supervised as a key case")),),
    "urge": (Tell(DATES, ("handlers", "leaders"), _("A letter of supervision on %(number)s")),),
    "promise_due": (Tell(DATES, ("handlers",), _("What was promised on %(number)s is due")),),
    "report_promise": (Tell(DECIDE, ("reviewers",), _("%(unit)s reported on a promise of %(number)s")),),
    "settle_promise": (Tell(WORK, ("handlers",), _("The promise of %(number)s was settled")),),
}


def tell(step: Step, event: Event) -> None:
    """Post what the table says of this event; part of the action's transaction."""
    if outbox.is_muted():
        return
    news = News(event, step.suggestion, step.assignment)
    for place, line in enumerate((*TELLS.get(event.action, ()), *_reminders(news))):
        for office, users in _by_place(line, news).items():
            outbox.post(
                line.kind, key=_key(news, place), to=users, title=line.title % _words(news),
                path=_path(news.case, office=office), number=news.case.number,
            )  # fmt: skip
    _tell_resident(news)
    if event.action == "alarm":
        _ring(news)


def _tell_resident(news: News) -> None:
    case, action = news.case, news.event.action
    title = TO_THE_RESIDENT.get(action)
    if action == "remind" and news.event.data.get("tone") == RATE:
        title = PLEASE_RATE
    # What somebody wrote down for a resident who was there needs no message that it came.
    if title is None or (action == "submit" and case.registered_by_id and not _reached_by_sms(case)):
        return
    contact = getattr(case, "contact", None)
    outbox.post(
        RESIDENT, key=_key(news, 9), to=case.resident, phone=contact.phone if contact else "",
        title=title % _words(news), path=_own_path(news), number=case.number,
    )  # fmt: skip


def _own_path(news: News) -> str:
    """Straight to the questions where a rating is asked for."""
    if news.event.action == "record_told" or news.event.data.get("tone") == RATE:
        return reverse("suggestion_action", args=[news.case.number, w.RATE])
    return news.case.get_absolute_url()


def _reached_by_sms(case: Suggestion) -> bool:
    contact = getattr(case, "contact", None)
    return bool(contact and contact.phone)


def _ring(news: News) -> None:
    """The duty phone, at night too."""
    phone = OfficeSetting.load().duty_phone
    if phone:
        outbox.post(
            ALARM, key=_key(news, 8), phone=phone, title=_("Emergency"),
            path=_path(news.case, office=True), number=news.case.number,
        )  # fmt: skip


# The tone of a reminder to the resident; all others are rows of `ReminderRule`.
RATE = "RATE"
REMINDERS: dict[str, tuple[tuple[str, ...], str | Promise]] = {
    ReminderRule.Tone.REMIND: (("reminded",), _("%(number)s is due soon")),
    ReminderRule.Tone.YELLOW: (("reminded",), _("%(number)s is overdue")),
    ReminderRule.Tone.RED: (("reminded", "leaders_reminded"), _("%(number)s is long overdue")),
}


def _reminders(news: News) -> tuple[Tell, ...]:
    if news.event.action != "remind" or news.event.data.get("tone") not in REMINDERS:
        return ()
    whom, title = REMINDERS[news.event.data["tone"]]
    return (Tell(DATES, whom, title),)


def _key(news: News, place: int) -> str:
    return f"case {news.case.number} event {news.event.seq} line {place}"


def _words(news: News) -> dict[str, str]:
    case = news.case
    return {
        "number": case.number,
        "place": str(case.community or case.street or case.venue or _("place not known")),
        "unit": str(news.row.assignee) if news.row else "",
    }


def _path(case: Suggestion, *, office: bool) -> str:
    if office:
        return reverse("admin:suggestions_suggestion_change", args=[case.pk])
    return reverse("desk_case", args=[case.number])


# Who ---------------------------------------------------------------------------------------------


def _by_place(line: Tell, news: News) -> dict[bool, list[User]]:
    """Recipients by where they open it: True for the office; whoever acted needs no notice of it."""
    found: dict[bool, dict[int, User]] = {}
    secret = news.case.restricted == Restriction.ALL
    for name in line.whom:
        office, people = PEOPLE[name]
        if secret and name != "confirmers":
            # What is hidden from somebody is not announced to them either.
            continue
        for user in people(news):
            if user.pk != news.event.actor_id:
                found.setdefault(office, {})[user.pk] = user
    return {office: list(users.values()) for office, users in found.items()}


def _with_role(*roles: str) -> Callable[[News], Iterable[User]]:
    return lambda _news: User.objects.filter(role_grants__role__in=roles, is_active=True).distinct()


def _liaisons(case: Suggestion) -> list[User]:
    rows = LiaisonOfficer.objects.filter(during(clock.today()), venue=case.venue_id, user__is_active=True)
    return [row.user for row in rows.select_related("user")] if case.venue_id else []


def _committee(case: Suggestion) -> list[User]:
    street = case.street_id or (case.venue.street_id if case.venue else None)
    rows = CommitteeMember.objects.filter(during(clock.today()), street=street, user__is_active=True)
    return [row.user for row in rows.select_related("user")] if street else []


def _intake(news: News) -> Iterable[User]:
    """The venue, else the street; what has no place or nobody there waits in the office's queue."""
    return _liaisons(news.case) or _committee(news.case)


def _deputy_asked(news: News) -> Iterator[User]:
    deputy = news.case.deputy_asked
    if deputy and deputy.user and Posting.objects.live(clock.today()).filter(deputy=deputy).exists():
        yield deputy.user


def _members(units: Iterable[int], *, leaders: bool) -> list[User]:
    rows = UnitMember.objects.filter(
        during(clock.today()), unit__in=units, is_leader=leaders, user__is_active=True
    )
    return [row.user for row in rows.select_related("user")]


def _people_of(rows: Iterable[Assignment], *, leaders: bool = False) -> list[User]:
    """Officers of the units, or whoever handles or signs at the venues."""
    rows = list(rows)
    found = _members([row.unit_id for row in rows if row.unit_id], leaders=leaders)
    venues = [row.venue_id for row in rows if row.venue_id]
    if not venues:
        return found
    if leaders:
        posts = Posting.objects.live(clock.today()).filter(venue__in=venues, role="CONVENER")
        return found + [post.deputy.user for post in posts.select_related("deputy__user") if post.deputy.user]
    officers = LiaisonOfficer.objects.filter(during(clock.today()), venue__in=venues, user__is_active=True)
    return found + [row.user for row in officers.select_related("user")]


def _row(news: News) -> list[Assignment]:
    return [news.row] if news.row else []


def _live(news: News) -> Iterable[Assignment]:
    rows = news.case.assignments.filter(state__in=w.LIVE)
    reminded = news.event.data.get("row")
    return rows.filter(pk=reminded) if reminded else rows


def _street(news: News) -> Iterable[User]:
    return _committee(news.case) if news.case.level in STREET_LEVELS else []


def _above(news: News) -> Iterable[User]:
    """Whoever gave it out, if that was not the office itself."""
    if news.row and news.row.parent and news.row.parent.unit_id:
        return _members([news.row.parent.unit_id], leaders=False)
    return _street(news)


def _else_clerks(people: Callable[[News], Iterable[User]]) -> Callable[[News], Iterable[User]]:
    return lambda news: [] if list(people(news)) else _with_role(Role.CLERK)(news)


def _lead(news: News) -> Iterable[User]:
    return _people_of(row for row in _live(news) if row.kind == "LEAD")


def _reminded(news: News) -> Iterable[User]:
    rows = list(_live(news)) if news.case.state == "HANDLING" else []
    return _people_of(rows) if rows else _intake(news)


def _confirmers(news: News) -> Iterable[User]:
    secret = news.case.restricted == Restriction.ALL
    return _with_role(Role.SECRECY if secret else Role.HEAD)(news)


# Name → whether they work in /admin/, and who they are.
PEOPLE: dict[str, tuple[bool, Callable[[News], Iterable[User]]]] = {
    "intake": (False, _intake),
    "pool": (True, _else_clerks(_intake)),
    "deputy_asked": (False, _deputy_asked),
    "street": (False, _street),
    "clerks_for_street": (True, _else_clerks(_street)),
    "above": (False, _above),
    "clerks_above": (True, _else_clerks(_above)),
    "clerks": (True, _with_role(Role.CLERK)),
    "reviewers": (True, _with_role(Role.REVIEWER)),
    "head": (True, _with_role(Role.HEAD)),
    "confirmers": (True, _confirmers),
    "handlers": (False, lambda news: _people_of(_row(news))),
    "handlers_of_case": (False, lambda news: _people_of(_live(news))),
    "leaders": (False, lambda news: _people_of(_row(news), leaders=True)),
    "leaders_reminded": (False, lambda news: _people_of(_live(news), leaders=True)),
    "lead": (False, _lead),
    "reminded": (False, _reminded),
}
