"""会办意见: what an assisting unit says to the lead unit."""

from django.utils.translation import gettext as _

from congress_portal.common.templatetags.portal import zh_date
from suggestions.enums import AssignmentKind
from suggestions.models import Assignment, AssistingOpinion, OfficeSetting

from . import words
from .shapes import Paper, Paragraph


def opinion_letter(opinion: AssistingOpinion, *, show: words.Show) -> Paper:
    row = opinion.assignment
    case, office, assignee = row.suggestion, OfficeSetting.load(), row.assignee
    lead = _lead_of(row)
    told = show(opinion.text)
    blocks = [
        *([Paragraph(_("%(name)s, as an addressee:") % {"name": lead}, flush=True)] if lead else []),
        Paragraph(
            _("On %(matter)s (“%(title)s”) our opinion is as follows.")
            % {"matter": words.matter(case), "title": show(case.title)}
        ),
        *words.sentences(told),
    ]
    return Paper(
        name=words.file_name(case, _("assisting opinion"), str(assignee)),
        title=_("Assisting opinion on %(matter)s") % {"matter": words.matter(case)},
        blocks=tuple(blocks),
        signature=words.signed(str(assignee), zh_date(opinion.given_at)),
        contact=words.contact_line(phone=assignee.phone),
        copies=words.copies_to(office.letterhead, str(row.parent.unit) if row.parent else ""),
    )


def _lead_of(row: Assignment) -> str:
    lead = (
        Assignment.objects.filter(
            suggestion=row.suggestion_id, round=row.round, parent=row.parent_id, kind=AssignmentKind.LEAD
        )
        .select_related("unit", "venue")
        .order_by("pk")
        .last()
    )
    return str(lead.assignee) if lead else ""
