"""Who a page is for, said at the view; a test walks every route and refuses one that says nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """For everybody."""
    view = login_not_required(view)
    view.audience = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For whoever is signed in; others go to the sign-in page."""
    return audience("signed_in")(view)


def audience(name: str, *, test: Callable[[Any], bool] | None = None) -> Callable[[View], View]:
    """For signed-in users who pass `test(user)`: anonymous go to the sign-in page, others get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if test is not None and not test(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        declared = login_required(guarded)
        declared.audience = name  # type: ignore[attr-defined]
        return declared

    return decorate
