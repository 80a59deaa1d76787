"""Where deputies are met: places, dated postings, reception days, standards, scans of the printed codes."""

from .periods import during
from .places import (
    GONE,
    Community,
    Street,
    Venue,
    VenueChange,
    VenueKind,
    VenueQuerySet,
    VenueStatus,
)
from .plans import (
    HolidayPolicy,
    ReceptionMode,
    ReceptionPlan,
    ReceptionSetting,
    Recurrence,
    RotaPlace,
    Weekday,
)
from .postings import (
    CommitteeMember,
    FiveRole,
    LiaisonOfficer,
    Posting,
    PostingQuerySet,
    PostingReason,
    PostingRole,
    RoleDuty,
)
from .reception import (
    Booking,
    BookingReveal,
    BookingStatus,
    DutyStatus,
    ReceptionDuty,
    ReceptionSession,
    SessionChange,
    SessionStatus,
    unheard,
)
from .scans import ScanCount
from .standards import Inspection, InspectionMark, StandardChecklist, StandardItem

__all__ = [
    "GONE", "Booking", "BookingReveal", "BookingStatus", "CommitteeMember", "Community", "DutyStatus",
    "FiveRole", "HolidayPolicy", "Inspection", "InspectionMark", "LiaisonOfficer", "Posting",
    "PostingQuerySet", "PostingReason", "PostingRole", "ReceptionDuty", "ReceptionMode",
    "ReceptionPlan", "ReceptionSession", "ReceptionSetting", "Recurrence", "RoleDuty", "RotaPlace",
    "ScanCount", "SessionChange", "SessionStatus", "StandardChecklist", "StandardItem", "Street",
    "Venue", "VenueChange", "VenueKind", "VenueQuerySet", "VenueStatus", "Weekday", "during", "unheard",
]  # fmt: skip
