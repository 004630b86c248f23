"""What the till is to take: a line for each entry that has a price, and their sums. Nothing here is a till."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import Sum

from navet import money, periods
from visitors.models import Visit
from visitors.tickets import kinds
from visitors.tickets.amounts import AtRate, WithoutVat
from visitors.tickets.models import AnnualPass, PassPeriod, Price, Product, ReceiptLine


def tickets_for(heads: int, *, admits: int) -> int:
    """How many tickets so many people need, when one admits `admits`."""
    return -(-heads // admits)


def sell(visit: Visit) -> ReceiptLine | None:
    """Note what is to be taken for an entry, by the price of its moment; None where it has none. Two statements."""
    price = Price.objects.in_force(visit.at).filter(product=visit.category).first()
    if price is None:
        return None
    return ReceiptLine.objects.create(
        visit=visit, **line(price, tickets_for(visit.count, admits=price.heads), at=visit.at)
    )


def sell_pass(period: PassPeriod) -> ReceiptLine | None:
    """The same for a period of an annual pass."""
    product = product_of(period.annual_pass)
    price = Price.objects.in_force(period.at).filter(product=product).first()
    if price is None:
        return None
    return ReceiptLine.objects.create(pass_period=period, **line(price, 1, at=period.at))


def product_of(annual_pass: AnnualPass) -> Product:
    """What is sold when it is issued or renewed."""
    return Product.FAMILY_PASS if annual_pass.kind == AnnualPass.Kind.FAMILY else Product.PERSON_PASS


def line(price: Price, tickets: int, *, at: dt.datetime) -> dict[str, object]:
    """The fields of a line of so many tickets at this price."""
    amount = tickets * price.price_ore
    return {
        "at": at,
        "day": periods.local_day(at),
        "product": price.product,
        "tickets": tickets,
        "unit_ore": price.price_ore,
        "amount_ore": amount,
        "vat_permille": price.vat_permille,
        "vat_ore": money.split_gross(amount, rate_permille=price.vat_permille).vat_ore,
        "price_id": price.pk,
    }


def take_back(sold: ReceiptLine, *, visit: Visit | None = None) -> ReceiptLine:
    """Take a line back: by the reversing entry `visit`, or for an annulled period of a pass."""
    return ReceiptLine.objects.create(
        visit=visit,
        pass_period_id=sold.pass_period_id,
        reverses=sold,
        at=sold.at,
        day=sold.day,
        product=sold.product,
        tickets=-sold.tickets,
        unit_ore=sold.unit_ore,
        amount_ore=-sold.amount_ore,
        vat_permille=sold.vat_permille,
        vat_ore=-sold.vat_ore,
        price_id=sold.price_id,
    )


@dataclass(frozen=True)
class Row(WithoutVat, AtRate):
    """What the till is to take of one product at one price and VAT rate; öre."""

    product: str
    label: str
    unit_ore: int
    vat_permille: int
    tickets: int
    amount_ore: int
    vat_ore: int


@dataclass(frozen=True)
class Rate(WithoutVat, AtRate):
    """The sums of one VAT rate; öre."""

    vat_permille: int
    amount_ore: int
    vat_ore: int


class Summed(Protocol):
    """A row of sums, öre."""

    @property
    def vat_permille(self) -> int: ...
    @property
    def tickets(self) -> int: ...
    @property
    def amount_ore(self) -> int: ...
    @property
    def vat_ore(self) -> int: ...


R_co = TypeVar("R_co", bound=Summed, covariant=True)


@dataclass(frozen=True)
class Sums(WithoutVat, Generic[R_co]):
    """Rows, and what they come to."""

    rows: Sequence[R_co]

    @property
    def rates(self) -> list[Rate]:
        """By VAT rate, the lowest first."""
        return [
            Rate(
                rate,
                sum(row.amount_ore for row in self.rows if row.vat_permille == rate),
                sum(row.vat_ore for row in self.rows if row.vat_permille == rate),
            )
            for rate in sorted({row.vat_permille for row in self.rows})
        ]

    @property
    def tickets(self) -> int:
        return sum(row.tickets for row in self.rows)

    @property
    def amount_ore(self) -> int:
        return sum(row.amount_ore for row in self.rows)

    @property
    def vat_ore(self) -> int:
        return sum(row.vat_ore for row in self.rows)


@dataclass(frozen=True)
class Together(WithoutVat):
    """What is to be taken of the desk's own entries and of bookings, each öre including VAT, and of which VAT."""

    vat_permille: int | None  # None for all rates
    entries_ore: int
    booked_ore: int
    vat_ore: int

    @property
    def amount_ore(self) -> int:
        return self.entries_ore + self.booked_ore

    @property
    def vat_percent(self) -> float | None:
        return None if self.vat_permille is None else self.vat_permille / 10


def together(entries: Sums[Summed], booked: Sums[Summed]) -> list[Together]:
    """By VAT rate, the lowest first, and then in all."""
    desk, online = ({rate.vat_permille: rate for rate in sums.rates} for sums in (entries, booked))
    none = Rate(0, 0, 0)
    found = [
        Together(
            permille,
            desk.get(permille, none).amount_ore,
            online.get(permille, none).amount_ore,
            desk.get(permille, none).vat_ore + online.get(permille, none).vat_ore,
        )
        for permille in sorted({*desk, *online})
    ]
    return [*found, Together(None, entries.amount_ore, booked.amount_ore, entries.vat_ore + booked.vat_ore)]


def to_the_till(first: dt.date, last: dt.date) -> Sums[Row]:
    """The sums of the days by product, price and VAT rate, what was taken back taken off; two queries."""
    lines = ReceiptLine.objects.filter(day__gte=first, day__lte=last)
    sums = lines.values("product", "unit_ore", "vat_permille").annotate(
        tickets_sum=Sum("tickets"), amount=Sum("amount_ore"), vat=Sum("vat_ore")
    )
    names = kinds.labels()
    order = {product: place for place, product in enumerate(names)}
    found = [
        Row(
            row["product"],
            names[row["product"]],
            row["unit_ore"],
            row["vat_permille"],
            row["tickets_sum"],
            row["amount"],
            row["vat"],
        )
        for row in sums.order_by("unit_ore", "vat_permille")
        if row["tickets_sum"]
    ]
    return Sums(sorted(found, key=lambda row: order[row.product]))


def days(first: dt.date, last: dt.date) -> list[tuple[dt.date, Row]]:
    """The same by day, for files."""
    lines = ReceiptLine.objects.filter(day__gte=first, day__lte=last)
    sums = lines.values_list("day", "product", "unit_ore", "vat_permille").annotate(
        Sum("tickets"), Sum("amount_ore"), Sum("vat_ore")
    )
    names = kinds.labels()
    return [
        (row[0], Row(row[1], names[row[1]], *row[2:]))
        for row in sums.order_by("day", "product", "unit_ore", "vat_permille")
        if row[4]
    ]


def sum_of(day: dt.date) -> int:
    """What the till is to take that day, öre."""
    return ReceiptLine.objects.filter(day=day).aggregate(ore=Sum("amount_ore", default=0))["ore"]
