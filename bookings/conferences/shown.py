"""A price as pages, quotes and the API show it: line by line, excluding VAT, per rate, and what is to be paid."""

from dataclasses import dataclass

from bookings.conferences.operations import choosing, money
from bookings.conferences.operations.choosing import Choice
from bookings.conferences.pricing import Line
from navet.payments.vat import Totals


@dataclass(frozen=True)
class Price:
    lines: list[Line]
    totals: Totals


def price(choice: Choice) -> Price:
    """In the active language. Raises NoVatRule."""
    lines = choosing.lines(choice)
    return Price(lines, money.totals(lines, choice.supply_date))
