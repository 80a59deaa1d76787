"""Which pages can be shown again, filled in, after their token had expired."""

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from . import actions, submit


def shown_again(request: HttpRequest) -> HttpResponse | None:
    """The page as it was sent, status 403, or None if it is not one of the resident's forms."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    if match.url_name == "suggestion_new":
        return submit.again(request)
    if match.url_name == "suggestion_action":
        return actions.again(request, **match.kwargs)
    return None
