"""The same person once more: the same phone, much the same words, within the office's days.

A phone number is no secret, so what is found here says little to whoever only typed one: see `earlier`.
"""

from datetime import timedelta

from django.db.models import QuerySet

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.fields import blind_index

from .enums import Restriction, State
from .likeness import likeness, pairs
from .models import OfficeSetting, Suggestion
from .selectors import visible_to

# Shared pairs of signs. Somebody who only knows a number must know most of the words as well.
ALIKE, ALIKE_FOR_STRANGERS = 0.3, 0.4
LOOKED_AT, SHOWN = 20, 3


def earlier(phone: str, words: str, *, proven: QuerySet[Suggestion] | None = None) -> list[Suggestion]:
    """What the same phone sent in the last days in much the same words, newest first.

    `proven`: the cases this browser may follow anyway; only those of the phone are looked at. Without it the
    phone was merely typed: what a sensitive ground hides or may hide is then left out, for the person accused
    may be the one who types, and the caller shows no more than the number.
    """
    found = _of_phone(blind_index(phone)).exclude(state=State.WITHDRAWN)
    if proven is not None:
        found = found.filter(pk__in=proven.values("pk"))
    else:
        found = found.filter(restricted=Restriction.NOBODY)
    return _alike(found, words, ALIKE if proven is not None else ALIKE_FOR_STRANGERS)


def of_case(case: Suggestion, user: User) -> list[Suggestion]:
    """For whoever works on the case: others of the same person in much the same words, before and after it.

    Those that are joined to the case, and the one it is joined to, are known already.
    """
    contact = getattr(case, "contact", None)
    if contact is None or not contact.phone_index:
        return []
    found = _of_phone(contact.phone_index, around=case).filter(pk__in=visible_to(user).values("pk"))
    found = found.exclude(pk__in=[case.pk, case.merged_into_id or case.pk]).exclude(merged_into=case)
    return _alike(found.exclude(state=State.WITHDRAWN), words_of(case), ALIKE)


def registered_as(phone: str, words: str, seen: QuerySet[Suggestion]) -> list[Suggestion]:
    """For whoever registers a call or a letter: what the same person sent already, among the cases `seen`."""
    return _alike(_of_phone(blind_index(phone)).filter(pk__in=seen.values("pk")), words, ALIKE)


def words_of(case: Suggestion) -> str:
    return f"{case.title}{case.text}"


def _of_phone(index: str, *, around: Suggestion | None = None) -> QuerySet[Suggestion]:
    if not index:
        return Suggestion.objects.none()
    days = timedelta(days=OfficeSetting.load().repeat_days)
    found = Suggestion.objects.filter(contact__phone_index=index)
    if around is None:
        return found.filter(received_at__gte=clock.now() - days)
    return found.filter(received_at__range=(around.received_at - days, around.received_at + days))


def _alike(cases: QuerySet[Suggestion], words: str, share: float) -> list[Suggestion]:
    known = pairs(words)
    rows = cases.select_related("venue", "community", "merged_into").order_by("-received_at", "-pk")[
        :LOOKED_AT
    ]
    return [case for case in rows if likeness(known, pairs(words_of(case))) >= share][:SHOWN]
