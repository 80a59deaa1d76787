import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.decorators.http import require_POST

from congress_portal.common.audience import audience, public, signed_in


class Someone:
    is_authenticated = True

    def __init__(self, *, helper: bool) -> None:
        self.helper = helper


def _page(request, word="page"):
    return HttpResponse(word)


def _ask(view, user, **kwargs):
    request = RequestFactory().get("/desk/")
    request.user = user
    return view(request, **kwargs)


for_helpers = audience("helpers", test=lambda user: user.helper)(_page)


def test_every_view_says_whom_it_is_for():
    assert public(_page).audience == "public"
    assert signed_in(_page).audience == "signed_in"
    assert for_helpers.audience == "helpers"
    assert require_POST(for_helpers).audience == "helpers"


def test_a_public_page_opens_for_all():
    assert _ask(public(_page), AnonymousUser()).content == b"page"


@pytest.mark.parametrize("view", [signed_in(_page), for_helpers])
def test_a_stranger_is_sent_to_sign_in_and_back(view, settings):
    settings.LOGIN_URL = "/accounts/login/"
    response = _ask(view, AnonymousUser())
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/desk/"


def test_someone_without_the_duty_is_refused():
    with pytest.raises(PermissionDenied):
        _ask(for_helpers, Someone(helper=False))
    assert _ask(for_helpers, Someone(helper=True), word="in").content == b"in"
    assert _ask(signed_in(_page), Someone(helper=False)).status_code == 200
