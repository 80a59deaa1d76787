"""Invented reception days: a plan for every home and station, three months held, the next weeks announced.

Whatever needs somebody's attention is there once: a date to decide on, a turn nobody takes, a day moved and
one cancelled with bookers who have not been told.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from random import Random

from simple_history.utils import bulk_create_with_history

from congress_portal.accounts.models import User
from congress_portal.common import clock, workdays
from stations import reception_days
from stations.models import (
    DutyStatus,
    HolidayPolicy,
    LiaisonOfficer,
    Posting,
    ReceptionDuty,
    ReceptionMode,
    ReceptionPlan,
    ReceptionSession,
    Recurrence,
    RotaPlace,
    SessionChange,
    SessionStatus,
    Venue,
    VenueKind,
)
from stations.recurrence import Outcome, Settled, arrange
from stations.rota import overlapping, rules
from stations.services import booking, planning, reception
from suggestions.demo.names import demo_phone, resident_name

PAST, ANNOUNCED = timedelta(days=92), timedelta(days=42)
NOTICE = timedelta(days=6)
HOURS = ((time(9), time(11)), (time(14), time(16)), (time(9, 30), time(11, 30)), (time(18), time(20)))
THEMES = ("", "", "", "冬季供暖", "停车与交通", "养老助餐", "加装电梯", "物业服务")
SUMMARIES = (
    "居民主要谈到停车位不足和消防通道占用。代表听取后作了解释，约定会后到现场查看。",
    "居民谈到冬季室温和供热投诉渠道，代表介绍了报修办法，提醒保留测温记录。",
    "几位老人谈到助餐点的路程和价格，代表记下意见，将在代表小组活动时一并研究。",
    "居民询问加装电梯的流程和费用分担，代表逐项说明，并请社区工作者补充材料清单。",
    "来访居民不多，代表利用时间走访了附近两栋楼，了解路灯和楼道照明情况。",
)
REASONS = ("单位有紧急任务", "外出参加培训", "身体不适")
TOPICS = ("加装电梯", "停车位", "冬季供暖", "助餐点", "路灯不亮", "噪声扰民", "楼道堆物", "公交站点")
COMES = (DutyStatus.ATTENDED, DutyStatus.LEAVE, DutyStatus.ABSENT)
BOOKED_DAYS, BOOKINGS = 9, 3


def load() -> None:
    if ReceptionPlan.objects.exists():
        return
    kinds = (VenueKind.HOME, VenueKind.STATION)
    venues = list(Venue.objects.open().filter(is_demo=True, kind__in=kinds).order_by("code"))
    random = Random("reception")
    plans = _plans(venues, random)
    rotas = _rotas(plans)
    days, today = Days(random), clock.today()
    ahead = today + timedelta(days=rules().ahead_days)
    for plan in plans:
        turns = cycle(rotas[plan.venue_id])
        for row in _settled(plan, today, ahead):
            days.add(plan, row, islice(turns, len(rotas[plan.venue_id])))
    days.store()
    _attention(random)


def _plans(venues: list[Venue], random: Random) -> list[ReceptionPlan]:
    plans = [_plan(venue, number, random) for number, venue in enumerate(venues)]
    if len(plans) > 1:
        # The first asks about a day off that comes soon, the second is moved by one.
        asks, moved = plans[0], plans[1]
        asks.recurrence = moved.recurrence = Recurrence.MONTHLY
        asks.weekday = asks.nth = moved.weekday = moved.nth = None
        asks.day_of_month, asks.holiday_policy = (
            _day_off(clock.today() + timedelta(days=12)).day,
            HolidayPolicy.ASK,
        )
        moved.day_of_month, moved.holiday_policy = (
            _day_off(clock.today() + timedelta(days=5)).day,
            HolidayPolicy.POSTPONE,
        )
    return bulk_create_with_history(plans, ReceptionPlan, batch_size=500)


def _plan(venue: Venue, number: int, random: Random) -> ReceptionPlan:
    starts_at, ends_at = HOURS[number % len(HOURS)]
    plan = ReceptionPlan(
        venue=venue, starts_at=starts_at, ends_at=ends_at, starts_on=(clock.today() - PAST).replace(day=1),
        theme=random.choice(THEMES), room="一楼接待室", is_demo=True, deputies_per_day=2,
    )  # fmt: skip
    # Every seventh meets weekly, every fifth in odd months.
    if number % 7 == 5:
        plan.recurrence, plan.weekday = Recurrence.WEEKLY, number % 6
    elif number % 5 == 4:
        plan.recurrence, plan.day_of_month = Recurrence.ODD_MONTHS, 15
    elif number % 2:
        plan.recurrence, plan.weekday, plan.nth = Recurrence.NTH_WEEKDAY, number % 5, 1 + number % 4
    else:
        plan.recurrence, plan.day_of_month = Recurrence.MONTHLY, (5, 10, 15, 20, 25, 31)[number // 2 % 6]
    if venue.kind == VenueKind.HOME and number % 3 == 2:
        plan.mode, plan.partners = ReceptionMode.JOINT, "区城市管理和行政执法局、街道办事处"
    return plan


def _day_off(after: date) -> date:
    day = after
    # Every month has this day, so the plan does not slip to another weekday at the end of February.
    while workdays.is_workday(day) or day.day > 28:
        day += timedelta(days=1)
    return day


def _rotas(plans: list[ReceptionPlan]) -> dict[int, list[int]]:
    """Deputies in service at each venue in the official order, by id, stored as rotas."""
    rotas: dict[int, list[int]] = {plan.venue_id: [] for plan in plans}
    rows = (
        Posting.objects.live(clock.today())
        .filter(venue__in=rotas)
        .order_by("deputy__sort_key", "deputy__key")
    )
    for venue, deputy in rows.values_list("venue", "deputy"):
        if deputy not in rotas[venue]:
            rotas[venue].append(deputy)
    RotaPlace.objects.bulk_create(
        RotaPlace(plan=plan, deputy_id=deputy, place=place)
        for plan in plans
        for place, deputy in enumerate(rotas[plan.venue_id], start=1)
    )
    return rotas


def _settled(plan: ReceptionPlan, today: date, ahead: date) -> Iterator[Settled]:
    rows = arrange(
        plan, plan.holiday_policy, today - PAST, ahead, is_workday=workdays.is_workday,
        is_holiday=workdays.is_holiday, starts_on=plan.starts_on,
    )  # fmt: skip
    return (row for row in rows if row.day)


class Days:
    """The days, turns and changes of all plans, gathered and then stored together."""

    def __init__(self, random: Random) -> None:
        self.random = random
        rows = LiaisonOfficer.objects.select_related("user").order_by("-pk")
        self.liaisons = {row.venue_id: row.user for row in rows}
        self.sessions: list[ReceptionSession] = []
        self.duties: list[ReceptionDuty] = []
        self.on_leave: list[ReceptionDuty] = []
        self.changes: list[SessionChange] = []
        # (deputy, day) of every turn dealt.
        self.busy: set[tuple[int, date]] = set()

    def _deal(self, day: date, count: int, turns: Iterator[int]) -> list[int]:
        """Whose turn it is; nobody receives twice a day, and a short rota deals everybody once."""
        dealt: list[int] = []
        while len(dealt) < count and (deputy := next(turns, None)) is not None:
            if (deputy, day) not in self.busy:
                self.busy.add((deputy, day))
                dealt.append(deputy)
        return dealt

    def add(self, plan: ReceptionPlan, row: Settled, turns: Iterator[int]) -> None:
        assert row.day is not None
        today = clock.today()
        session = ReceptionSession(
            plan=plan, venue_id=plan.venue_id, planned_on=row.planned_on, day=row.day, is_demo=True,
            asks=row.outcome == Outcome.ASKS and row.day > today,
            **{name: getattr(plan, name) for name in planning.SHAPE},
        )  # fmt: skip
        dealt = self._deal(row.day, plan.deputies_per_day, turns)
        duties = [ReceptionDuty(session=session, deputy_id=deputy) for deputy in dealt]
        self.sessions.append(session)
        self.duties += duties
        if not duties or session.asks or row.day > today + ANNOUNCED:
            return
        # Some are left to be announced; the nearest never wait.
        if row.day > today + NOTICE and self.random.randrange(8) == 0:
            return
        session.status = SessionStatus.ANNOUNCED
        session.announced_at = min(_at(row.day - NOTICE, 9), clock.now())
        self._change(session, SessionChange.Kind.ANNOUNCED, session.announced_at)
        if row.day < today:
            self._hold(session, duties)

    def _hold(self, session: ReceptionSession, duties: list[ReceptionDuty]) -> None:
        if self.random.randrange(40) == 0:
            session.status, session.change_reason = (
                SessionStatus.CANCELLED,
                "当日线路检修停电，改为下一次接待",
            )
            self._change(session, SessionChange.Kind.CANCELLED, _at(session.day, 8), session.change_reason)
            return
        session.status, session.visitors = SessionStatus.HELD, self.random.randint(2, 14)
        session.summary = self.random.choice(SUMMARIES)
        session.held_by = self.liaisons.get(session.venue_id)
        session.held_at = _at(session.day, session.ends_at.hour + 1)
        for duty in duties:
            duty.status = self.random.choices(COMES, weights=(26, 3, 1))[0]
            if duty.status == DutyStatus.LEAVE:
                duty.reason = self.random.choice(REASONS)
                self.on_leave.append(duty)
        self._change(session, SessionChange.Kind.HELD, session.held_at)

    def _change(self, session: ReceptionSession, kind: str, at: datetime, text: str = "") -> None:
        by = self.liaisons.get(session.venue_id)
        self.changes.append(SessionChange(session=session, kind=kind, text=text, made_by=by, made_at=at))

    def store(self) -> None:
        ReceptionSession.objects.bulk_create(self.sessions, batch_size=500)
        ReceptionDuty.objects.bulk_create(self.duties, batch_size=500)
        ReceptionDuty.objects.bulk_create(self._substitutes(), batch_size=500)
        SessionChange.objects.bulk_create(self.changes, batch_size=500)

    def _substitutes(self) -> Iterator[ReceptionDuty]:
        """For whoever was on leave somebody of the same rota, if anybody was free."""
        rota: dict[int, list[int]] = {}
        for duty in self.duties:
            rota.setdefault(duty.session.venue_id, []).append(duty.deputy_id)
        for duty in self.on_leave:
            day = duty.session.day
            free = next((one for one in rota[duty.session.venue_id] if (one, day) not in self.busy), None)
            if free is not None:
                self.busy.add((free, day))
                yield ReceptionDuty(
                    session=duty.session, deputy_id=free, stands_in_for=duty, status=DutyStatus.ATTENDED
                )


def _attention(random: Random) -> None:
    """Visits booked, and through the doors: a day moved, one cancelled, a turn nobody takes."""
    soon = ReceptionSession.objects.filter(
        status=SessionStatus.ANNOUNCED, day__gt=clock.today() + NOTICE, mode=ReceptionMode.ON_SITE
    )
    days = list(soon.select_related("venue").order_by("day", "pk")[:BOOKED_DAYS])
    number = 0
    for day in days:
        for at, _until in random.sample(reception_days.hours_of(day), BOOKINGS):
            number += 1
            booking.book(
                day, slot=at, name=resident_name(random), phone=demo_phone(9000 + number),
                topic=random.choice(TOPICS), token=f"demo-booking-{number}", is_demo=True,
            )  # fmt: skip
    if len(days) < BOOKED_DAYS:
        return
    by = _liaison(days[-1])
    reception.cancel(days[-1], reason="接待室维修，改为下一次接待", by=by)
    moved = days[-2]
    to = workdays.add_workdays(moved.day, 1)
    while overlapping(moved.venue, to, moved.starts_at, moved.ends_at).exists():
        to = workdays.add_workdays(to, 1)
    reception.move(
        moved, day=to, starts_at=moved.starts_at, ends_at=moved.ends_at, reason="社区当天另有会议",
        by=_liaison(moved),
    )  # fmt: skip
    duty = days[-3].duties.first()
    if duty is not None:
        reception.take_leave(duty, reason=REASONS[0], by=_liaison(days[-3]))


def _liaison(day: ReceptionSession) -> User | None:
    row = LiaisonOfficer.objects.filter(venue=day.venue_id).select_related("user").first()
    return row.user if row else None


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), clock.SHANGHAI)
