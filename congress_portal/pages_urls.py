from django.conf import settings
from django.urls import URLPattern, path

from . import pages, styleguide

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("venues/<str:code>/", pages.venue, name="venue"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
