"""The suggestion itself and what hangs on it one to one or by date."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deputies.models import Deputy
from stations.models import Community, ReceptionSession, Street, Venue
from suggestions.enums import CaseLevel, Channel, ClockKind, RatingLevel, Restriction, RoutingRule, State

from .catalogue import Category, DeclineReason


def one_of(field: str, choices: type[models.TextChoices], *, blank: bool = False) -> Q:
    """Condition: the column holds a value of the vocabulary."""
    return Q(**{f"{field}__in": [*choices.values, *([""] if blank else [])]})


class Suggestion(models.Model):
    """群众意见: what a resident raises. Its state is written by `services.perform` and nobody else."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    query_code_hash = models.CharField(max_length=64, editable=False)
    form_token = models.CharField(max_length=40, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=16, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    redo_count = models.PositiveSmallIntegerField(default=0, editable=False)

    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("what happened"), max_length=5000)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), null=True, blank=True, on_delete=models.PROTECT
    )
    level = models.CharField(_("level"), max_length=2, choices=CaseLevel, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    is_key = models.BooleanField(_("key case"), default=False)
    is_supervised = models.BooleanField(_("supervised"), default=False)

    street = models.ForeignKey(
        Street, verbose_name=_("street"), null=True, blank=True, on_delete=models.PROTECT
    )
    community = models.ForeignKey(
        Community, verbose_name=_("community"), null=True, blank=True, on_delete=models.PROTECT
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="suggestions",
    )  # fmt: skip
    routing = models.CharField(_("routing rule"), max_length=10, choices=RoutingRule)
    deputy_asked = models.ForeignKey(
        Deputy, verbose_name=_("deputy asked"), null=True, blank=True, on_delete=models.PROTECT
    )

    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.ONLINE)
    # Number of a letter or of the hotline's own register; the same one is not registered twice unnoticed.
    outside_number = models.CharField(_("number elsewhere"), max_length=40, blank=True, db_index=True)
    # Raised at this reception day; the day's record lists it.
    reception = models.ForeignKey(
        ReceptionSession, verbose_name=_("reception day"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="suggestions",
    )  # fmt: skip
    resident = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("resident"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="suggestions",
    )  # fmt: skip
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("registered by"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    may_publish = models.BooleanField(_("may be published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    # While and after it is declined on a ground that says so: the row rule hides it.
    restricted = models.CharField(
        _("kept from"), max_length=10, choices=Restriction, default=Restriction.NOBODY, blank=True,
        editable=False,
    )  # fmt: skip
    # 咨询, not 意见: answered, and in no rate.
    is_inquiry = models.BooleanField(_("inquiry"), default=False, editable=False)
    # Its author left it to those who joined; it goes on, and is in no rate.
    has_left = models.BooleanField(_("author left"), default=False, editable=False)

    # Projections of the events, written in the same UPDATE as the state; `verify_history` compares them.
    received_at = models.DateTimeField(_("received"), editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    replied_at = models.DateTimeField(_("first replied"), null=True, editable=False)
    told_at = models.DateTimeField(_("told this round"), null=True, editable=False)
    closed_at = models.DateTimeField(_("concluded"), null=True, editable=False)
    due_on = models.DateField(_("due"), null=True, editable=False, db_index=True)
    due_kind = models.CharField(_("clock"), max_length=10, choices=ClockKind, blank=True, editable=False)
    first_rating = models.CharField(max_length=12, choices=RatingLevel, blank=True, editable=False)
    rating = models.CharField(_("rating"), max_length=12, choices=RatingLevel, blank=True, editable=False)
    process_rating = models.CharField(
        _("attitude and process"), max_length=12, choices=RatingLevel, blank=True, editable=False
    )

    merged_into = models.ForeignKey(
        "self", verbose_name=_("joined to"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="merged",
    )  # fmt: skip
    is_repeat = models.BooleanField(_("repeat by the same person"), default=False, editable=False)
    decline_reason = models.ForeignKey(
        DeclineReason, verbose_name=_("reason for declining"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT,
    )  # fmt: skip

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["venue", "state", "due_on"]),
            models.Index(fields=["accepted_at", "state"]),
            models.Index(fields=["-received_at", "-id"]),
            # The queue of cases that could be published, among very many concluded ones.
            models.Index(
                fields=["received_at"],
                condition=Q(state=State.CLOSED, may_publish=True),
                name="suggestion_may_be_public",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=one_of("state", State), name="suggestion_state_is_known"),
            models.CheckConstraint(
                condition=(Q(state=State.MERGED) & Q(merged_into__isnull=False)) | ~Q(state=State.MERGED),
                name="merged_names_its_lead",
            ),
            models.CheckConstraint(
                condition=one_of("rating", RatingLevel, blank=True), name="suggestion_rating_is_known"
            ),
            models.CheckConstraint(
                condition=one_of("restricted", Restriction), name="suggestion_restriction_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.number])


class Point(models.Model):
    """One of several things a suggestion asks for; a reply answers each of them."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("point"), max_length=200)

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["suggestion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "number"], name="one_point_a_number"),
        ]

    def __str__(self) -> str:
        return self.text


class Clock(models.Model):
    """One run of one clock. A row with `stopped_at` empty is running."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=10, choices=ClockKind)
    round = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    due_on = models.DateField()
    length = models.PositiveSmallIntegerField(null=True, help_text=_("Empty: the date was set by hand"))
    unit = models.CharField(max_length=10)
    basis = models.CharField(max_length=120)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "kind"], condition=Q(stopped_at=None), name="one_running_clock_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class Claim(models.Model):
    """认领: a dated mark "I follow this", neither a state nor exclusive."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="claims")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "deputy"], condition=Q(released_at=None), name="one_open_claim"
            ),
        ]

    def __str__(self) -> str:
        return str(self.deputy)


class Rating(models.Model):
    """One answer to "are you satisfied?". All are kept; the last one counts as final.

    `level` is the result, `process` the attitude and the way it was handled; both are reported apart.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    level = models.CharField(_("result"), max_length=12, choices=RatingLevel)
    process = models.CharField(_("attitude and process"), max_length=12, choices=RatingLevel, blank=True)
    # Given after a promise was kept, on a case that was concluded before.
    of_promise = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    on_behalf_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf_how = models.CharField(max_length=10, blank=True)
    on_behalf_of = models.CharField(_("who said so"), max_length=40, blank=True)
    on_behalf_on = models.DateField(_("when it was said"), null=True)
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_level_display()


class Publication(models.Model):
    """The edited, de-identified public face of a concluded case: written by one, published by another."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="publication")
    title = models.CharField(_("public title"), max_length=60)
    summary = models.TextField(_("public summary"), max_length=2000)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.title
