"""Invented holders of the five roles: the deputies of a venue in turn, here and there a role left open."""

from itertools import groupby
from random import Random

from simple_history.utils import bulk_create_with_history

from congress_portal.common import clock
from stations.models import FiveRole, Posting, RoleDuty

# Of ten roles so many are filled.
FILLED = 9


def load() -> None:
    if RoleDuty.objects.exists():
        return
    random = Random("five roles")
    postings = Posting.objects.live(clock.today()).filter(venue__is_demo=True)
    rows = postings.order_by("venue__code", "deputy__key").select_related("deputy", "venue")
    duties = []
    for venue, of_venue in groupby(rows, key=lambda row: row.venue):
        members = list({row.deputy: row for row in of_venue}.values())
        random.shuffle(members)
        for place, role in enumerate(FiveRole):
            if random.randrange(10) < FILLED:
                holder = members[place % len(members)]
                duties.append(
                    RoleDuty(deputy=holder.deputy, venue=venue, role=role, starts_on=holder.starts_on)
                )
    bulk_create_with_history(duties, RoleDuty, batch_size=500)
