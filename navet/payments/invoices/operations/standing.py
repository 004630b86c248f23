"""What of an order is on an invoice and what is not: what waits to be invoiced, and what was invoiced and stands no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from navet.payments import vat
from navet.payments.invoices.models import Invoice, InvoiceLine, Kind, State
from navet.payments.models import VAT_RATES, Order, OrderLine, Settlement

COLUMNS = (
    "net_0_ore", "net_60_ore", "vat_60_ore", "net_120_ore", "vat_120_ore", "net_250_ore", "vat_250_ore",
    "rounding_ore", "payable_ore",
)  # fmt: skip
_CREDITABLE = (State.ISSUED, State.SENT, State.PAID)


@dataclass(frozen=True)
class Standing:
    """An order beside its invoices. `loose` are its lines on no draft and no invoice that stands; `columns` what they add to those that are, öre.

    `invoices` are issued and not credited, the oldest first. `has_gone`: something on them stands no more. `is_askew`: so much
    rounding is left over for what is loose that its VAT would be more than an öre from its rate, which no e-invoice may say.
    """

    order: Order
    loose: tuple[OrderLine, ...]
    columns: dict[str, int]
    draft: Invoice | None
    invoices: tuple[Invoice, ...]
    has_gone: bool
    is_askew: bool

    @property
    def loose_ore(self) -> int:
        """With VAT."""
        return self.columns["payable_ore"]

    @property
    def invoiced_ore(self) -> int:
        return sum(one.payable_ore for one in self.invoices)

    @property
    def is_to_be_renewed(self) -> bool:
        """No invoice more makes it right: something invoiced is gone, less is to be paid, or rounding piled up; and a credit note takes back whole lines."""
        is_less = bool(self.loose) and self.loose_ore <= 0
        return bool(self.invoices) and (self.has_gone or is_less or self.is_askew)

    @property
    def waits(self) -> bool:
        """An invoice can be made of what is loose."""
        return self.draft is None and self.loose_ore > 0 and not self.is_to_be_renewed


def of(order: Order, *, without: Invoice | None = None) -> Standing:
    """Reads the order's lines and invoices; as if there were not the draft `without`."""
    (found,) = _read(Order.objects.filter(pk=order.pk), without=without.pk if without else None)
    return found


def waiting() -> list[Standing]:
    """Orders by invoice of which something can be invoiced: all of it, or what was added since."""
    return [one for one in _unsettled() if one.waits]


def changed() -> list[Standing]:
    """Orders whose invoices are to be credited, and what stands invoiced anew."""
    return [one for one in _unsettled() if one.is_to_be_renewed]


def sum_up(lines: Sequence[Any], basis: str) -> dict[str, int]:
    """The columns of an invoice that the lines come to, by `vat.totals`; those of rates that no line has too, at zero."""
    totals = vat.totals(lines, basis)
    columns = dict.fromkeys(COLUMNS, 0)
    columns |= {"rounding_ore": totals.rounding_ore, "payable_ore": totals.payable_ore}
    for rate in totals.rates:
        columns[f"net_{rate.vat_permille}_ore"] = rate.net_ore
        if rate.vat_permille:
            columns[f"vat_{rate.vat_permille}_ore"] = rate.vat_ore
    return columns


def less(columns: dict[str, int], taken: dict[str, int]) -> dict[str, int]:
    return {name: ore - taken[name] for name, ore in columns.items()}


def _unsettled() -> list[Standing]:
    """Those of all orders whose lines and invoices do not say the same; the earliest day first."""
    holding = InvoiceLine.objects.filter(invoice__kind=Kind.INVOICE, order_line=OuterRef("pk")).exclude(
        invoice__state=State.CREDITED
    )
    loose = OrderLine.objects.standing().filter(~Exists(holding), order=OuterRef("pk"))
    gone = InvoiceLine.objects.filter(
        invoice__kind=Kind.INVOICE, invoice__state__in=_CREDITABLE, order_line__reversal__isnull=False,
        invoice__order=OuterRef("pk"),
    )  # fmt: skip
    orders = Order.objects.filter(settlement=Settlement.INVOICE).exclude(state=Order.State.LAPSED)
    return _read(orders.filter(Exists(loose) | Exists(gone)).order_by("supply_date", "pk"))


def _read(orders: QuerySet[Order], *, without: int | None = None) -> list[Standing]:
    """Six queries, however many there are."""
    return [
        _standing(order, without)
        for order in orders.prefetch_related("lines__reversal", "invoices__lines", "invoices__customer")
    ]


def _standing(order: Order, without: int | None) -> Standing:
    papers = [one for one in order.invoices.all() if one.kind == Kind.INVOICE and one.pk != without]
    kept = [one for one in papers if one.state != State.CREDITED]
    held = {line.order_line_id for one in kept for line in one.lines.all()}
    stands = [
        one
        for one in sorted(order.lines.all(), key=lambda line: line.position)
        if one.reverses_id is None and not hasattr(one, "reversal")
    ]
    loose = tuple(one for one in stands if one.pk not in held)
    columns = sum_up(stands, order.basis)
    for one in kept:
        columns = less(columns, _said(one, stands, order.basis))
    alone = sum_up(loose, order.basis)
    invoices = tuple(
        sorted((one for one in kept if one.state in _CREDITABLE), key=lambda one: one.number or 0)
    )
    invoiced = {line.order_line_id for one in invoices for line in one.lines.all()}
    return Standing(
        order,
        loose,
        columns,
        next((one for one in kept if one.state == State.DRAFT), None),
        invoices,
        bool(invoiced - {one.pk for one in stands}),
        any(abs(columns[f"vat_{rate}_ore"] - alone[f"vat_{rate}_ore"]) > 1 for rate in VAT_RATES if rate),
    )


def _said(paper: Invoice, stands: Sequence[OrderLine], basis: str) -> dict[str, int]:
    """What a paper says: its VAT is not always what its lines come to alone, since it may have been added to others. Where some of its lines are gone, what the rest come to."""
    on_it = {line.order_line_id for line in paper.lines.all()}
    there = [one for one in stands if one.pk in on_it]
    if len(there) == len(on_it):
        return {name: getattr(paper, name) for name in COLUMNS}
    return sum_up(there, basis)
