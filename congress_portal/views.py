"""Pages that belong to no app: health, the elder mode, where people land after signing in."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from congress_portal.common.audience import public, signed_in

ONE_YEAR = 365 * 24 * 3600


@public
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ready"})


@public
@require_POST
def mode(request: HttpRequest) -> HttpResponse:
    """Switch the large-type mode on or off; a cookie, because most readers have no account."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = redirect(target)
    if request.POST.get("mode") == "elder":
        response.set_cookie(
            "mode", "elder", max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie("mode", samesite="Lax")
    return response


@signed_in
@require_GET
def after_login(request: HttpRequest) -> HttpResponse:
    """Each to the own desk: staff to the admin, venues and units to the desk, residents to their cases."""
    from suggestions.selectors import has_desk

    assert request.user.is_authenticated
    if request.user.is_staff:
        return redirect("admin:index")
    if has_desk(request.user):
        return redirect("desk")
    # A deputy out of service keeps the own record; the desk is closed.
    return redirect("my_service" if hasattr(request.user, "deputy") else "my_suggestions")


# Long texts worth showing again; never a code, a password or a phone number.
KEPT = {
    "text": _("What you wrote"),
    "note": _("Note"),
    "reason": _("Reason"),
    "reply": _("Reply"),
    "question": _("Question"),
    "summary": _("Summary"),
    "instructions": _("Instructions"),
    "visit": _("Record of the visit"),
}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired page: whatever was typed is shown again, nothing is lost and nothing was done."""
    from suggestions.views.public import again

    if _is_ours(request):
        response = again.shown_again(request)
        if response is not None:
            return response
    kept = [(label, request.POST[name]) for name, label in KEPT.items() if request.POST.get(name)]
    context = {"retry_url": request.get_full_path(), "kept": kept}
    return render(request, "403_csrf.html", context, status=403)


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this; a foreign page gets nothing kept."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin", "")
    return not origin or origin == f"{request.scheme}://{request.get_host()}"
