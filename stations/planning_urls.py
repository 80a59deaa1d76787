"""Addresses of the desk of reception days."""

from django.urls import path

from .views import planning

urlpatterns = [
    path("", planning.index, name="desk_reception"),
    path("announce/", planning.announce, name="desk_planning_announce"),
    path("days/<int:pk>/", planning.day, name="desk_planning_day"),
    path("days/<int:pk>/notice/", planning.notice, name="desk_planning_notice"),
    path("days/<int:pk>/<slug:step>/", planning.step, name="desk_planning_step"),
    path("turns/<int:pk>/<slug:step>/", planning.turn, name="desk_planning_turn"),
]
