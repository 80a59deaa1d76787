"""Models of the journey, split by noun."""

from .assignment import Assignment, HandlingUnit, Reply, UnitMember
from .catalogue import (
    Category,
    ClockRule,
    DeclineReason,
    EmergencyWord,
    OfficeSetting,
    ReminderRule,
    ReplyClass,
    ReplyTemplate,
    TransferBody,
)
from .contact import Consent, ContactReveal, SubmitterContact
from .event import Event
from .handling import (
    AssistingOpinion,
    ContactLog,
    HandlingRequest,
    Promise,
    SupervisingBody,
    Supervision,
    SupervisionLetter,
)
from .lists import Bookmark, Recalculation, SavedFilter
from .photo import Draft, Photo, StagedPhoto
from .suggestion import Claim, Clock, Point, Publication, Rating, Suggestion

__all__ = [
    "Assignment",
    "AssistingOpinion",
    "Bookmark",
    "Category",
    "Claim",
    "Clock",
    "ClockRule",
    "Consent",
    "ContactLog",
    "ContactReveal",
    "DeclineReason",
    "Draft",
    "EmergencyWord",
    "Event",
    "HandlingRequest",
    "HandlingUnit",
    "OfficeSetting",
    "Photo",
    "Point",
    "Promise",
    "Publication",
    "Rating",
    "Recalculation",
    "ReminderRule",
    "Reply",
    "ReplyClass",
    "ReplyTemplate",
    "SavedFilter",
    "StagedPhoto",
    "SubmitterContact",
    "Suggestion",
    "SupervisingBody",
    "Supervision",
    "SupervisionLetter",
    "TransferBody",
    "UnitMember",
]
