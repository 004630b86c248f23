"""Orders for tests."""

import datetime as dt
import itertools
from collections.abc import Sequence

from django.db.backends.postgresql.psycopg_any import DateRange

from navet.payments import orders, statutory
from navet.payments.models import Basis, Order, Settlement, Treatment, VatRule
from navet.payments.orders import Buyer, Line

AT = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 4, 15)
BUYER = Buyer(
    name="Borås Stad", email="inkop@boras.example", organisation_number="2120001561", reference="YY1"
)
DAY_PACKAGE = Line("Konferens heldag", Treatment.CONFERENCE, 40, 59_500)
DINNER = Line("Middag", Treatment.MEAL, 40, 39_500)
ROOM = Line("Lokal", Treatment.ROOM, 1, 310_000)
_numbers = itertools.count(1)


def rules() -> None:
    """The law's VAT rules, and 25 % on cancellation fees and admission."""
    statutory.ensure_rules()
    for treatment in (Treatment.FEE, Treatment.ADMISSION):
        if not VatRule.objects.filter(treatment=treatment).exists():
            VatRule.objects.create(
                treatment=treatment, vat_permille=250, valid=DateRange(dt.date(2024, 1, 1), None)
            )


def order(lines: Sequence[Line] = (DAY_PACKAGE,), **changed: object) -> Order:
    """An order of its own key; of the made-up kind "test" unless said otherwise."""
    rules()
    wanted = {
        "key": f"test:{next(_numbers)}",
        "kind": "test",
        "title": "Konferens",
        "buyer": BUYER,
        "lines": lines,
        "settlement": Settlement.INVOICE,
        "basis": Basis.NET,
        "supply_date": DAY,
        "at": AT,
    }
    return orders.place(**wanted | changed)
