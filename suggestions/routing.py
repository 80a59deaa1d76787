"""Which venue a suggestion goes to, and by which rule; the rule is stored and shown."""

from stations.models import Community, Street, Venue, VenueKind
from stations.selectors import present

from .enums import RoutingRule


def route(
    *, venue: Venue | None = None, community: Community | None = None, street: Street | None = None
) -> tuple[Venue | None, RoutingRule]:
    """The QR code's venue or who took over; the community's station; the street's home; the district pool."""
    venue = present(venue) if venue else None
    if venue is not None and venue.is_open:
        return venue, RoutingRule.QR
    if community is not None:
        station = (
            Venue.objects.open()
            .filter(kind=VenueKind.STATION, communities=community)
            .order_by("code")
            .first()
        )
        if station:
            return station, RoutingRule.STATION
        street = community.street
    if street is not None:
        home = Venue.objects.open().filter(kind=VenueKind.HOME, street=street).order_by("code").first()
        if home:
            return home, RoutingRule.HOME
    return None, RoutingRule.POOL
