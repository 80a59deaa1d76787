from django.urls import path

from .views import codes, places

urlpatterns = [
    path("venues/", places.venues, name="venues"),
    path("venues/<str:code>/qr.svg", codes.venue_qr, name="venue_qr"),
    path("deputies/", places.deputies, name="deputies"),
    path("deputies/<str:code>/", places.deputy, name="deputy"),
    path("deputies/<str:code>/portrait-<int:width>.jpg", places.portrait, name="deputy_portrait"),
    path("deputies/<str:code>/qr.svg", codes.deputy_qr, name="deputy_qr"),
    path("q/<str:code>/", codes.scan, name="scan"),
]
