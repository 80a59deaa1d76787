"""What the unit says and what the resident says: two facts, side by side, neither made out of the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import short_date

from .enums import ToldBy
from .letters import Letter
from .models import Rating, Suggestion


@dataclass(frozen=True, slots=True)
class UnitSays:
    who: str
    what: str | Promise


@dataclass(frozen=True, slots=True)
class YouSay:
    """One rating. `about`: which one, where there are several; `taken`: how it was written down for you."""

    about: str
    result: str
    process: str
    reason: str
    on: date
    taken: str


def unit_says(letters: Iterable[Letter]) -> list[UnitSays]:
    """Of each who replied, the class in plain words; who gives none has replied."""
    return [UnitSays(letter.signer, letter.latest_result or _("has replied")) for letter in letters]


def you_say(case: Suggestion) -> list[YouSay]:
    """Every rating of the case, the last one, which counts, first."""
    given = list(case.ratings.all())
    # One alone needs no name, unless what it was about has been done anew since.
    named = len(given) > 1 or any(rating.round < case.round for rating in given)
    return [
        YouSay(
            about=_about(rating, first=rating is given[0]) if named else "",
            result=str(rating.get_level_display()),
            process=str(rating.get_process_display()) if rating.process else "",
            reason=rating.reason,
            on=local_date(rating.rated_at),
            taken=_taken(rating),
        )
        for rating in reversed(given)
    ]


def _about(rating: Rating, *, first: bool) -> str:
    if rating.of_promise:
        return _("After what was promised was done")
    return _("The first time") if first else _("After it was handled again")


def _taken(rating: Rating) -> str:
    if not rating.on_behalf_how:
        return ""
    label = str(dict(ToldBy.choices).get(rating.on_behalf_how, ""))
    day = rating.on_behalf_on or local_date(rating.rated_at)
    return _("Written down for you: %(how)s, %(day)s.") % {"how": label, "day": short_date(day)}
