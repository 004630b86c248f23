"""What was invoiced is taken back: whole, or by lines. An invoice and all its credit notes come to zero, to the öre."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from navet.accounts.actor import Actor
from navet.payments.invoices import documents, refusals
from navet.payments.invoices import seller as sellers
from navet.payments.invoices.models import Invoice, InvoiceLine, Kind, State
from navet.payments.invoices.models.invoices import MOVES
from navet.payments.invoices.operations import drafting, issuing, settling, standing
from navet.payments.models import Order


@transaction.atomic
def credit(
    invoice: Invoice, *, line_ids: Sequence[int] | None = None, note: str = "", by: Actor, at: dt.datetime
) -> Invoice:
    """Issue a credit note of these lines, or of all that are not credited yet. Raises NotIssued, AlreadyCredited, SellerNotSet.

    A note takes back what the lines left to credit come to before it, less what they come to after it. So no öre of rounding stays
    when the last line is taken back, and the VAT of no note is more than an öre from its rate, in whatever order lines are credited.
    """
    invoice = settling.locked(invoice)
    if invoice.state == State.DRAFT or invoice.is_credit:
        raise refusals.NotIssued()
    left = list(invoice.lines.filter(credit_line__isnull=True))
    chosen = left if line_ids is None else [line for line in left if line.pk in set(line_ids)]
    if not chosen or (line_ids is not None and len(chosen) != len(set(line_ids))):
        raise refusals.AlreadyCredited()
    rest = [line for line in left if line not in chosen]
    columns = _columns(invoice, left, rest)
    made = _note(invoice, columns, [_mirror(line) for line in chosen], note=note, by=by, at=at)
    if not rest and State.CREDITED in MOVES[invoice.state]:
        invoice.state = State.CREDITED
        invoice.save()
    settling.update_order(invoice)
    if invoice.order:
        drafting.follow(invoice.order, at=at)
    return made


@transaction.atomic
def renew(order: Order, *, by: Actor, at: dt.datetime) -> Invoice | None:
    """Credit all that was invoiced of an order that changed, and draft what stands now; None where nothing does.

    Again, from an old page, it credits nothing that is right. Raises NothingToInvoice, and what `credit` does.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    found = standing.of(order)
    if not found.is_to_be_renewed and found.draft is None:
        raise refusals.NothingToInvoice()
    if found.is_to_be_renewed:
        for invoice in found.invoices:
            credit(invoice, by=by, at=at)
        found = standing.of(order)
    return drafting.draft_order(order, at=at) if found.waits else found.draft


def _columns(invoice: Invoice, left: list[InvoiceLine], rest: list[InvoiceLine]) -> dict[str, int]:
    """What the lines left come to less what the rest does; with no rest, all that is left of the invoice."""
    if rest:
        return standing.less(standing.sum_up(rest, invoice.basis), standing.sum_up(left, invoice.basis))
    papers = [invoice, *invoice.credit_notes.all()]
    return {name: -sum(getattr(one, name) for one in papers) for name in standing.COLUMNS}


def _mirror(line: InvoiceLine) -> InvoiceLine:
    return InvoiceLine(
        credits=line, text=line.text, treatment=line.treatment, quantity=-line.quantity, unit=line.unit,
        unit_ore=line.unit_ore, net_ore=-line.net_ore, vat_permille=line.vat_permille, exemption=line.exemption,
        exemption_code=line.exemption_code, order_line=line.order_line,
    )  # fmt: skip


def _note(
    invoice: Invoice,
    columns: dict[str, int],
    lines: list[InvoiceLine],
    *,
    note: str,
    by: Actor,
    at: dt.datetime,
) -> Invoice:
    made = Invoice.objects.create(
        kind=Kind.CREDIT_NOTE,
        credits=invoice,
        customer=invoice.customer,
        order=invoice.order,
        buyer=invoice.buyer,
        buyer_reference=invoice.buyer_reference,
        order_reference=invoice.order_reference,
        basis=invoice.basis,
        language=invoice.language,
        note=note,
        supply_date=invoice.supply_date,
        created_at=at,
        **columns,
    )
    for position, line in enumerate(lines, 1):
        line.invoice, line.position = made, position
    InvoiceLine.objects.bulk_create(lines)
    issuing.number_it(made, at=at)
    made.seller = documents.kept(sellers.current())
    made.state, made.issued_at, made.issued_by = State.ISSUED, at, by.user
    issuing.check_rules(made)
    made.save()
    return made
