"""What staff settle about the order of names: the rule for short given names, and rare characters."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from congress_portal.common.models import OneRow
from deputies import ordering, strokes


class OrderSetting(OneRow):
    """How official lists sort; one row. Saving it places everybody anew."""

    single_first = models.BooleanField(
        _("given names of one character first"),
        default=True,
        help_text=_("On: 高富 before 高大富. Off: character by character, 高大富 before 高富."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("order of names")
        verbose_name_plural = _("order of names")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_order_of_names")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            place_everybody()


class RareCharacter(models.Model):
    """A character the table of strokes lacks, put into the order by hand. Saving it places everybody anew."""

    # Two, because browsers count a character beyond the basic plane twice; `clean` sees to it that it is one.
    character = models.CharField(_("character"), max_length=2, unique=True)
    strokes = models.PositiveSmallIntegerField(
        _("number of strokes"), validators=[MinValueValidator(1), MaxValueValidator(64)]
    )
    after = models.CharField(
        _("stands after"),
        max_length=2,
        blank=True,
        help_text=_(
            "The character of as many strokes behind which it stands in the order 横竖撇点折. "
            "Empty: behind all of its number of strokes."
        ),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rare character")
        verbose_name_plural = _("rare characters")
        ordering = ["strokes", "character"]

    def __str__(self) -> str:
        return self.character

    def clean(self) -> None:
        known = strokes.table()
        problems: dict[str, Any] = {}
        if len(self.character) != 1 or self.character < "\u2e80" or not self.character.isalpha():
            problems["character"] = _("Write one Chinese character.")
        elif self.character in known:
            problems["character"] = _("The table has this character already, with %(count)d strokes.") % {
                "count": known[self.character].strokes
            }
        if self.after and self.after not in known:
            problems["after"] = _("The table does not have this character either. Choose a common one.")
        elif self.after and self.strokes and known[self.after].strokes != self.strokes:
            problems["after"] = _("This character has %(count)d strokes. Choose one with as many.") % {
                "count": known[self.after].strokes
            }
        if problems:
            raise ValidationError(problems)

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            place_everybody()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            place_everybody()
        return gone


def order_rules(*, for_writing: bool) -> ordering.Rules:
    """The rules in force: two queries. `for_writing`: nobody changes them until this transaction ends."""
    settings = OrderSetting.objects.select_for_update() if for_writing else OrderSetting.objects.all()
    setting = settings.first() or OrderSetting()
    rows = RareCharacter.objects.order_by().values_list("character", "strokes", "after")
    return ordering.Rules(setting.single_first, strokes.placed([strokes.Rare(*row) for row in rows]))


def place_everybody() -> int:
    """Compute all places anew and write those that differ; how many did."""
    rules = order_rules(for_writing=True)
    deputies: Any = apps.get_model("deputies", "Deputy")
    people = deputies.objects.only("name", *ordering.SOURCES, *ordering.DERIVED).order_by()
    moved = [person for person in people if ordering.place(person, rules)]
    deputies.objects.bulk_update(moved, ordering.DERIVED, batch_size=500)
    return len(moved)
