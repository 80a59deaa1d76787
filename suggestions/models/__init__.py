"""Models of the journey, split by noun."""

from .assignment import Assignment, HandlingUnit, Reply, UnitMember
from .catalogue import Category, ClockRule, DeclineReason, TransferBody
from .contact import Consent, ContactReveal, SubmitterContact
from .event import Event
from .photo import Draft, Photo, StagedPhoto
from .suggestion import Claim, Clock, Publication, Rating, Suggestion

__all__ = [
    "Assignment",
    "Category",
    "Claim",
    "Clock",
    "ClockRule",
    "Consent",
    "ContactReveal",
    "DeclineReason",
    "Draft",
    "Event",
    "HandlingUnit",
    "Photo",
    "Publication",
    "Rating",
    "Reply",
    "StagedPhoto",
    "SubmitterContact",
    "Suggestion",
    "TransferBody",
    "UnitMember",
]
