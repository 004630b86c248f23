"""The verbs of the front desk, gathered: what other rooms call is called from here."""

from visitors.arrivals import announce, mark_no_shows, withdraw

__all__ = ["announce", "mark_no_shows", "withdraw"]
