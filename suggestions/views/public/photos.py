"""Photos are private: served to whoever may open the case, and to the browser that is filling in the form."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from suggestions import drafts
from suggestions.models import Photo, StagedPhoto
from suggestions.selectors import visible_to

from . import access


@public
@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo of a case; 404 for strangers, whether it exists or not."""
    row = Photo.objects.filter(pk=pk).select_related("suggestion").first()
    if row is None:
        raise Http404
    case = row.suggestion
    if not access.is_mine(request, case) and not visible_to(request.user).filter(pk=case.pk).exists():  # type: ignore[arg-type]
        raise Http404
    return _serve(row.file, f"{case.number}-{row.pk}.jpg")


@public
@require_safe
def staged_photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo of a form that has not been sent, for the session that has the form."""
    row = StagedPhoto.objects.filter(pk=pk).first()
    if row is None or drafts.context_of(request.session, row.token) is None:
        raise Http404
    return _serve(row.file, f"photo-{row.pk}.jpg")


def _serve(file: FieldFile, name: str) -> FileResponse:
    try:
        opened = file.open("rb")
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(opened, content_type="image/jpeg", as_attachment=False, filename=name)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
