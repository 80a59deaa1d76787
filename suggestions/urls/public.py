"""The resident's addresses. A number is ten digits or a few more; anything else is no address of ours."""

from django.urls import path, re_path

from suggestions.views.public import (
    actions,
    case,
    lists,
    notes,
    paper,
    photos,
    sending,
    service,
    submit,
    track,
)

NUMBER = r"^suggestions/(?P<number>[0-9]{8,16})/"

urlpatterns = [
    path("suggestions/", lists.published, name="suggestions"),
    path("suggestions/new/", submit.new, name="suggestion_new"),
    path("suggestions/sent/", sending.sent, name="suggestion_sent"),
    path("suggestions/track/", track.track, name="suggestion_track"),
    path("suggestions/mine/", lists.mine, name="my_suggestions"),
    path("venues/<str:code>/notes/", notes.of_venue, name="venue_notes"),
    path("service/", service.mine, name="my_service"),
    re_path(NUMBER + r"$", case.case, name="suggestion"),
    re_path(NUMBER + r"qr\.svg$", case.qr, name="suggestion_qr"),
    re_path(NUMBER + r"reply/(?P<pk>[0-9]{1,18})/$", paper.reply, name="suggestion_reply"),
    re_path(NUMBER + r"close/$", track.close, name="suggestion_close"),
    re_path(NUMBER + r"(?P<action>[a-z_]{1,20})/$", actions.action, name="suggestion_action"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/staged/<int:pk>/", photos.staged_photo, name="staged_photo"),
]
