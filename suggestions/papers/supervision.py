"""督办函: the numbered letter that urges a unit or venue on."""

from django.utils.translation import gettext as _

from congress_portal.common.templatetags.portal import zh_date
from suggestions.models import OfficeSetting, SupervisionLetter

from . import words
from .shapes import Paper, Paragraph


def supervision_letter(letter: SupervisionLetter, *, show: words.Show) -> Paper:
    """Only what cannot change after it was issued stands in it: printed again it reads the same."""
    row = letter.assignment
    case, office, show = row.suggestion, OfficeSetting.load(), words.hiding(show, row)
    given = {
        "matter": words.matter(case),
        "title": show(case.title),
        "received": zh_date(case.received_at),
        "given": zh_date(row.issued_at),
    }
    return Paper(
        name=words.file_name(case, _("letter of supervision"), str(row.assignee)),
        title=_("Letter urging the handling of %(matter)s") % {"matter": words.matter(case)},
        sender=office.letterhead,
        number=letter.number,
        blocks=(
            Paragraph(_("%(name)s, as an addressee:") % {"name": row.assignee}, flush=True),
            Paragraph(
                _("On %(given)s you were given %(matter)s (“%(title)s”), received on %(received)s.") % given
            ),
            *words.sentences(show(letter.text)),
            Paragraph(
                _("Please handle it by %(day)s and tell us in writing what was done.")
                % {"day": zh_date(letter.reply_by)}
            ),
        ),
        signature=words.signed(office.letterhead, zh_date(letter.issued_at)),
        contact=words.contact_line(person=str(letter.issued_by), phone=office.phone),
        copies=words.copies_to(str(row.parent.unit) if row.parent else ""),
    )
