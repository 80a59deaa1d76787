"""The staff's pages about deputies and mandates; one module a noun."""

from . import changes, order
from .base import OneRowAdmin, PlaceAdmin, RosterAccess, RosterAdmin, RosterInline, as_deputy_choice
from .mandates import MandateInline
from .people import DeputyAdmin

__all__ = [
    "DeputyAdmin", "MandateInline", "OneRowAdmin", "PlaceAdmin", "RosterAccess", "RosterAdmin",
    "RosterInline", "as_deputy_choice", "changes", "order",
]  # fmt: skip
