"""Who has booked a visit hears of a change by SMS, in the change's own transaction.

Nobody knows whether an SMS was read: the desk's list of who must be phoned stays as it is.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from congress_portal.notices import outbox
from congress_portal.notices.kinds import Kind
from stations.models import ReceptionSession, SessionChange, unheard

# Bookers have no account: the number they left is the way, and no settings page names this.
RECEPTION = Kind(
    key="reception",
    label=gettext_lazy("Changes of reception days"),
    channels=(),
    offered_to=lambda _user: False,
)
# No news for somebody who has booked; of every other change such a person must hear.
NO_NEWS = ("ANNOUNCED", "DECIDED", "HELD")


def tell_bookers(session: ReceptionSession, change: SessionChange) -> None:
    """One SMS for each visit that stands, with the day and the way to the booking and nothing else."""
    if change.kind in NO_NEWS:
        return
    with override(settings.LANGUAGE_CODE):
        number = _("Reception day %(day)s") % {"day": session.day.isoformat()}
    for booking in session.bookings.filter(unheard(change.pk, change.made_at)).order_by("pk"):
        outbox.post(
            RECEPTION.key, key=f"reception change {change.pk} booking {booking.pk}", phone=booking.phone,
            title=number, path=reverse("reception_booking"), number=number,
        )  # fmt: skip
