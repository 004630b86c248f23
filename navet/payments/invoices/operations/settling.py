"""Money and invoices brought together: from the bank's file or by hand, moved, paid back, set aside or given up."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from navet import periods
from navet.accounts.actor import Actor
from navet.payments.invoices import bgfile, ocr, refusals
from navet.payments.invoices.models import Invoice, InvoicePayment, Kind, PaymentFile, State
from navet.payments.invoices.models.invoices import MOVES
from navet.payments.models import Order, Settlement


def locked(invoice: Invoice) -> Invoice:
    """The invoice with its row locked, after that of its order (docs/architecture.md)."""
    if invoice.order_id:
        Order.objects.select_for_update().get(pk=invoice.order_id)
    return (
        Invoice.objects.select_for_update(of=["self"]).select_related("customer", "order").get(pk=invoice.pk)
    )


def balance(invoice: Invoice) -> int:
    """What is still owed, öre; below zero what was paid too much."""
    paid = invoice.payments.aggregate(total=Sum("amount_ore"))["total"] or 0
    credited = invoice.credit_notes.aggregate(total=Sum("payable_ore"))["total"] or 0
    return invoice.payable_ore + credited - paid


@transaction.atomic
def book_file(content: bytes, *, name: str, by: Actor, at: dt.datetime) -> PaymentFile:
    """Book every payment of a bankgiro file, all or none. Raises BrokenFile, FileKnown.

    What fits no invoice is booked too, and waits for staff (`InvoicePayment.to_settle`).
    """
    digest = hashlib.sha256(content).hexdigest()
    if PaymentFile.objects.filter(digest=digest).exists():
        raise refusals.FileKnown()
    read = _read(content)
    file, is_new = PaymentFile.objects.get_or_create(
        digest=digest,
        defaults={
            "name": name[:120], "made": read.stamp, "payments_count": len(read.payments),
            "sum_ore": sum(one.amount_ore for one in read.payments), "at": at, "by": by.user,
        },
    )  # fmt: skip
    if not is_new:  # another had it at the same moment
        raise refusals.FileKnown()
    for payment in sorted(read.payments, key=lambda one: one.reference):
        _book(payment, file, by=by, at=at)
    return file


def _read(content: bytes) -> bgfile.File:
    try:
        read = bgfile.read(content)
    except bgfile.Broken as fault:
        message = _("Line %(line)s of the file: %(why)s. Nothing was booked.") % {
            "line": fault.line,
            "why": fault.why,
        }
        raise refusals.BrokenFile(message, line=fault.line) from fault
    if read.is_test and not settings.DEMO_ALLOWED:
        raise refusals.BrokenFile(_("This is a test file of the bank. Nothing was booked."))
    return read


def _book(payment: bgfile.Payment, file: PaymentFile, *, by: Actor, at: dt.datetime) -> None:
    invoice = None if payment.has_several else _by_ocr(payment.reference)
    # The bank's serial number is its own within a day: the same payment in two files is one payment.
    _made, is_new = InvoicePayment.objects.get_or_create(
        key=f"bg:{payment.paid_date}:{payment.serial}",
        defaults={
            "invoice": invoice, "came_unknown": invoice is None, "amount_ore": payment.amount_ore,
            "paid_date": payment.paid_date, "reference": payment.reference, "sender": payment.sender[:120],
            "text": payment.text[:300], "file": file, "at": at, "by": by.user,
        },
    )  # fmt: skip
    if is_new and invoice is not None:
        move(invoice)


def _by_ocr(reference: str) -> Invoice | None:
    number = ocr.normalise(reference)
    if not ocr.is_valid(number, length_digit=settings.INVOICING["ocr_length_digit"]):
        return None
    found = Invoice.objects.filter(ocr=number, kind=Kind.INVOICE).first()
    return locked(found) if found else None


@transaction.atomic
def book_by_hand(
    invoice: Invoice,
    *,
    amount_ore: int,
    paid_date: dt.date,
    text: str = "",
    key: str,
    by: Actor,
    at: dt.datetime,
) -> InvoicePayment:
    """Book money that came some other way; once per `key`. Raises NotIssued."""
    invoice = locked(invoice)
    if invoice.state == State.DRAFT or invoice.is_credit:
        raise refusals.NotIssued()
    made, _is_new = InvoicePayment.objects.get_or_create(
        key=f"hand:{key}",
        defaults={
            "invoice": invoice, "amount_ore": amount_ore, "paid_date": paid_date, "text": text, "at": at,
            "by": by.user, "reference": invoice.ocr,
        },
    )  # fmt: skip
    move(invoice)
    return made


@transaction.atomic
def assign(payment: InvoicePayment, invoice: Invoice, *, by: Actor, at: dt.datetime) -> InvoicePayment:
    """Say what unknown money was for. Raises AlreadySettled, NotIssued."""
    invoice = locked(invoice)
    payment = InvoicePayment.objects.select_for_update().get(pk=payment.pk)
    if payment.invoice_id or payment.set_aside_at:
        raise refusals.AlreadySettled()
    if invoice.state == State.DRAFT or invoice.is_credit:
        raise refusals.NotIssued()
    payment.invoice, payment.assigned_date = invoice, periods.local_day(at)
    payment.save()
    move(invoice)
    return payment


@transaction.atomic
def set_aside(payment: InvoicePayment, *, reason: str, by: Actor, at: dt.datetime) -> InvoicePayment:
    """Money that is not for an invoice of ours: it stays in the list of what came, with its reason. Raises AlreadySettled."""
    payment = InvoicePayment.objects.select_for_update().get(pk=payment.pk)
    if payment.invoice_id or payment.set_aside_at:
        raise refusals.AlreadySettled()
    payment.set_aside_at, payment.set_aside_by, payment.set_aside_reason = at, by.user, reason
    payment.save()
    return payment


@transaction.atomic
def pay_back(
    invoice: Invoice, *, amount_ore: int, paid_date: dt.date, key: str, by: Actor, at: dt.datetime
) -> InvoicePayment:
    """Note that a surplus was paid back, once per `key`. Raises NoSurplus; a credit note has none, its invoice may."""
    invoice = locked(invoice)
    if invoice.is_credit:
        raise refusals.NoSurplus()
    standing = InvoicePayment.objects.filter(key=f"back:{key}").first()
    if standing:
        return standing
    if not 0 < amount_ore <= -balance(invoice):
        raise refusals.NoSurplus()
    made = InvoicePayment.objects.create(
        key=f"back:{key}", invoice=invoice, amount_ore=-amount_ore, paid_date=paid_date, reference=invoice.ocr,
        at=at, by=by.user,
    )  # fmt: skip
    move(invoice)
    return made


@transaction.atomic
def carry_over(invoice: Invoice, to: Invoice, *, key: str, by: Actor, at: dt.datetime) -> InvoicePayment:
    """Move what was paid too much to another invoice of the customer, at most what is owed there, once per `key`.

    Two entries of the day, which cancel out at the bank. Raises NoSurplus, NotIssued, OtherCustomer, NothingOwed.
    """
    for one in sorted((invoice, to), key=lambda one: (one.order_id or 0, one.pk)):
        locked(one)
    standing = InvoicePayment.objects.filter(key=f"carried:{key}:to").first()
    if standing:
        return standing
    if to.customer_id != invoice.customer_id or to.pk == invoice.pk:
        raise refusals.OtherCustomer()
    if to.state == State.DRAFT or to.is_credit:
        raise refusals.NotIssued()
    surplus, owed = -balance(invoice), balance(to)
    if surplus <= 0 or invoice.is_credit:  # a credit note's sum is in the balance of its invoice
        raise refusals.NoSurplus()
    if owed <= 0:
        raise refusals.NothingOwed()
    made = [
        InvoicePayment.objects.create(
            key=f"carried:{key}:{end}", invoice=one, amount_ore=sign * min(surplus, owed), text=text,
            paid_date=periods.local_day(at), reference=one.ocr, at=at, by=by.user,
        )
        for end, one, sign, text in (
            ("from", invoice, -1, _("Carried over to %(invoice)s") % {"invoice": to}),
            ("to", to, 1, _("Carried over from %(invoice)s") % {"invoice": invoice}),
        )
    ]  # fmt: skip
    for one in (invoice, to):
        move(locked(one))
    return made[1]


@transaction.atomic
def write_off(invoice: Invoice, *, reason: str, by: Actor, at: dt.datetime) -> Invoice:
    """Give up what is still owed. Raises MoveNotAllowed, NothingOwed."""
    invoice = locked(invoice)
    if State.WRITTEN_OFF not in MOVES[invoice.state] or invoice.is_credit:
        raise refusals.MoveNotAllowed()
    owed = balance(invoice)
    if owed <= 0:
        raise refusals.NothingOwed()
    invoice.state, invoice.written_off_ore = State.WRITTEN_OFF, owed
    invoice.written_off_at, invoice.written_off_by, invoice.written_off_reason = at, by.user, reason
    invoice.save()
    return invoice


def move(invoice: Invoice) -> None:
    """Let the state say what the money says, of a locked invoice, and the order know what it has got."""
    is_paid = balance(invoice) <= 0 and invoice.payments.exists()
    wanted = State.PAID if is_paid else State.SENT
    if (is_paid or invoice.state == State.PAID) and wanted in MOVES[invoice.state]:
        invoice.state = wanted
        invoice.save()
    update_order(invoice)


def update_order(invoice: Invoice) -> None:
    """The order's `paid_ore`, of a locked order, is what came in for all its invoices."""
    if invoice.order_id:
        came = InvoicePayment.objects.filter(invoice__order=invoice.order_id).aggregate(
            total=Sum("amount_ore")
        )
        # An order paid by card has its own books (navet/payments/payments.py).
        Order.objects.filter(pk=invoice.order_id, settlement=Settlement.INVOICE).update(
            paid_ore=max(came["total"] or 0, 0)
        )
