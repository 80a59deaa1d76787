"""征询意见表: two questions in three levels each. The congress asks, not the unit, so it goes back to us."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.common.masking import mask_text
from congress_portal.common.templatetags.portal import zh_date
from suggestions.enums import ClockKind, ClockUnit, RatingLevel
from suggestions.models import Clock, ClockRule, OfficeSetting, Reply

from .shapes import Block, Paragraph, Table
from .words import names, pair

BOX = "□"


def questionnaire(reply: Reply, *, signer: str, track_url: str) -> tuple[str, tuple[Block, ...]]:
    """Title and form; `track_url`: the page where the same is answered online."""
    case = reply.suggestion
    levels = "　　".join(f"{BOX} {level.label}" for level in RatingLevel)
    form = Table(
        (
            pair((_("Number"), case.number), (_("Who replied"), signer)),
            pair((_("Title"), mask_text(case.title))),
            pair((_("Attitude and process"), levels), height=14),
            pair((_("Result"), levels), height=14),
            pair((_("Opinions and wishes"), ""), height=62),
            pair((_("Signature"), ""), (_("Date"), ""), height=14),
        )
    )
    return _("Questionnaire on the handling of the suggestion"), (
        form,
        Paragraph(_("Please tick one answer to each question. If you are not satisfied, please say why.")),
        Paragraph(_return_to(reply, track_url)),
    )


def _return_to(reply: Reply, track_url: str) -> str:
    """By which day, and the ways back: the venue or the office, or online."""
    venue, office = reply.suggestion.venue, OfficeSetting.load()
    place = venue.name if venue else office.letterhead
    phone = venue.phone if venue else office.phone
    facts = [fact for fact in (venue.address if venue else "", phone) if fact]
    where = _("%(place)s (%(facts)s)") % {"place": place, "facts": names(facts)} if facts else place
    return _(
        "%(when)s hand it in at %(where)s, or answer on the web with number and query code: %(address)s"
    ) % {"when": _until(reply), "where": where, "address": track_url}


def _until(reply: Reply) -> str:
    """The day if the resident was told it, else the length of the window."""
    running = Clock.objects.filter(suggestion=reply.suggestion_id, kind=ClockKind.RATING, stopped_at=None)
    told = running.values_list("due_on", flat=True).first()
    if told:
        return _("By %(day)s please") % {"day": zh_date(told)}
    rule = ClockRule.objects.get(key=ClockRule.Key.RATING)
    if rule.unit == ClockUnit.DAYS:
        length = ngettext("%(count)d day", "%(count)d days", rule.length) % {"count": rule.length}
    else:
        length = f"{rule.length} {ClockUnit(rule.unit).label}"
    return _("Within %(length)s of receiving the reply please") % {"length": length}
