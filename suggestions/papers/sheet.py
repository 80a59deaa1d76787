"""交办单: what one unit or venue is given, with whom, until when and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from congress_portal.common.templatetags.portal import zh_date
from suggestions import why
from suggestions import workflow as w
from suggestions.enums import AssignmentKind, AssignmentState, ClockKind
from suggestions.models import Assignment, Clock, Event, OfficeSetting, Suggestion
from suggestions.permissions import GONE

from . import words
from .shapes import Paper, Row, Table

BY_STREET = (w.COMMITTEE, w.STREET_ASSIGNER)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gave it, and whom to ask about it; `person` is "" where no person of the staff did."""

    office: str
    person: str
    phone: str


def assignment_sheet(row: Assignment, *, show: words.Show) -> Paper:
    """The sheet as the case stands now: dates that were moved since are the moved ones."""
    case, show = row.suggestion, words.hiding(show, row)
    issuer = _issuer(row)
    return Paper(
        name=words.file_name(case, _("assignment sheet"), str(row.assignee)),
        title=_("Assignment sheet for a suggestion"),
        left_fact=_("No. %(number)s") % {"number": case.number},
        right_fact=_("Given on %(day)s") % {"day": zh_date(row.issued_at)},
        blocks=(Table((*_of_case(case, show), *_of_row(row, show), *_contacts(row, issuer))),),
    )


def _of_case(case: Suggestion, show: words.Show) -> list[Row]:
    place = "".join(filter(None, [str(case.street or ""), str(case.community or ""), case.place]))
    level = " · ".join(filter(None, [str(case.category or ""), case.get_level_display()]))
    photos = case.photos.count()
    text = show(case.text)
    if photos:
        more = ngettext(
            "(with %(count)d photo, to be seen in the portal)",
            "(with %(count)d photos, to be seen in the portal)",
            photos,
        )
        text = f"{text}\n{more % {'count': photos}}"
    points = [show(point.text) for point in case.points.order_by("number")]
    return [
        words.pair((_("Title"), show(case.title))),
        words.pair((_("Received on"), zh_date(case.received_at)), (_("Source"), case.get_channel_display())),
        words.pair((_("Place"), show(place) or "—"), (_("Category and level"), level or "—")),
        words.pair((_("What happened"), text)),
        *([words.pair((_("To be answered one by one"), words.listed(points)))] if points else []),
    ]


def _of_row(row: Assignment, show: words.Show) -> list[Row]:
    kind = row.get_kind_display()
    rows = [
        words.pair(
            (pgettext("paper", "Given to"), _("%(name)s (%(kind)s)") % {"name": row.assignee, "kind": kind})
        ),
        *_others(row),
    ]
    if row.sign_due:
        rows.append(words.pair((_("Sign for until"), _until(row, "sign_due"))))
    if row.return_until:
        until = _until(row, "return_until")
        rows.append(words.pair((_("Return, if it is not yours, until"), until)))
    assisting = row.kind == AssignmentKind.ASSISTING
    label = _("Opinion to the lead until") if assisting else _("Reply until")
    rows.append(words.pair((label, _until(row, "unit_due"))))
    rows.append(words.pair((_("Instructions"), show(row.instructions) or _("None beyond the above."))))
    return rows


def _contacts(row: Assignment, issuer: Issuer) -> list[Row]:
    contact = getattr(row.suggestion, "contact", None)
    if contact is None or not (contact.name or contact.phone):
        how = _("No contact was left.")
    elif row.unit_id is None:
        how = _("Name and phone are opened in the portal, with the reason noted.")
    elif contact.may_share:
        how = _("The resident agreed. Name and phone are opened in the portal, with the reason noted.")
    else:
        how = _("The resident did not agree to pass on name and phone. Questions go through us.")
    asked = "\n".join(filter(None, [issuer.person, issuer.phone])) or "—"
    received = pgettext("to be filled in by hand", "Received by")
    return [
        words.pair((_("Contact with the resident"), how)),
        words.pair((_("Given by"), f"{issuer.office}\n{_('(seal)')}"), (_("Whom to ask about it"), asked)),
        words.pair((received, ""), (pgettext("to be filled in by hand", "Received on"), ""), height=12),
    ]


def _others(row: Assignment) -> list[Row]:
    """Who leads and who assists; for a coordinator office, to whom it gave the case."""
    beside = [other for other in _beside(row) if other.pk != row.pk]
    found = []
    for kind, label in (
        (AssignmentKind.LEAD, _("Lead unit")),
        (AssignmentKind.ASSISTING, _("Assisting units")),
        (AssignmentKind.SEPARATE, _("Others that handle it separately")),
    ):
        named = [_with_day(other) for other in beside if other.kind == kind]
        if named:
            found.append(words.pair((label, "\n".join(named))))
    children = [
        f"{child.get_kind_display()} · {_with_day(child)}"
        for child in row.children.exclude(state__in=GONE).select_related("unit", "venue").order_by("pk")
    ]
    if children:
        found.append(words.pair((_("Dispatched to"), "\n".join(children))))
    return found


def _beside(row: Assignment) -> list[Assignment]:
    """All who were given it together, the row itself among them."""
    rows = Assignment.objects.filter(suggestion=row.suggestion_id, round=row.round, parent=row.parent_id)
    return list(rows.exclude(state__in=GONE).select_related("unit", "venue").order_by("pk"))


def _with_day(row: Assignment) -> str:
    if row.state in (AssignmentState.RELEASED, AssignmentState.GIVEN, AssignmentState.MISSED):
        return f"{row.assignee}"
    return _("%(name)s (by %(day)s)") % {"name": row.assignee, "day": zh_date(row.unit_due)}


def _until(row: Assignment, name: str) -> str:
    """One of the row's days and why it is that day, as every screen says it."""
    told = Clock.objects.filter(suggestion=row.suggestion_id, kind=ClockKind.REPLY, round=row.round).last()
    found = why.explain(row, name, events=why.setters(row.suggestion.events), reply=told)
    reason = pgettext("between sentences", "; ").join(filter(None, [found.short, found.basis]))
    if name == "unit_due" and told and row.kind != AssignmentKind.ASSISTING and told.due_on != row.unit_due:
        reason = _("fixed by who assigned it; the resident was told %(told)s") % {
            "told": zh_date(told.due_on)
        }
    return _("%(day)s (%(reason)s)") % {"day": zh_date(found.day), "reason": reason}


def _issuer(row: Assignment) -> Issuer:
    """Who brought the row about. A resident who was not satisfied did not: then the office gave it out."""
    office = OfficeSetting.load()
    issued = row.events.filter(action="issue").order_by("seq").first()
    before = Event.objects.filter(suggestion=row.suggestion_id, seq__lt=issued.seq) if issued else None
    cause = before.exclude(action="issue").order_by("seq").last() if before is not None else None
    if cause is None or cause.role in (w.RESIDENT, w.LIAISON, w.SYSTEM):
        return Issuer(office.letterhead, "", office.phone)
    person = str(cause.actor or "")
    if cause.role in BY_STREET:
        street = row.suggestion.street or (row.suggestion.venue.street if row.suggestion.venue else "")
        return Issuer(_("%(street)s working committee") % {"street": street}, person, "")
    if cause.role in (w.OFFICER, w.COORDINATOR) and row.parent and row.parent.unit:
        return Issuer(row.parent.unit.name, person, row.parent.unit.phone)
    return Issuer(office.letterhead, person, office.phone)
