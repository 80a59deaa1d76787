"""Every address says whom it is for, and keeps to it for every role; nothing answers with a fault of ours."""

import io
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from suggestions.models import Assignment, Photo, Suggestion
from tests.conftest import Journey

# Made by others, with their own audience: sign-in is for everybody, the admin for staff.
BROUGHT_IN = ("accounts/", "i18n/", "admin/")
PEOPLE = (
    None, "resident", "stranger", "deputy", "other_deputy", "convener", "liaison", "officer", "unitlead",
    "clerk", "reviewer", "head", "admin",
)  # fmt: skip
DESK = {"deputy", "other_deputy", "convener", "liaison", "officer", "unitlead"}
AT_A_VENUE = {"deputy", "other_deputy", "convener", "liaison"}
STAFF = {"clerk", "reviewer", "head", "admin"}
EVERYBODY = {name for name in PEOPLE if name}
ALLOWED = {
    "public": EVERYBODY, "signed_in": EVERYBODY, "desk": DESK, "desk_venue": AT_A_VENUE, "staff": STAFF
}  # fmt: skip


def routes(resolver: Any = None, path: str = "", space: str = "") -> Iterator[tuple[str, URLPattern, str]]:
    for entry in (resolver or get_resolver()).url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, here, entry.namespace or space)
        else:
            yield here, entry, space


def own_routes() -> list[URLPattern]:
    return [entry for path, entry, _space in routes() if not path.startswith(BROUGHT_IN)]


def test_every_address_of_ours_says_whom_it_is_for() -> None:
    silent = [
        entry.name for entry in own_routes() if getattr(entry.callback, "audience", None) not in ALLOWED
    ]

    assert silent == []


@pytest.fixture
def world(cast: SimpleNamespace, journey: Journey) -> SimpleNamespace:
    """One case in hand and one concluded, both with whatever an address may ask for."""
    cast.case, cast.closed = journey.handling(), journey.closed()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "JPEG")
    cast.photo = Photo(suggestion=cast.case, added_at=cast.case.received_at)
    cast.photo.file.save("photo.jpg", ContentFile(picture.getvalue(), name="photo.jpg"))
    return cast


def values(world: SimpleNamespace, entry: URLPattern) -> dict[str, Any]:
    """Something that exists for each argument of the address."""
    name = str(entry.name)
    known = {
        "code": "T0001" if name.startswith("deputy") else "TS1",
        "number": world.case.number,
        "action": "comment",
        "pk": world.photo.pk if "photo" in name else world.case.assignments.get().pk,
    }
    return {key: known[key] for key in entry.pattern.converters} or {
        key: known[key] for key in entry.pattern.regex.groupindex
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_reaches_what_is_meant_for_them_and_nothing_else(
    world: SimpleNamespace, person: str | None
) -> None:
    client = Client()
    if person:
        client.force_login(getattr(world, person), backend="django.contrib.auth.backends.ModelBackend")
    strange = {}
    for entry in own_routes():
        audience = entry.callback.audience
        response = client.get(reverse(str(entry.name), kwargs=values(world, entry)))
        response.close()
        if not _as_declared(audience, person, response):
            strange[entry.name] = (audience, response.status_code, response.get("Location", ""))

    assert strange == {}


def _as_declared(audience: str, person: str | None, response: Any) -> bool:
    status = response.status_code
    if person is None and audience != "public":
        return bool(status == 302 and response["Location"].startswith("/accounts/login/"))
    if person is not None and person not in ALLOWED[audience]:
        return bool(status == 403)
    # 404: somebody else's case; 405: an address that only takes what is sent; 403: the role lacks the action.
    match = response.wsgi_request.resolver_match
    own_refusal = status == 403 and ("action" in match.kwargs or match.url_name == "desk_contact")
    return bool(status in (200, 302, 404, 405) or own_refusal)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_office_opens_to_staff_alone_and_never_breaks(world: SimpleNamespace, person: str | None) -> None:
    client = Client()
    if person:
        client.force_login(getattr(world, person), backend="django.contrib.auth.backends.ModelBackend")
    strange = {}
    for path, entry, _space in routes():
        if not path.startswith("admin/") or entry.name is None:
            continue
        response = client.get(_office_address(world, path, entry))
        response.close()
        inside = person in STAFF
        if response.status_code >= 500 or (not inside and response.status_code not in (302, 403, 404)):
            strange[path] = response.status_code

    assert strange == {}


def _office_address(world: SimpleNamespace, path: str, entry: URLPattern) -> str:
    """The address with something in each gap; a row of the right kind where there is one."""
    pk = world.case.pk
    if "assignment" in path:
        pk = Assignment.objects.get(suggestion=world.case).pk
    fill = {
        "object_id": pk, "pk": pk, "action": "comment", "app_label": "suggestions", "content_type_id": 1,
        "history_id": 1, "id": world.admin.pk, "url": "nowhere", "number": world.case.number,
    }  # fmt: skip
    names = [*entry.pattern.converters, *entry.pattern.regex.groupindex]
    if not names and entry.pattern.regex.groups:
        return reverse(f"admin:{entry.name}", args=[1] * entry.pattern.regex.groups)
    return reverse(f"admin:{entry.name}", kwargs={name: fill.get(name, 1) for name in names})


def test_a_case_of_somebody_else_answers_as_one_that_is_not_there(world: SimpleNamespace, login: Any) -> None:
    """The other station's deputy learns nothing: a real number answers as an invented one."""
    client = login(world.other_deputy)
    real = client.get(reverse("desk_case", args=[world.case.number]))
    invented = client.get(reverse("desk_case", args=["2099999999"]))

    assert Suggestion.objects.filter(number=world.case.number).exists()
    assert (real.status_code, invented.status_code) == (404, 404)
    assert _words(real, world.case.number) == _words(invented, "2099999999")


def _words(response: Any, number: str) -> str:
    """The page without what differs from one answer to the next: the number asked for and form tokens."""
    return re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode().replace(number, "")
    )
