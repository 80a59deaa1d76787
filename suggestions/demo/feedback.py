"""After the reply: told, rated, handled a second time, disputed, and what is shown to the public."""

from congress_portal.common.clock import local_date
from suggestions import clocks, contacts
from suggestions.actors import Actor
from suggestions.enums import Channel, Outcome, RatingLevel, State, ToldBy
from suggestions.guards import REPLIERS
from suggestions.inputs import Target
from suggestions.models import ClockRule, SubmitterContact

from . import meeting, names, overseeing, words
from .answering import answer
from .giving import give
from .handling import directly
from .openings import UNSIGNED
from .tale import Tale

OK, BASIC, SILENT, BAD = "ok", "basic", "silent", "bad"
VERDICTS = (OK, BASIC, SILENT, BAD)
# Who was dissatisfied once is harder to please; after a supervised redo most things are in order.
WEIGHTS = ((59, 14, 15, 12), (24, 20, 26, 30), (50, 25, 25, 0))
TELLING = {
    Channel.VISIT: (ToldBy.PHONE, ToldBy.DESK),
    Channel.RECEPTION: (ToldBy.PHONE, ToldBy.VISIT),
    Channel.PHONE: (ToldBy.PHONE,),
    Channel.HOTLINE: (ToldBy.PHONE,),
    Channel.BOX: (ToldBy.POSTED,),
    Channel.LETTER: (ToldBy.POSTED,),
}
# The word by which a note is known to fit.
TOLD_WORDS = {ToldBy.PHONE: "电话", ToldBy.VISIT: "上门", ToldBy.DESK: "到站"}
SUPERVISORS = "分管负责人 "


def conclude(tale: Tale) -> None:
    """From a reply to the end, as far as the present allows."""
    while tale.case.state == State.REPLIED:
        tell(tale)
        verdict = _verdict(tale)
        if verdict == SILENT:
            tale.night_after_due()
            tale.do("lapse", tale.system)
        elif verdict == BAD:
            _object(tale)
        else:
            _rate(tale, "rate_ok", level=RatingLevel.SATISFIED if verdict == OK else RatingLevel.BASIC)
    if tale.case.state == State.CLOSED:
        afterwards(tale)


def tell(tale: Tale) -> None:
    """Online residents read it in the portal; the others are called, met or find it on the board."""
    if tale.case.told_at:
        return
    tale.work(0, 2)
    how = tale.rng.choice(TELLING[Channel(tale.case.channel)])
    if how == ToldBy.PHONE and tale.rng.random() < 0.4:
        with tale.now():
            contacts.reveal(tale.case, actor=Actor(user=tale.liaison), reason="电话告知办理结果")
        tale.soon()
    note = ""
    if how == ToldBy.POSTED:
        note = tale.note("told_posted")
    elif tale.rng.random() < 0.7:
        note = tale.note("told", about=TOLD_WORDS[how])
    tale.do("record_told", tale.liaison, how=how, note=note)


def _verdict(tale: Tale) -> str:
    done = tale.case.round - 1
    if tale.case.has_left:
        return SILENT
    if tale.story.staged:
        if ("bad" in tale.story.force and done == 0) or ("bad_again" in tale.story.force and done == 1):
            return BAD
        return next((name for name in (SILENT, BASIC) if name in tale.story.force), OK)
    if tale.case.channel in UNSIGNED:
        # Who wrote it holds no number and code.
        return SILENT
    if tale.case.is_inquiry:
        # Whoever only asked has the answer; there is nothing to handle a second time.
        return tale.rng.choices((OK, SILENT), (2, 3))[0]
    return tale.rng.choices(VERDICTS, WEIGHTS[min(done, 2)])[0]


def _rate(tale: Tale, action: str, **given: object) -> None:
    """The resident says it; sometimes the liaison officer writes down what was said, never about own work."""
    tale.live(0, 9)
    reachable = tale.on_behalf and tale.case.channel not in UNSIGNED
    if not tale.on_behalf or reachable:
        meeting.confirm(tale, content=action in ("rate_ok", "rate_kept_promise"))
    given["process"] = tale.rng.choices(list(RatingLevel), (80, 18, 2))[0]
    if action in ("rate_ok", "rate_kept_promise") and tale.rng.random() < 0.55:
        given["reason"] = words.thanks(tale)
    if reachable and tale.handled == "unit" and tale.rng.random() < 0.6:
        tale.work(0, 1)
        said = {"how": ToldBy.PHONE, "who": "反映人本人", "when": local_date(tale.moment)}
        tale.do(action, tale.liaison, **said, **given)
    else:
        tale.soon()
        tale.do(action, tale.holder, **given)


def rate_promise(tale: Tale) -> None:
    """What was promised has come: the resident may rate it, also on a case that was concluded long ago."""
    case = tale.case
    if case.state != State.CLOSED or case.has_left or case.channel in UNSIGNED:
        return
    if tale.turn("rate_promise", 0.5):
        level = tale.rng.choices((RatingLevel.SATISFIED, RatingLevel.BASIC), (4, 1))[0]
        _rate(tale, "rate_kept_promise", level=level)


def _object(tale: Tale) -> None:
    """Dissatisfied: once it is handled again, the second time the head decides."""
    reason = words.dissatisfied(tale)
    if tale.case.redo_count:
        _rate(tale, "rate_bad_again", reason=reason)
        _dispute(tale)
    elif tale.handled == "direct":
        _rate(tale, "rate_bad_direct", reason=reason)
        _second_look(tale)
    else:
        _rate(tale, "rate_bad", reason=reason)
        answer(tale, again=True)


def _second_look(tale: Tale) -> None:
    """What was answered at once goes to the street's office, or is looked at again by the venue."""
    if tale.rng.random() < 0.7:
        tale.handled = "unit"
        give(tale, Target(unit=tale.street_office))
        answer(tale, again=True)
    else:
        directly(tale)


def _dispute(tale: Tale) -> None:
    corpus, head = tale.cast.corpus, tale.cast.head
    tale.work(3, 8)
    if tale.handled == "unit" and tale.turn("order_redo", 0.3):
        row = tale.case.assignments.filter(kind__in=REPLIERS).select_related("unit").last()
        assert row is not None
        tale.do(
            "order_redo", head, leader=SUPERVISORS + names.staff_name(tale.rng), unit=row.unit,
            due=clocks.limit(ClockRule.Key.REDO, local_date(tale.moment)),
            instructions=corpus.redo_order(tale.rng),
        )  # fmt: skip
        answer(tale, again=True)
        return
    visit = words.dispute(tale)
    outcome = Outcome.NOTED if visit.noted else Outcome.EXPLAINED
    tale.do("conclude", head, visit=f"{visit.visit}\n{visit.conclusion}", outcome=outcome)


def afterwards(tale: Tale) -> None:
    """A concluded case may be shown to the public, or be opened again."""
    overseeing.end(tale)
    if tale.turn("correct_reply", 0.01):
        _correct(tale)
    if tale.turn("forget_contact", 0.01) and _has_contact(tale):
        tale.live(3, 30)
        tale.do("forget_contact", tale.holder)
    if tale.turn("reopen", 0.006) and not tale.case.is_inquiry:
        tale.work(6, 25)
        tale.do("reopen", tale.clerk, note=tale.note("reopen"))
        tale.handled = "unit"
        give(tale, Target(unit=tale.street_office))
        answer(tale)
        conclude(tale)
        return
    content = tale.case.rating in (RatingLevel.SATISFIED, RatingLevel.BASIC)
    if tale.case.may_publish and content and tale.handled != "direct" and tale.turn("publish", 0.26):
        publish(tale)


def _has_contact(tale: Tale) -> bool:
    kept = SubmitterContact.objects.filter(suggestion=tale.case, forgotten_at=None).exclude(phone_index="")
    return kept.exists() and not tale.case.has_left


def _correct(tale: Tale) -> None:
    reply = tale.case.replies.filter(released_at__isnull=False).last()
    assert reply is not None
    tale.work(1, 4)
    text = f"{reply.text}\n（更正：联系电话以联络站公示的为准。）"
    tale.do("correct_reply", tale.cast.reviewers[0], reply=text, reason="联系方式有误，更正并告知反映人。")


def publish(tale: Tale) -> None:
    """One person edits what the public will read, a second one publishes it."""
    tale.work(2, 12)
    reply = tale.case.replies.filter(released_at__isnull=False).last()
    public = tale.cast.corpus.publication(
        tale.rng, tale.draft.category, community=tale.community, topic=tale.draft.topic,
        title=tale.draft.title, answer_class=(reply.answer_class if reply else "") or "A",
    )  # fmt: skip
    first, second = tale.cast.clerks[:2]
    if tale.turn("second_clerk_prepares", 0.3):
        first, second = second, first
    tale.do("prepare_publication", first, title=public.title, summary=public.summary)
    tale.work(0, 3)
    tale.do("publish", tale.rng.choice((second, tale.cast.reviewers[0])))
    if tale.turn("unpublish", 0.03):
        tale.live(5, 40)
        tale.do("set_consent", tale.holder, may_publish=False, may_share=False)
