from django.conf import settings
from django.urls import URLPattern, path

from . import pages, site_map, styleguide

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("sitemap/", site_map.page, name="site_map"),
    path("sitemap.xml", site_map.xml, name="sitemap_xml"),
    path("robots.txt", site_map.robots, name="robots"),
    path("venues/<str:code>/", pages.venue, name="venue"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
