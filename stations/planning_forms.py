"""The small form of each step of a reception day. `run()` does it, or leaves the reason beside the field."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.forms import ClearTextField
from deputies.models import Deputy

from .models import HolidayPolicy, Posting, ReceptionDuty, ReceptionSession
from .plan_words import with_weekday
from .recurrence import settle
from .rota import may_stand_in
from .services import reception
from .services.reception import REASON_LENGTH, SessionError

REQUIRED = {"required": gettext_lazy("Please fill this in.")}
STAY, LEAVE_OUT, OTHER = "stay", "leave_out", "other"


def told_apart(deputy: Deputy) -> str:
    return (
        f"{deputy.name}（{deputy.organisation}）" if deputy.organisation else f"{deputy.name}（{deputy.key}）"
    )


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(error_messages=REQUIRED, **kwargs)


class HourField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(error_messages=REQUIRED, **kwargs)


class ReasonField(ClearTextField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Reason"))
        errors = {"required": gettext_lazy("Please give the reason.")}
        super().__init__(single_line=True, max_length=REASON_LENGTH, error_messages=errors, **kwargs)


class StepForm(forms.Form):
    """One step, done to `session` or to one turn of it. `refused` says why it is not possible any more."""

    use_required_attribute = False
    advice: Any = ""
    refused = ""

    def __init__(
        self, data: Any = None, *, session: ReceptionSession, by: User, duty: ReceptionDuty | None = None
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.session, self.by, self.duty = session, by, duty
        self.prepare()

    def prepare(self) -> None:
        """What depends on the day."""

    def act(self, given: dict[str, Any]) -> Any:
        raise NotImplementedError

    def run(self) -> bool:
        if not self.is_valid():
            return False
        try:
            self.act(self.cleaned_data)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        except SessionError as error:
            self.refused = error.message
        else:
            return True
        return False


class AnnounceForm(StepForm):
    late_reason = ReasonField(
        label=gettext_lazy("Reason for the late notice"), required=False,
        help_text=gettext_lazy("The notice comes later than the rule asks; the reason is kept with it."),
    )  # fmt: skip
    advice = gettext_lazy("From now on everybody sees this day and can book a visit.")

    def prepare(self) -> None:
        if not reception.is_late(self.session):
            del self.fields["late_reason"]

    def act(self, given: dict[str, Any]) -> None:
        reception.announce(self.session, by=self.by, late_reason=given.get("late_reason", ""))


class MoveForm(StepForm):
    day = DayField(label=gettext_lazy("Date"))
    starts_at = HourField(label=gettext_lazy("From"))
    ends_at = HourField(label=gettext_lazy("Until"))
    reason = ReasonField(help_text=gettext_lazy("The public reads it."))
    advice = gettext_lazy("Booked visits move with the hours. Whoever has booked is to be told.")

    def prepare(self) -> None:
        self.initial = {name: getattr(self.session, name) for name in ("day", "starts_at", "ends_at")}
        self.fields["reason"].required = self.session.announced_at is not None

    def act(self, given: dict[str, Any]) -> None:
        reception.move(self.session, by=self.by, **given)


class CancelForm(StepForm):
    reason = ReasonField(help_text=gettext_lazy("The public reads it."))
    advice = gettext_lazy("This cannot be taken back. Whoever has booked is to be told.")

    def act(self, given: dict[str, Any]) -> None:
        reception.cancel(self.session, reason=given["reason"], by=self.by)


class DecideForm(StepForm):
    """Offers the working days around the day off by name."""

    goes_to = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"), widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose one."),
            "invalid_choice": gettext_lazy("Please choose one of these."),
        },
    )  # fmt: skip
    day = DayField(label=gettext_lazy("Another date"), required=False)
    reason = ReasonField(required=False, help_text=gettext_lazy("The public reads it."))

    def prepare(self) -> None:
        day = self.session.day
        self.near: dict[str, date | None] = {
            policy.value: settle(day, policy, workdays.is_workday)
            for policy in (HolidayPolicy.POSTPONE, HolidayPolicy.BRING_FORWARD)
        }
        choices = [
            (policy, f"{HolidayPolicy(policy).label}：{with_weekday(near)}")
            for policy, near in self.near.items()
            if near
        ]
        choices += [
            (STAY, _("It stays on %(day)s") % {"day": with_weekday(day)}),
            (OTHER, _("It goes to another date")),
            (LEAVE_OUT, _("It is left out")),
        ]
        self.fields["goes_to"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("goes_to") == OTHER and "day" not in self.errors and not given.get("day"):
            self.add_error("day", _("Please fill this in."))
        return given

    def act(self, given: dict[str, Any]) -> None:
        days = {STAY: self.session.day, LEAVE_OUT: None, OTHER: given["day"]} | self.near
        reception.decide(self.session, day=days[given["goes_to"]], reason=given["reason"], by=self.by)


class LeaveForm(StepForm):
    reason = ReasonField(help_text=gettext_lazy("Only the office and the venue read the reason."))

    def act(self, given: dict[str, Any]) -> None:
        assert self.duty is not None
        reception.take_leave(self.duty, reason=given["reason"], by=self.by)


class DeputyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return told_apart(obj)


class DeputyForm(StepForm):
    deputy = DeputyChoice(
        label=pgettext_lazy("reception duty", "Who receives"), queryset=Deputy.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={
            "required": gettext_lazy("Choose a deputy."),
            "invalid_choice": gettext_lazy("This deputy is not free or not in office on that day."),
        },
    )  # fmt: skip


class SubstituteForm(DeputyForm):
    """Deputies of the venue's street who are free then, those of the venue itself first."""

    def prepare(self) -> None:
        field: Any = self.fields["deputy"]
        field.label = pgettext_lazy("reception duty", "Who stands in")
        field.queryset = may_stand_in(self.session)
        here = set(_posted_here(self.session))
        grouped: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
        for deputy in field.queryset:
            grouped[deputy.pk in here].append((deputy.pk, told_apart(deputy)))
        groups = [(_("Of this venue"), grouped[True]), (_("Of the same street"), grouped[False])]
        field.choices = [("", field.empty_label), *(group for group in groups if group[1])]

    def act(self, given: dict[str, Any]) -> None:
        assert self.duty is not None
        reception.substitute(self.duty, deputy=given["deputy"], by=self.by)


class AddForm(DeputyForm):
    def prepare(self) -> None:
        field: Any = self.fields["deputy"]
        field.queryset = may_stand_in(self.session).filter(pk__in=_posted_here(self.session))

    def act(self, given: dict[str, Any]) -> None:
        reception.add_deputy(self.session, deputy=given["deputy"], by=self.by)


class BackForm(StepForm):
    def act(self, given: dict[str, Any]) -> None:
        assert self.duty is not None
        reception.come_back(self.duty, by=self.by)


def _posted_here(session: ReceptionSession) -> Any:
    live = Posting.objects.live(session.day).filter(venue=session.venue_id)
    return live.order_by().values_list("deputy", flat=True)


FORMS: dict[str, type[StepForm]] = {
    "announce": AnnounceForm, "move": MoveForm, "cancel": CancelForm, "decide": DecideForm,
    "add": AddForm, "leave": LeaveForm, "substitute": SubstituteForm, "back": BackForm,
}  # fmt: skip


class AnnounceManyForm(forms.Form):
    """Several notices at once; each day succeeds or fails for itself."""

    use_required_attribute = False
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Reception days"), widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one day."),
            "invalid_choice": gettext_lazy("Please choose among these days."),
        },
    )  # fmt: skip
    late_reason = ReasonField(
        label=gettext_lazy("Reason for late notices"), required=False,
        help_text=gettext_lazy("Only for days whose notice comes later than the rule asks."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, sessions: Iterable[ReceptionSession], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.sessions = {str(session.pk): session for session in sessions}
        choices = [(key, one_line(session)) for key, session in self.sessions.items()]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]

    def run(self, by: User) -> list[tuple[ReceptionSession, str]]:
        """Each chosen day with what was wrong; "" for a notice that is out. Call it on a valid form."""
        return [
            (self.sessions[key], _announced(self.sessions[key], by, self.cleaned_data["late_reason"]))
            for key in self.cleaned_data["days"]
        ]


def _announced(session: ReceptionSession, by: User, late_reason: str) -> str:
    try:
        reception.announce(session, by=by, late_reason=late_reason)
    except ValidationError as error:
        return " ".join(error.messages)
    except SessionError as error:
        return error.message
    return ""


def one_line(session: ReceptionSession) -> str:
    return f"{with_weekday(session.day)} {hours(session.starts_at, session.ends_at)} {session.venue}"


def hours(starts_at: time, ends_at: time) -> str:
    return f"{starts_at:%H:%M}–{ends_at:%H:%M}"
