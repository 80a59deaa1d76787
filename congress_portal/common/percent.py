"""Percentages as official reports print them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


def percentage(numerator: int, denominator: int) -> Decimal | None:
    """In percent, two decimals, half up; None when the denominator is 0: that prints as a dash, not 0 %."""
    if not denominator:
        return None
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)


def largest_remainder(values: Sequence[int]) -> list[Decimal | None]:
    """Shares in percent with two decimals that add up to exactly 100.00; all None when there is nothing."""
    total = sum(values)
    if not total:
        return [None] * len(values)
    parts = [divmod(value * 10_000, total) for value in values]
    missing = 10_000 - sum(whole for whole, _ in parts)
    by_remainder = sorted(range(len(values)), key=lambda index: (-parts[index][1], index))
    raised = set(by_remainder[:missing])
    return [Decimal(whole + (index in raised)) * HUNDREDTH for index, (whole, _) in enumerate(parts)]
