"""The two places where lists of cases are worked with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from suggestions.lists import saved
from suggestions.models import Suggestion


@dataclass(frozen=True, slots=True)
class Side:
    """One of them, for one request.

    `where` is kept with saved filters; `home` names the list's address, `prefix` the other addresses of the
    side; `folder` has its templates and `frame` what these need. `cases` are the cases of some conditions,
    `known` the conditions there are.
    """

    where: str
    home: str
    prefix: str
    folder: str
    known: saved.Known
    cases: Callable[[Mapping[str, str]], QuerySet[Suggestion]]
    frame: Mapping[str, Any]

    @property
    def list_url(self) -> str:
        return reverse(self.home)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.prefix}{name}", args=args)

    def list_of(self, given: Mapping[str, str]) -> str:
        """The address of the list under some conditions."""
        return f"{self.list_url}?{urlencode(given)}" if given else self.list_url

    def back(self, request: HttpRequest, otherwise: str) -> str:
        """Where the button stood, if that is a page of this side; what a form names is not trusted."""
        sent = request.POST.get("back", "")
        ours = url_has_allowed_host_and_scheme(sent, None) and sent.startswith(self.list_url)
        return sent if ours else otherwise

    def page(self, request: HttpRequest, name: str, context: Mapping[str, Any]) -> HttpResponse:
        return render(request, f"{self.folder}/{name}.html", {**self.frame, **context})
