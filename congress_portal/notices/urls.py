from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="inbox"),
    path("read/", views.read, name="inbox_read"),
    path("settings/", views.settings, name="inbox_settings"),
    path("<int:pk>/", views.follow, name="inbox_follow"),
]
