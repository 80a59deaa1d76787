"""Local rules as rows the office edits: categories, decline reasons, where to transfer, clock lengths."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from congress_portal.common.models import OneRow
from congress_portal.common.phones import validate_phone
from suggestions.enums import AnswerClass, CaseLevel, ClockKind, ClockUnit, DeclineOutcome, Restriction


class Category(models.Model):
    """What a suggestion is about, in words a resident uses."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=20)
    icon = models.CharField(_("icon"), max_length=20, default="other")
    # What the assign form offers first; somebody always decides.
    usual_unit = models.ForeignKey(
        "suggestions.HandlingUnit", verbose_name=_("usual unit"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    usual_level = models.CharField(_("usual level"), max_length=2, choices=CaseLevel, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class DeclineReason(models.Model):
    """A ground: what becomes of the case, the explanation, and where to go instead.

    `hide_from` holds from the moment it is proposed. A ground with `two_person` waits for a second person.
    """

    code = models.CharField(_("code"), max_length=10, unique=True)
    label = models.CharField(_("reason"), max_length=60)
    outcome = models.CharField(
        _("what becomes of it"), max_length=10, choices=DeclineOutcome, default=DeclineOutcome.DECLINE
    )
    two_person = models.BooleanField(_("needs a second person"), default=False)
    hide_from = models.CharField(
        _("kept from"), max_length=10, choices=Restriction, default=Restriction.NOBODY, blank=True
    )
    text = models.TextField(_("explanation to the resident"))
    where_to_go = models.TextField(_("where to go instead"))
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hide_from=Restriction.NOBODY) | models.Q(two_person=True),
                name="hidden_needs_two_people",
                violation_error_message=_("What is kept from somebody needs a second person."),
            ),
            models.CheckConstraint(
                condition=models.Q(two_person=False) | models.Q(outcome=DeclineOutcome.DECLINE),
                name="two_people_decline_only",
                violation_error_message=_("Only a refusal waits for a second person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class TransferBody(models.Model):
    """Where a suggestion that is not ours goes: another district, 12345, a court."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    how_to_reach = models.CharField(_("how to reach it"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("office to transfer to")
        verbose_name_plural = _("offices to transfer to")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ClockRule(models.Model):
    """How long a clock runs, with its basis: a local rule, so it is data."""

    class Key(models.TextChoices):
        """A clock, or a limit that is counted but has no clock of its own."""

        ACCEPT = ClockKind.ACCEPT.value, ClockKind.ACCEPT.label
        REVIEW = ClockKind.REVIEW.value, ClockKind.REVIEW.label
        SUPPLEMENT = ClockKind.SUPPLEMENT.value, ClockKind.SUPPLEMENT.label
        ASSIGN = ClockKind.ASSIGN.value, ClockKind.ASSIGN.label
        REPLY = ClockKind.REPLY.value, ClockKind.REPLY.label
        FEEDBACK = ClockKind.FEEDBACK.value, ClockKind.FEEDBACK.label
        RATING = ClockKind.RATING.value, ClockKind.RATING.label
        CONCLUDE = ClockKind.CONCLUDE.value, ClockKind.CONCLUDE.label
        REPLY_COMPLEX = "REPLY_COMPLEX", _("Reply, complex matter")
        REPLY_MAX = "REPLY_MAX", _("Reply at the very latest, from the first assignment of the round")
        EXTENSION = "EXTENSION", _("More time, at most")
        REDO = "REDO", _("Second reply")
        SIGN = "SIGN", _("Sign for")
        RETURN = "RETURN", _("Ask to return")
        ASSIST = "ASSIST", _("Opinion of an assisting unit")
        RETENTION = "RETENTION", _("Keep name and phone after the end")

    key = models.CharField(_("clock"), max_length=20, unique=True, choices=Key)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=10, choices=ClockUnit, default=ClockUnit.WORKDAYS)
    basis = models.CharField(_("basis"), max_length=120)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(length__gte=1), name="clock_length_is_positive"),
        ]

    def __str__(self) -> str:
        return self.get_key_display()


class ReplyClass(models.Model):
    """A class of reply as this congress words it: three, or four where D is in use."""

    code = models.CharField(_("class"), max_length=1, choices=AnswerClass, unique=True)
    label = models.CharField(_("words for the office"), max_length=60)
    plain = models.CharField(_("words for the resident"), max_length=60)
    needs_promise = models.BooleanField(_("needs a dated promise"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("class of reply")
        verbose_name_plural = _("classes of reply")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class ReplyTemplate(models.Model):
    """Words the office uses again and again, for one of the forms that ask for a text."""

    class Use(models.TextChoices):
        ASK_MORE = "ask_more", _("Ask for more")
        DECLINE = "decline", _("Decline")
        TRANSFER = "transfer", _("Transfer")
        ANSWER = "answer_direct", _("Answer now")
        INQUIRY = "answer_inquiry", _("Answer the inquiry")
        ASSIGN = "assign", _("Instructions to a unit")
        DRAFT = "draft", _("Draft the reply")

    use = models.CharField(_("used for"), max_length=20, choices=Use)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), null=True, blank=True, on_delete=models.CASCADE,
        help_text=_("Empty: for all of them"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=40)
    text = models.TextField(_("text"), max_length=2000)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["use", "order", "pk"]

    def __str__(self) -> str:
        return self.name


class EmergencyWord(models.Model):
    """A word that must not wait for a working day: the form shows whom to call, the duty phone rings."""

    word = models.CharField(_("word"), max_length=20, unique=True)
    call = models.CharField(_("whom to call"), max_length=20, help_text=_("For example 119"))
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("emergency word")
        verbose_name_plural = _("emergency words")
        ordering = ["call", "pk"]

    def __str__(self) -> str:
        return self.word


class ReminderRule(models.Model):
    """When whoever must act is reminded: working days before the date (negative: after it)."""

    class Tone(models.TextChoices):
        REMIND = "REMIND", _("Reminder")
        YELLOW = "YELLOW", _("Yellow: overdue")
        RED = "RED", _("Red: long overdue")

    days_before = models.SmallIntegerField(
        _("working days before the date"), unique=True, help_text=_("-1: one working day after it")
    )
    tone = models.CharField(_("tone"), max_length=8, choices=Tone)
    tell_leader = models.BooleanField(_("copy to the leader"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-days_before"]

    def __str__(self) -> str:
        return f"{self.get_tone_display()} {self.days_before:+d}"


class OfficeSetting(OneRow):
    """What belongs to this office alone; one row."""

    duty_phone = models.CharField(
        _("duty phone"), max_length=20, blank=True, validators=[validate_phone],
        help_text=_("Gets a message at once, at night too, when a suggestion names an emergency"),
    )  # fmt: skip
    document_mark = models.CharField(
        _("mark of our documents"), max_length=20, default="沈河人大督",
        help_text=_("Before the year in the number of a letter of supervision"),
    )  # fmt: skip
    letterhead = models.CharField(
        _("our name on papers"), max_length=40, default="沈河区人大常委会代表工作委员会",
        help_text=_("In full or in its usual official short form; it signs and heads our letters"),
    )  # fmt: skip
    phone = models.CharField(
        _("our phone on papers"), max_length=20, blank=True, validators=[validate_phone],
        help_text=_("Whom units and residents call about a paper of ours"),
    )  # fmt: skip
    rating_reminders = models.CharField(
        _("reminders to rate"), max_length=20, default="5,10",
        help_text=_("Calendar days after the resident was told, separated by commas"),
    )  # fmt: skip
    repeat_days = models.PositiveSmallIntegerField(
        _("repeats are looked for"), default=7, help_text=_("Days; the same phone, much the same words")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("settings of the office")
        verbose_name_plural = _("settings of the office")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_office_setting")]
