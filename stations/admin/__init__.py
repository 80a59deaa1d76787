"""The pages of the staff's site that belong to the network; one module a noun."""

from . import roles, rosters, scans, standards

__all__ = ["roles", "rosters", "scans", "standards"]
