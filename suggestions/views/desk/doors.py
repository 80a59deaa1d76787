"""Whom the pages of the desk are for."""

from congress_portal.common.audience import audience
from stations.permissions import venues_run_by
from suggestions.desk import may_register
from suggestions.selectors import has_desk

desk_only = audience("desk", test=has_desk)
# Registering for somebody is a duty of the people of a venue and of a street, not of handling units.
registers_only = audience("desk_venue", test=may_register)
# Reception days are run by liaison officers, heads and conveners, and by the office for every venue.
reception_only = audience("desk_reception", test=lambda user: venues_run_by(user).exists())
