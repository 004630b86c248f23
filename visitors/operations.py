"""The verbs of the front desk, gathered: what other rooms call is called from here."""

from visitors.arrivals import announce, mark_no_shows, withdraw
from visitors.desk import check_in, undo_check_in
from visitors.walk_ins import house_now, record_tickets, record_walk_in, undo_walk_in

__all__ = [
    "announce",
    "check_in",
    "house_now",
    "mark_no_shows",
    "record_tickets",
    "record_walk_in",
    "undo_check_in",
    "undo_walk_in",
    "withdraw",
]
