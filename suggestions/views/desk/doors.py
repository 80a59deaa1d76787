"""Whom the pages of the desk are for."""

from congress_portal.common.audience import audience
from stations.permissions import venues_run_by
from suggestions.desk import serves_a_venue
from suggestions.selectors import has_desk

desk_only = audience("desk", test=has_desk)
# Registering for somebody is a duty of the people of a venue, not of handling units.
venue_only = audience("desk_venue", test=serves_a_venue)
# Reception days are run by liaison officers, heads and conveners, and by the office for every venue.
reception_only = audience("desk_reception", test=lambda user: venues_run_by(user).exists())
