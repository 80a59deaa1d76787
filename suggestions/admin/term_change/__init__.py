"""The guided step of a change of term, a page a stage."""

from .pages import TermChangeAdmin

__all__ = ["TermChangeAdmin"]
