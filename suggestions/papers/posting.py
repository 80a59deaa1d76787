"""张贴件: for the wall of a venue, where a note from the suggestion box left nobody to be told."""

from django.utils.translation import gettext as _

from congress_portal.common.masking import mask_text
from congress_portal.common.templatetags.portal import zh_date
from suggestions.enums import Channel, Restriction
from suggestions.models import OfficeSetting, Reply, Suggestion

from . import words
from .shapes import Block, Heading, Paper, Paragraph, Table


def is_posted(case: Suggestion) -> bool:
    """Whether its answer is hung up: a note without name and phone, replied to, kept from nobody."""
    if case.channel != Channel.BOX or case.restricted != Restriction.NOBODY or case.replied_at is None:
        return False
    contact = getattr(case, "contact", None)
    return contact is None or not (contact.name or contact.phone)


def posting(case: Suggestion) -> Paper:
    """Nothing in it is finer than the community; numbers of people are hidden."""
    office, venue = OfficeSetting.load(), case.venue
    place = "".join(filter(None, [str(case.street or ""), str(case.community or "")]))
    current = _current(case)
    blocks: list[Block] = [
        Table(
            (
                words.pair((_("Number"), case.number), (_("Received on"), zh_date(case.received_at))),
                words.pair((_("Place"), place or str(venue or "—"))),
                words.pair((_("Title"), mask_text(case.title))),
            )
        )
    ]
    for reply in current:
        signer = words.signer_of(case, reply, office)
        blocks.append(Heading(_("Reply of %(who)s") % {"who": signer}))
        blocks += words.sentences(mask_text(reply.text))
        blocks.append(Paragraph(_("Replied on %(day)s.") % {"day": zh_date(reply.released_at)}))
    place_name = venue.name if venue else office.letterhead
    phone = venue.phone if venue else office.phone
    ask = _("Questions about this reply are welcome at %(place)s.") % {"place": place_name}
    return Paper(
        name=words.file_name(case, _("notice for the wall")),
        title=_("Reply to a note from the suggestion box"),
        blocks=(*blocks, Paragraph(f"{ask}{words.contact_line(phone=phone)}")),
        signature=words.signed(place_name, zh_date(current[-1].released_at)),
    )


def _current(case: Suggestion) -> list[Reply]:
    """Replies that hold now, one for each who replied."""
    released = list(
        case.replies.filter(released_at__isnull=False)
        .select_related("assignment__unit", "assignment__venue")
        .order_by("pk")
    )
    corrected = {reply.corrects_id for reply in released}
    last = max(reply.round for reply in released)
    return [reply for reply in released if reply.round == last and reply.pk not in corrected]
