"""Addresses of the public side of reception days."""

from django.urls import path

from .views import booking, reception

urlpatterns = [
    path("venues/<str:code>/reception.ics", reception.venue_feed, name="venue_reception_ics"),
    path("deputies/<str:code>/reception.ics", reception.deputy_feed, name="deputy_reception_ics"),
    path("reception/", reception.index, name="reception"),
    path("reception/calendar.ics", reception.feed, name="reception_ics"),
    path("reception/booked/", booking.booked, name="reception_booked"),
    path("reception/booking/", booking.booking, name="reception_booking"),
    path("reception/booking/cancel/", booking.cancel, name="reception_booking_cancel"),
    path("reception/booking/leave/", booking.leave, name="reception_booking_leave"),
    path("reception/<int:pk>/", reception.day, name="reception_day"),
    path("reception/<int:pk>/day.ics", reception.day_file, name="reception_day_ics"),
    path("reception/<int:pk>/book/", booking.book, name="reception_book"),
]
