"""Cases that say much the same: repeats of one person and similar ones nearby, with the way to join them."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from congress_portal.accounts.models import User
from congress_portal.common.masking import mask_text
from suggestions import repeats
from suggestions.enums import State
from suggestions.likeness import likeness, pairs
from suggestions.models import Suggestion
from suggestions.selectors import visible_to

DAYS, LOOKED_AT, SHOWN, SHARE = 180, 200, 5, 0.12
EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Other:
    """`same`: of the same person. `lead` is None where nobody could answer for both."""

    case: Suggestion
    same: bool
    lead: Suggestion | None
    merge_url: str

    @property
    def excerpt(self) -> str:
        """How it begins, without numbers of people."""
        return Truncator(mask_text(self.case.text)).chars(EXCERPT)


def others(case: Suggestion, user: User, *, can_merge: bool) -> list[Other]:
    """Repeats of the same person first, then similar cases nearby; only what the reader may see."""
    same = repeats.of_case(case, user)
    known = {other.pk for other in same}
    near = [other for other in similar(case, user) if other.pk not in known]
    return [
        _other(case, other, is_same, can_merge)
        for rows, is_same in ((same, True), (near, False))
        for other in rows
    ]


def similar(case: Suggestion, user: User) -> list[Suggestion]:
    """Cases of the last half year from the same street, else of the same category, in much the same words."""
    since = case.received_at - timedelta(days=DAYS)
    near = visible_to(user).filter(received_at__gte=since).exclude(pk=case.pk).exclude(merged_into=case)
    if case.street_id:
        near = near.filter(street=case.street_id)
    elif case.category_id:
        near = near.filter(category=case.category_id)
    near = near.select_related("venue", "community", "merged_into").order_by("-received_at")
    words = pairs(repeats.words_of(case))
    found = [
        (share, other)
        for other in near[:LOOKED_AT]
        if (share := likeness(words, pairs(repeats.words_of(other)))) >= SHARE
    ]
    found.sort(key=lambda pair: -pair[0])
    return [other for _share, other in found[:SHOWN]]


def _other(case: Suggestion, other: Suggestion, same: bool, can_merge: bool) -> Other:
    """What was joined elsewhere already leads to where it was joined."""
    lead = other.merged_into if other.state == State.MERGED else other
    takes = lead is not None and lead.state in (State.ACCEPTED, State.HANDLING) and lead.pk != case.pk
    if not (takes and can_merge and lead is not None):
        return Other(other, same, None, "")
    query = urlencode({"lead": lead.number} | ({"same_person": "1"} if same else {}))
    address = reverse("admin:suggestions_suggestion_do", args=[case.pk, "merge"])
    return Other(other, same, lead, f"{address}?{query}")
