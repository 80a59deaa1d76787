"""What no page should have to think of."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found


class NumbersNoRowHas:
    """A number in an address that is too large for any row names nothing: 404, on both databases.

    Django checks whole-number columns itself, but not foreign keys in list filters.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OverflowError | DataError):
            return page_not_found(request, exception)
        return None
