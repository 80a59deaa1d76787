"""Quiet hours: the time of day, in China, at which no telephone shall ring."""

from datetime import datetime, time

from congress_portal.common.clock import SHANGHAI


def is_quiet(moment: datetime, begins: time, ends: time) -> bool:
    """Whether an aware moment lies in [begins, ends), which may run past midnight; equal times mean never."""
    local = moment.astimezone(SHANGHAI).time()
    if begins <= ends:
        return begins <= local < ends
    return local >= begins or local < ends
