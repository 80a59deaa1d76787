"""Running numbers without gaps or twins."""

from django.db import transaction
from django.db.models import F

from congress_portal.common.models import NumberSequence


def next_value(name: str) -> int:
    """The next number of the sequence, from 1.

    The UPDATE locks the row until the caller's transaction ends, so two callers never read the same number;
    if that transaction rolls back, nobody has seen the number and the next caller gets it.
    """
    with transaction.atomic():
        row = NumberSequence.objects.filter(name=name)
        if not row.update(value=F("value") + 1):
            NumberSequence.objects.get_or_create(name=name)
            row.update(value=F("value") + 1)
        return row.values_list("value", flat=True).get()
