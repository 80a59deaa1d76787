from django.urls import path

from .views import codes, directory, places, posters
from .views.map import venue_map

urlpatterns = [
    path("venues/", directory.venues, name="venues"),
    path("map/", venue_map, name="map"),
    path("venues/<str:code>/qr.svg", codes.venue_qr, name="venue_qr"),
    path("venues/<str:code>/poster/", posters.venue_poster, name="venue_poster"),
    path("venues/<str:code>/card/", posters.venue_card, name="venue_card"),
    path("deputies/", places.deputies, name="deputies"),
    path("deputies/<str:code>/", places.deputy, name="deputy"),
    path("deputies/<str:code>/portrait-<int:width>.jpg", places.portrait, name="deputy_portrait"),
    path("deputies/<str:code>/qr.svg", codes.deputy_qr, name="deputy_qr"),
    path("deputies/<str:code>/poster/", posters.deputy_poster, name="deputy_poster"),
    path("deputies/<str:code>/card/", posters.deputy_card, name="deputy_card"),
    path("q/<str:code>/", codes.scan, name="scan"),
]
