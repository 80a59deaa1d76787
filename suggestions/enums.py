"""The closed vocabularies of the journey. Chinese labels live in the translation file."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a suggestion stands."""

    SUBMITTED = "SUBMITTED", pgettext_lazy("state", "To accept")
    SUPPLEMENTING = "SUPPLEMENTING", pgettext_lazy("state", "More asked")
    ACCEPTED = "ACCEPTED", pgettext_lazy("state", "To assign")
    HANDLING = "HANDLING", pgettext_lazy("state", "In hand")
    REPLIED = "REPLIED", pgettext_lazy("state", "To rate")
    DISPUTED = "DISPUTED", pgettext_lazy("state", "To conclude")
    CLOSED = "CLOSED", pgettext_lazy("state", "Concluded")
    DECLINED = "DECLINED", pgettext_lazy("state", "Declined")
    TRANSFERRED = "TRANSFERRED", pgettext_lazy("state", "Transferred")
    MERGED = "MERGED", pgettext_lazy("state", "Joined to another")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("state", "Withdrawn")


class AssignmentState(models.TextChoices):
    """Where one row of an assignment stands."""

    ISSUED = "ISSUED", pgettext_lazy("assignment", "To sign for")
    IN_HAND = "IN_HAND", pgettext_lazy("assignment", "In hand")
    RETURN_ASKED = "RETURN_ASKED", pgettext_lazy("assignment", "Return asked")
    DRAFTED = "DRAFTED", pgettext_lazy("assignment", "To sign off")
    SIGNED = "SIGNED", pgettext_lazy("assignment", "To review")
    RELEASED = "RELEASED", pgettext_lazy("assignment", "Replied")
    RETURNED = "RETURNED", pgettext_lazy("assignment", "Returned")
    RECALLED = "RECALLED", pgettext_lazy("assignment", "Recalled")


class AssignmentKind(models.TextChoices):
    """A LEAD answers for all; SEPARATE rows each answer; ASSISTING rows help the lead."""

    LEAD = "LEAD", pgettext_lazy("assignment kind", "Lead")
    ASSISTING = "ASSISTING", pgettext_lazy("assignment kind", "Assisting")
    SEPARATE = "SEPARATE", pgettext_lazy("assignment kind", "Separate")


class CaseLevel(models.TextChoices):
    """How high a matter must go to be settled (DOMAIN §C.1)."""

    L0 = "L0", pgettext_lazy("case level", "L0 answered on the spot")
    L1 = "L1", pgettext_lazy("case level", "L1 community or station")
    L2 = "L2", pgettext_lazy("case level", "L2 sub-district")
    L3 = "L3", pgettext_lazy("case level", "L3 district")
    L4 = "L4", pgettext_lazy("case level", "L4 higher authority")


class AnswerClass(models.TextChoices):
    """Class of a unit's reply (DOMAIN §C.7); a venue gives none."""

    A = "A", pgettext_lazy("answer class", "A solved or mostly solved")
    B = "B", pgettext_lazy("answer class", "B being solved or planned")
    C = "C", pgettext_lazy("answer class", "C cannot be solved for now")


class Publicity(models.TextChoices):
    """Whether a reply may be made public, decided when it is reviewed (国办发〔2014〕46号)."""

    OPEN = "OPEN", pgettext_lazy("publicity", "Open")
    ON_REQUEST = "ON_REQUEST", pgettext_lazy("publicity", "On request")
    CLOSED = "CLOSED", pgettext_lazy("publicity", "Not open")


class RatingLevel(models.TextChoices):
    SATISFIED = "SATISFIED", pgettext_lazy("rating", "Satisfied")
    BASIC = "BASIC", pgettext_lazy("rating", "Basically satisfied")
    DISSATISFIED = "DISSATISFIED", pgettext_lazy("rating", "Dissatisfied")


class Channel(models.TextChoices):
    """How the words reached us."""

    ONLINE = "ONLINE", pgettext_lazy("channel", "Online")
    RECEPTION = "RECEPTION", pgettext_lazy("channel", "Reception day")
    VISIT = "VISIT", pgettext_lazy("channel", "At the venue")
    PHONE = "PHONE", pgettext_lazy("channel", "Phone")
    LETTER = "LETTER", pgettext_lazy("channel", "Letter")
    BOX = "BOX", pgettext_lazy("channel", "Suggestion box")
    HOTLINE = "HOTLINE", pgettext_lazy("channel", "12345 copy")


class ToldBy(models.TextChoices):
    """How a resident was told of a reply, or how a rating was taken on somebody's behalf."""

    PORTAL = "PORTAL", pgettext_lazy("told", "Through the portal")
    PHONE = "PHONE", pgettext_lazy("told", "By phone")
    VISIT = "VISIT", pgettext_lazy("told", "By home visit")
    DESK = "DESK", pgettext_lazy("told", "At the venue")
    POSTED = "POSTED", pgettext_lazy("told", "Posted at the venue")


class RoutingRule(models.TextChoices):
    """Why a suggestion went to its venue; the resident reads it."""

    QR = "QR", pgettext_lazy("routing", "You opened the form at this venue")
    STATION = "STATION", pgettext_lazy("routing", "This station serves your community")
    HOME = "HOME", pgettext_lazy("routing", "This home serves your street")
    POOL = (
        "POOL",
        pgettext_lazy("routing", "The place is not known yet; the district office finds the right venue"),
    )
    DESK = "DESK", pgettext_lazy("routing", "Registered at this venue")
    MOVED = "MOVED", pgettext_lazy("routing", "Moved here by the district office")


class Outcome(models.TextChoices):
    """How the head concludes a dispute."""

    EXPLAINED = "EXPLAINED", pgettext_lazy("outcome", "Explained")
    NOTED = "NOTED", pgettext_lazy("outcome", "Noted for a deputy's suggestion")


class ClockKind(models.TextChoices):
    ACCEPT = "ACCEPT", pgettext_lazy("clock", "Decide on acceptance")
    SUPPLEMENT = "SUPPLEMENT", pgettext_lazy("clock", "Supplement by the resident")
    ASSIGN = "ASSIGN", pgettext_lazy("clock", "Assign")
    REPLY = "REPLY", pgettext_lazy("clock", "Reply")
    RATING = "RATING", pgettext_lazy("clock", "Rating window")
    CONCLUDE = "CONCLUDE", pgettext_lazy("clock", "Conclude the dispute")


class ClockUnit(models.TextChoices):
    WORKDAYS = "WORKDAYS", _("working days")
    DAYS = "DAYS", _("calendar days")


class UnitSystem(models.TextChoices):
    """Which system a handling unit belongs to; each is reached its own way (DOMAIN §0.11)."""

    GOVERNMENT = "GOVERNMENT", pgettext_lazy("system", "Government")
    STREET = "STREET", pgettext_lazy("system", "Sub-district office")
    SUPERVISION = "SUPERVISION", pgettext_lazy("system", "Supervision commission")
    COURT = "COURT", pgettext_lazy("system", "Court")
    PROCURATORATE = "PROCURATORATE", pgettext_lazy("system", "Procuratorate")
    PARTY = "PARTY", pgettext_lazy("system", "Party organ")
    ENTERPRISE = "ENTERPRISE", pgettext_lazy("system", "Enterprise")
