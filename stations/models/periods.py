"""Dated rows: in force from the first day on, until before the last."""

from datetime import date

from django.db.models import Q


def during(day: date) -> Q:
    """Rows in force on `day`: from the first day on, until before the last."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
