"""Tickets, prices, what the till is to take, and annual passes: a file for each noun."""

from visitors.tickets.models.kinds import DESK_CATEGORIES, MOST_HEADS, TicketEntry, TicketKind
from visitors.tickets.models.passes import MOST_PERSONS, AnnualPass, PassPeriod, PassUse
from visitors.tickets.models.prices import VAT_RATES, Price, Product
from visitors.tickets.models.receipts import ReceiptLine

__all__ = [
    "DESK_CATEGORIES",
    "MOST_HEADS",
    "MOST_PERSONS",
    "VAT_RATES",
    "AnnualPass",
    "PassPeriod",
    "PassUse",
    "Price",
    "Product",
    "ReceiptLine",
    "TicketEntry",
    "TicketKind",
]
