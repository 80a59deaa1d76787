"""Who the deputies are. A person is not a mandate: 330 are mandates, one person may hold several."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from deputies import ordering, portraits

from .order import order_rules


class Gender(models.TextChoices):
    MALE = "MALE", _("Male")
    FEMALE = "FEMALE", _("Female")


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """Rows written in bulk get their place in the lists here, single ones in `Deputy.save`."""

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        people = list(objs)
        _place(people)
        return super().bulk_create(people, *args, **kwargs)

    @transaction.atomic
    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        people, names = list(objs), list(fields)
        if set(ordering.SOURCES) & set(names):
            _place(people)
            names = list(dict.fromkeys([*names, *ordering.DERIVED]))
        return super().bulk_update(people, names, *args, **kwargs)

    def serving(self, day: date) -> "DeputyQuerySet":
        """People with at least one mandate in force on `day`."""
        # Mandates know deputies, so this module cannot know them when it is read.
        from .mandates import Mandate

        return self.filter(pk__in=Mandate.objects.in_force(day).values("deputy"))


class Deputy(models.Model):
    """A person. The key is given by the office and tells people of the same name apart."""

    key = models.CharField(
        _("key"), max_length=20, unique=True, help_text=_("Tells people of the same name apart, e.g. D0001")
    )
    name = models.CharField(_("name"), max_length=20, db_index=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    position = models.CharField(_("position"), max_length=80, blank=True)
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputy",
    )
    leader_order = models.PositiveSmallIntegerField(
        _("order by post"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(ordering.LAST_POST)],
        help_text=_("Leaders come first, 1 before 2. Empty for everybody else."),
    )
    sort_override = models.CharField(
        _("stands as"),
        max_length=22,
        blank=True,
        help_text=_(
            "Only if the order by strokes is wrong here: stand where this name would stand. "
            "王小明2 stands right behind 王小明."
        ),
    )
    sort_key = models.CharField(
        _("order by strokes"), max_length=ordering.LONGEST, db_index=True, editable=False, default=""
    )
    pinyin = models.CharField(_("pinyin"), max_length=ordering.LONGEST_READING, editable=False, default="")
    initials = models.CharField(
        _("initials"), max_length=ordering.LONGEST_READING, editable=False, default=""
    )
    portrait = models.CharField(_("portrait"), max_length=32, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False)
    # What is computed from the rest would only repeat it.
    history = HistoricalRecords(excluded_fields=list(ordering.DERIVED))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["sort_key", "key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is not None and not set(ordering.SOURCES) & set(written):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            _place([self])
            if written is not None:
                kwargs["update_fields"] = {*written, *ordering.DERIVED}
            super().save(*args, **kwargs)

    def clean(self) -> None:
        # Names may hold the dot of Uyghur and other names and characters beyond the basic plane.
        self.name = _plain_name(self.name)
        if len(self.name) < 2:
            raise ValidationError({"name": _("A name has at least two characters.")})
        self.sort_override = _plain_name(self.sort_override)
        if self.sort_override and not ordering.OVERRIDE.fullmatch(self.sort_override):
            raise ValidationError({"sort_override": _("Write a name, if need be with 1 to 99 behind it.")})

    @property
    def portraits(self) -> dict[str, str]:
        """Addresses of the portrait by size: s, m, l; empty without one."""
        return portraits.addresses(self.key, self.portrait)


def _plain_name(text: str) -> str:
    return "".join(text.split()).replace("•", "·").replace("・", "·")


def _place(people: Sequence[Deputy]) -> None:
    rules = order_rules(for_writing=True)
    for person in people:
        ordering.place(person, rules)
