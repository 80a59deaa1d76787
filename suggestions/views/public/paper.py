"""The released reply as a letter, for whoever may follow the case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from suggestions.enums import State
from suggestions.papers.catalogue import in_our_language
from suggestions.papers.reply import reply_letter
from suggestions.views.papers import print_view, track_address

from . import access
from .track import ask_code


@public
@never_cache
@require_safe
def reply(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """Only what was released; the questionnaire goes along while there is something to rate."""
    mine = access.open_mine(request, number)
    if mine is None:
        return ask_code(request, number)
    row = next((row for row in mine.replies.all() if row.pk == int(pk)), None)
    if row is None:
        raise Http404
    row.suggestion = mine
    address, ask = track_address(request), mine.state == State.REPLIED
    paper = in_our_language(lambda: reply_letter(row, track_url=address, ask=ask))
    return print_view(request, paper, back_url=reverse("suggestion", args=[number]) + "#reply")
