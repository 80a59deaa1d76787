from django.urls import path

from . import views

urlpatterns = [
    path("venues/", views.venues, name="venues"),
    path("venues/<str:code>/qr.svg", views.venue_qr, name="venue_qr"),
    path("deputies/", views.deputies, name="deputies"),
    path("deputies/<str:code>/", views.deputy, name="deputy"),
    path("deputies/<str:code>/portrait-<int:width>.jpg", views.portrait, name="deputy_portrait"),
    path("deputies/<str:code>/qr.svg", views.deputy_qr, name="deputy_qr"),
    path("q/<str:code>/", views.scan, name="scan"),
]
