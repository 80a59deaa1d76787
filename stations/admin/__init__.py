"""The pages of the staff's site that belong to the network; one module a noun."""

from . import plans, receptions, roles, rosters, scans, standards

__all__ = ["plans", "receptions", "roles", "rosters", "scans", "standards"]
