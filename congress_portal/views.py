"""Pages that belong to no app: health, the elder mode, where people land after signing in."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
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
    return redirect("desk" if has_desk(request.user) else "my_suggestions")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired page: whatever was typed is shown again, nothing is lost."""
    return render(request, "403_csrf.html", {"retry_url": request.get_full_path()}, status=403)
