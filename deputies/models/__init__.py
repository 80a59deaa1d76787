"""Who the deputies are, the mandates they hold, and how terms follow each other."""

from .mandates import (
    ENDINGS,
    Congress,
    DeputyGroup,
    Level,
    Mandate,
    MandateChange,
    MandateEvent,
    MandateEventQuerySet,
    MandateQuerySet,
    MandateStatus,
)
from .order import OrderSetting, RareCharacter, order_rules
from .people import Deputy, DeputyQuerySet, Gender
from .terms import TermChange, TermChangeStatus, TermMatch, TermRow

__all__ = [
    "ENDINGS", "Congress", "Deputy", "DeputyGroup", "DeputyQuerySet", "Gender", "Level", "Mandate",
    "MandateChange", "MandateEvent", "MandateEventQuerySet", "MandateQuerySet", "MandateStatus",
    "OrderSetting", "RareCharacter", "TermChange", "TermChangeStatus", "TermMatch", "TermRow", "order_rules",
]  # fmt: skip
