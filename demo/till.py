"""Made-up prices, and what the till was to take for the families of the demo."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from demo.copying import copy_in
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from visitors.models import Visit
from visitors.tickets import passes, till
from visitors.tickets.models import AnnualPass, Price, Product, ReceiptLine

# Product, kronor, VAT per mille, people on a ticket. Neither prices nor rates are Navet's: both are its economist's to set.
_PRICES = [
    (Product.ADULT, 120, 250, 1),
    (Product.CHILD, 70, 250, 1),
    ("family", 320, 250, 1),
    (Product.FAMILY_ADULT, 320, 250, 2),
    (Product.FAMILY_CHILD, 0, 250, 1),
    (Product.GROUP, 60, 250, 1),
    (Product.PERSON_PASS, 450, 250, 1),
    (Product.FAMILY_PASS, 1100, 250, 1),
]


def make_prices(today: dt.date) -> None:
    """Prices from the first of January, marked as demo."""
    starts_at = periods.day_bounds(dt.date(today.year, 1, 1))[0]
    Price.objects.bulk_create(
        Price(
            product=product,
            price_ore=kronor * 100,
            vat_permille=vat_permille,
            heads=heads,
            valid=DateTimeTZRange(starts_at, None, "[)"),
            note="Påhittat för demon; pris och moms avgör Navet.",
            is_demo=True,
        )
        for product, kronor, vat_permille, heads in _PRICES
    )


def make_passes(today: dt.date, *, by: User) -> None:
    """A few passes, one of them expired and one blocked; without holders."""
    for kind, persons, days_ago in (
        ("family", 4, 40),
        ("family", 5, 200),
        ("person", 1, 90),
        ("person", 1, 20),
    ):
        issued = today - dt.timedelta(days=days_ago)
        passes.issue(kind=kind, persons=persons, first_date=issued, by=Actor(user=by), at=_noon(issued))
    long_ago = today - dt.timedelta(days=400)
    passes.issue(kind="family", persons=4, first_date=long_ago, by=Actor(user=by), at=_noon(long_ago))
    lost = passes.issue(kind="person", persons=1, first_date=today, by=Actor(user=by), at=_noon(today))
    passes.block(lost, reason="Borttappat (demo)", by=Actor(user=by), at=_noon(today))
    AnnualPass.objects.update(is_demo=True)


def _noon(day: dt.date) -> dt.datetime:
    return periods.at(day, dt.time(12))


def write_receipts() -> None:
    """A line for each entry of the desk that had a price."""
    prices = {price.product: price for price in Price.objects.all()}
    sold = Visit.objects.filter(
        source=Visit.Source.DESK, check_in=None, category__in=prices, receipt=None, reverses=None
    )
    priced = (visit for visit in sold.iterator() if visit.at in prices[visit.category].valid)
    copy_in(ReceiptLine(visit=visit, **_line(prices[visit.category], visit)) for visit in priced)


def _line(price: Price, visit: Visit) -> dict[str, object]:
    return till.line(price, till.tickets_for(visit.count, admits=price.heads), at=visit.at)
