"""The pages of the staff's site that belong to the network; one module a noun."""

from . import rosters, scans

__all__ = ["rosters", "scans"]
