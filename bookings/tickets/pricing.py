"""What tickets cost. No database."""

from collections.abc import Iterable, Mapping

from bookings.tickets.models import TicketKind, TicketLine, TicketPrice
from bookings.tickets.operations import refusals


def lines(prices: Iterable[TicketPrice], tickets: Mapping[str, int]) -> list[TicketLine]:
    """Unsaved lines for the tickets wanted, kind -> how many, at today's prices.

    Raises NoTickets, NoSuchTicket for a kind without a price, OnlyCompanions.
    """
    wanted = {kind: count for kind, count in tickets.items() if count}
    listed = {price.kind: price for price in prices}
    if not wanted:
        raise refusals.NoTickets
    if wanted.keys() - listed.keys():
        raise refusals.NoSuchTicket
    if wanted.keys() == {TicketKind.COMPANION}:
        raise refusals.OnlyCompanions
    return [
        TicketLine(
            kind=kind, count=count, each_ore=listed[kind].price_ore, vat_permille=listed[kind].vat_permille
        )
        for kind, count in wanted.items()
    ]


def total(of: Iterable[TicketLine]) -> int:
    """Öre including VAT."""
    return sum(line.sum_ore for line in of)
