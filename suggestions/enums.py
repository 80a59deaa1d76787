"""The closed vocabularies of the journey. Chinese labels live in the translation file."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a suggestion stands."""

    SUBMITTED = "SUBMITTED", pgettext_lazy("state", "To accept")
    SUPPLEMENTING = "SUPPLEMENTING", pgettext_lazy("state", "More asked")
    DECLINE_REVIEW = "DECLINE_REVIEW", pgettext_lazy("state", "To confirm")
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
    DISPATCHED = "DISPATCHED", pgettext_lazy("assignment", "Dispatched")
    DRAFTED = "DRAFTED", pgettext_lazy("assignment", "To sign off")
    SIGNED = "SIGNED", pgettext_lazy("assignment", "To review")
    RELEASED = "RELEASED", pgettext_lazy("assignment", "Replied")
    GIVEN = "GIVEN", pgettext_lazy("assignment", "Opinion given")
    RETURNED = "RETURNED", pgettext_lazy("assignment", "Returned")
    RECALLED = "RECALLED", pgettext_lazy("assignment", "Recalled")
    MISSED = "MISSED", pgettext_lazy("assignment", "Opinion overdue")


class AssignmentKind(models.TextChoices):
    """A LEAD answers for all; SEPARATE rows each answer; ASSISTING rows help; a COORDINATOR has children."""

    LEAD = "LEAD", pgettext_lazy("assignment kind", "Lead")
    ASSISTING = "ASSISTING", pgettext_lazy("assignment kind", "Assisting")
    SEPARATE = "SEPARATE", pgettext_lazy("assignment kind", "Separate")
    COORDINATOR = "COORDINATOR", pgettext_lazy("assignment kind", "Coordinator")


class CaseLevel(models.TextChoices):
    """How high a matter must go to be settled."""

    L0 = "L0", pgettext_lazy("case level", "L0 answered on the spot")
    L1 = "L1", pgettext_lazy("case level", "L1 community or station")
    L2 = "L2", pgettext_lazy("case level", "L2 sub-district")
    L3 = "L3", pgettext_lazy("case level", "L3 district")
    L4 = "L4", pgettext_lazy("case level", "L4 higher authority")


class AnswerClass(models.TextChoices):
    """Class of a unit's reply; a venue gives none. Which are in use is a row (`ReplyClass`)."""

    A = "A", pgettext_lazy("answer class", "A solved or mostly solved")
    B = "B", pgettext_lazy("answer class", "B being solved or planned")
    C = "C", pgettext_lazy("answer class", "C cannot be solved for now")
    D = "D", pgettext_lazy("answer class", "D kept for reference")


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


class Restriction(models.TextChoices):
    """From whom a case is kept while and after it is declined on a sensitive ground."""

    NOBODY = "", pgettext_lazy("restriction", "Nobody")
    PUBLIC = "PUBLIC", pgettext_lazy("restriction", "The public")
    ALL = "ALL", pgettext_lazy("restriction", "Everybody but the secrecy officer")


class DeclineOutcome(models.TextChoices):
    """What becomes of a case on a ground: not every one of them is a refusal."""

    DECLINE = "DECLINE", pgettext_lazy("ground", "Not accepted")
    TRANSFER = "TRANSFER", pgettext_lazy("ground", "Transferred")
    ALERT = "ALERT", pgettext_lazy("ground", "The duty phone is alerted")
    ANSWER = "ANSWER", pgettext_lazy("ground", "Answered as an inquiry")
    REFER_UP = "REFER_UP", pgettext_lazy("ground", "Accepted for a higher level")


class ContactPhase(models.TextChoices):
    """办前、办中、办后三访."""

    BEFORE = "BEFORE", pgettext_lazy("contact phase", "Before handling")
    DURING = "DURING", pgettext_lazy("contact phase", "During handling")
    AFTER = "AFTER", pgettext_lazy("contact phase", "After handling")


class ContactMode(models.TextChoices):
    FACE = "FACE", pgettext_lazy("contact mode", "Face to face")
    PHONE = "PHONE", pgettext_lazy("contact mode", "By phone")
    LETTER = "LETTER", pgettext_lazy("contact mode", "In writing")
    SITE = "SITE", pgettext_lazy("contact mode", "On site")


class RequestKind(models.TextChoices):
    """What whoever handles a case asks of whoever assigned it."""

    EXTENSION = "EXTENSION", pgettext_lazy("request", "More time")
    ESCALATION = "ESCALATION", pgettext_lazy("request", "Not ours, too late to return")
    CONTACT = "CONTACT", pgettext_lazy("request", "A question to the resident")


class PromiseStatus(models.TextChoices):
    """A dated promise of a reply. `MOVED`: another row with a later day took its place."""

    OPEN = "OPEN", pgettext_lazy("promise", "Open")
    KEPT = "KEPT", pgettext_lazy("promise", "Kept")
    BROKEN = "BROKEN", pgettext_lazy("promise", "Broken")
    MOVED = "MOVED", pgettext_lazy("promise", "Moved")


class ClockKind(models.TextChoices):
    ACCEPT = "ACCEPT", pgettext_lazy("clock", "Decide on acceptance")
    REVIEW = "REVIEW", pgettext_lazy("clock", "Confirm a sensitive refusal")
    SUPPLEMENT = "SUPPLEMENT", pgettext_lazy("clock", "Supplement by the resident")
    ASSIGN = "ASSIGN", pgettext_lazy("clock", "Assign")
    REPLY = "REPLY", pgettext_lazy("clock", "Reply")
    FEEDBACK = "FEEDBACK", pgettext_lazy("clock", "Tell the resident of the reply")
    RATING = "RATING", pgettext_lazy("clock", "Rating window")
    CONCLUDE = "CONCLUDE", pgettext_lazy("clock", "Conclude the dispute")


class ClockUnit(models.TextChoices):
    WORKDAYS = "WORKDAYS", _("working days")
    DAYS = "DAYS", _("calendar days")
    MONTHS = "MONTHS", _("months")


class UnitSystem(models.TextChoices):
    """Which system a handling unit belongs to; each is reached its own way."""

    GOVERNMENT = "GOVERNMENT", pgettext_lazy("system", "Government")
    STREET = "STREET", pgettext_lazy("system", "Sub-district office")
    SUPERVISION = "SUPERVISION", pgettext_lazy("system", "Supervision commission")
    COURT = "COURT", pgettext_lazy("system", "Court")
    PROCURATORATE = "PROCURATORATE", pgettext_lazy("system", "Procuratorate")
    PARTY = "PARTY", pgettext_lazy("system", "Party organ")
    ENTERPRISE = "ENTERPRISE", pgettext_lazy("system", "Enterprise")
