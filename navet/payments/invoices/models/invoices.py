"""Invoices and credit notes with their lines. What is issued never changes: a trigger sees to it."""

import datetime as dt
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from navet.money import MAX_ORE
from navet.payments.invoices.document import CREDIT_NOTE, INVOICE
from navet.payments.invoices.models.customers import Customer
from navet.payments.models import VAT_RATES, Basis, Charge, Order, OrderLine, Treatment, Unit


class Kind(models.TextChoices):
    INVOICE = INVOICE, _("Invoice")
    CREDIT_NOTE = CREDIT_NOTE, _("Credit note")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    SENT = "sent", _("Sent to the payer")
    PAID = "paid", _("Paid")
    CREDITED = "credited", _("Credited")
    WRITTEN_OFF = "written_off", _("Written off")


_OPEN = {State.PAID, State.CREDITED, State.WRITTEN_OFF}
MOVES: dict[str, set[State]] = {
    State.DRAFT: {State.ISSUED},
    State.ISSUED: {State.SENT} | _OPEN,
    State.SENT: set(_OPEN),
    State.PAID: {State.SENT, State.CREDITED},  # the money belonged to another invoice, or is to go back
    State.CREDITED: set(),
    State.WRITTEN_OFF: {State.PAID},  # the money came after all
}


@pghistory.track()
class InvoiceSeries(models.Model):
    """Numbers without a gap: whoever issues takes the next one under this row's lock, in the transaction that issues."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    next_number = models.PositiveIntegerField(_("next number"))

    class Meta:
        verbose_name = _("invoice series")
        verbose_name_plural = _("invoice series")
        constraints = [
            models.CheckConstraint(condition=Q(next_number__gte=1), name="a_series_begins_above_zero")
        ]

    def __str__(self) -> str:
        return self.name


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def issued(self) -> "InvoiceQuerySet":
        return self.exclude(state=State.DRAFT)

    def unsettled(self) -> "InvoiceQuerySet":
        """Invoices that wait for money."""
        return self.filter(kind=Kind.INVOICE, state__in=[State.ISSUED, State.SENT])

    def overdue(self, today: dt.date) -> "InvoiceQuerySet":
        return self.unsettled().filter(due_date__lt=today)

    def overpaid(self) -> "InvoiceQuerySet":
        """Invoices with a balance below zero: money to move or pay back."""
        return self.filter(kind=Kind.INVOICE).with_balance().filter(Q(balance_ore__lt=0))

    def with_balance(self) -> "InvoiceQuerySet":
        """With `paid_ore` (money booked), `credited_ore` (below zero) and `balance_ore`, what is still owed."""
        paid = _summed("payments__amount_ore")
        credited = _summed("credit_notes__payable_ore", credit_notes__number__isnull=False)
        return self.annotate(paid_ore=paid, credited_ore=credited).annotate(
            balance_ore=F("payable_ore") + F("credited_ore") - F("paid_ore")
        )


def _summed(field: str, **which: Any) -> Coalesce:
    """A sum of its own subquery, so that payments and credits do not multiply each other."""
    rows = Invoice.objects.filter(pk=OuterRef("pk"), **which).values("pk").annotate(total=Sum(field))
    return Coalesce(Subquery(rows.values("total"), output_field=models.BigIntegerField()), 0)


# What the payer has got is the paper: only where it is on its way may change.
_PAPER = "AND".join(
    f" OLD.{column} IS NOT DISTINCT FROM NEW.{column} "
    for column in (
        "kind", "series_id", "number", "ocr", "issue_date", "due_date", "customer_id", "buyer", "seller",
        "buyer_reference", "order_reference", "basis", "supply_date", "language", "note", "credits_id", "order_id",
        "rounding_ore", "payable_ore", "net_0_ore", "net_60_ore", "vat_60_ore", "net_120_ore", "vat_120_ore",
        "net_250_ore", "vat_250_ore", "issued_at", "issued_by_id",
    )
)  # fmt: skip
_SETTLED = f"""
    IF OLD.state = 'draft' THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'draft' OR NOT ({_PAPER}) THEN
        RAISE EXCEPTION 'an issued invoice never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Invoice(models.Model):
    """An invoice, or a credit note whose amounts are all below zero. Öre; the sums are `vat.totals` of the lines.

    `buyer` and `seller` are kept as they were (document.Party, document.Seller). A draft has no number and may be thrown
    away; `MOVES` says where an issued one can go.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices, default=Kind.INVOICE)
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.DRAFT)
    series = models.ForeignKey(
        InvoiceSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    ocr = models.CharField(_("OCR number"), max_length=25, blank=True)
    issue_date = models.DateField(_("date"), null=True, blank=True)
    due_date = models.DateField(_("to be paid by"), null=True, blank=True)
    supply_date = models.DateField(_("delivered"), null=True, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invoices")
    buyer = models.JSONField(_("buyer as it was"), default=dict)
    seller = models.JSONField(_("seller as it was"), default=dict)
    buyer_reference = models.CharField(_("reference"), max_length=60, blank=True)
    order_reference = models.CharField(_("order number"), max_length=60, blank=True)
    basis = models.CharField(_("prices"), max_length=5, choices=Basis.choices)
    language = models.CharField(_("language"), max_length=2, default="sv")
    note = models.CharField(_("note"), max_length=300, blank=True)
    credits = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="invoices")
    net_0_ore = models.BigIntegerField(_("exempt"), default=0)
    net_60_ore = models.BigIntegerField(default=0)
    vat_60_ore = models.BigIntegerField(default=0)
    net_120_ore = models.BigIntegerField(default=0)
    vat_120_ore = models.BigIntegerField(default=0)
    net_250_ore = models.BigIntegerField(default=0)
    vat_250_ore = models.BigIntegerField(default=0)
    rounding_ore = models.BigIntegerField(_("rounding"), default=0)
    payable_ore = models.BigIntegerField(_("to pay"), default=0)
    created_at = models.DateTimeField(_("drafted"))
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_way = models.CharField(_("sent as"), max_length=10, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_over_at = models.DateTimeField(_("handed to the access point"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_off_at = models.DateTimeField(_("written off"), null=True, blank=True)
    written_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_off_ore = models.BigIntegerField(_("written off, öre"), default=0)
    written_off_reason = models.CharField(_("why written off"), max_length=200, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        indexes = [
            models.Index(fields=["state", "due_date"], name="invoices_by_state_and_due"),
            models.Index(fields=["issue_date"], name="invoices_by_date"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="a_number_is_used_once"),
            models.UniqueConstraint(fields=["ocr"], condition=~Q(ocr=""), name="an_ocr_is_of_one_invoice"),
            models.CheckConstraint(
                condition=Q(
                    state="draft", number__isnull=True, series__isnull=True, ocr="", issue_date__isnull=True
                )
                | ~Q(state="draft")
                & Q(number__isnull=False, series__isnull=False, issue_date__isnull=False, issued_at__isnull=False)
                & ~Q(ocr=""),
                name="what_is_issued_has_a_number_and_a_date",
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", credits__isnull=True, payable_ore__gte=0)
                | Q(kind="credit_note", credits__isnull=False, payable_ore__lte=0),
                name="a_credit_note_takes_back_an_invoice",
            ),
            models.CheckConstraint(
                condition=Q(
                    payable_ore=F("net_0_ore") + F("net_60_ore") + F("vat_60_ore") + F("net_120_ore")
                    + F("vat_120_ore") + F("net_250_ore") + F("vat_250_ore") + F("rounding_ore")
                ),
                name="an_invoice_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(payable_ore__gte=-MAX_ORE, payable_ore__lte=MAX_ORE), name="an_invoice_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(due_date__isnull=True) | Q(due_date__gte=F("issue_date")),
                name="nothing_is_due_before_it_is_issued",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_way="") | Q(sent_at__isnull=False) & ~Q(sent_way=""),
                name="what_is_sent_says_how",
            ),
            models.CheckConstraint(
                condition=Q(written_off_at__isnull=True, written_off_reason="", written_off_ore=0)
                | Q(written_off_at__isnull=False, written_off_ore__gt=0) & ~Q(written_off_reason=""),
                name="what_is_written_off_says_why",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="issued_stays", operation=pgtrigger.Update, when=pgtrigger.Before, func=_SETTLED
            ),
            pgtrigger.Protect(
                name="issued_is_kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state="draft")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}" if self.number else str(_("Draft"))

    @property
    def net_ore(self) -> int:
        return self.net_0_ore + self.net_60_ore + self.net_120_ore + self.net_250_ore

    @property
    def vat_ore(self) -> int:
        return self.vat_60_ore + self.vat_120_ore + self.vat_250_ore

    @property
    def is_credit(self) -> bool:
        return self.kind == Kind.CREDIT_NOTE

    @property
    def reference(self) -> str:
        return self.buyer_reference or self.order_reference


# A line of a draft goes with it; that of an issued invoice stays for ever.
_KEPT = """
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM invoices_invoice i WHERE i.id = OLD.invoice_id AND i.state = 'draft'
    ) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT FROM invoices_invoice i WHERE i.id = NEW.invoice_id AND i.state = 'draft') THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an issued invoice gets no more lines' USING ERRCODE = 'check_violation';
    END IF;
    RAISE EXCEPTION 'lines of an invoice are append-only' USING ERRCODE = 'check_violation';
"""
# A line that takes another back takes of it, and never more of it than there is.
_MIRRORS = """
    IF NOT EXISTS (
        SELECT FROM invoices_invoiceline l JOIN invoices_invoice i ON i.id = NEW.invoice_id
        WHERE l.id = NEW.credits_id AND l.invoice_id = i.credits_id AND l.quantity = -NEW.quantity
            AND l.unit_ore = NEW.unit_ore AND l.net_ore = -NEW.net_ore AND l.vat_permille = NEW.vat_permille
            AND l.exemption = NEW.exemption
    ) THEN
        RAISE EXCEPTION 'a line of a credit note mirrors what it takes back' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class InvoiceLine(models.Model):
    """What is paid for, and where it came from: a line of an order, a charge, or a line of the invoice that is credited.

    Append-only; whatever it came from is on one line at most.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("text"), max_length=200)
    treatment = models.CharField(_("treatment"), max_length=12, choices=Treatment.choices)
    quantity = models.IntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=3, choices=Unit.choices, default=Unit.PIECE)
    unit_ore = models.BigIntegerField(_("price of one, öre"))
    net_ore = models.BigIntegerField(_("amount without VAT, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    exemption = models.CharField(_("why it is exempt"), max_length=200, blank=True)
    exemption_code = models.CharField(_("code of the exemption (VATEX)"), max_length=30, blank=True)
    order_line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="invoice_lines"
    )
    charge = models.OneToOneField(
        Charge, null=True, blank=True, on_delete=models.PROTECT, related_name="invoice_line"
    )
    credits = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="credit_line"
    )

    class Meta:
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")
        ordering = ["invoice", "position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="one_invoice_line_at_a_position"),
            models.CheckConstraint(condition=~Q(quantity=0), name="an_invoice_line_is_of_something"),
            models.CheckConstraint(
                condition=Q(unit_ore__gte=0, unit_ore__lte=MAX_ORE),
                name="an_invoice_line_has_no_negative_price",
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=VAT_RATES), name="an_invoice_line_has_a_swedish_vat_rate"
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__gt=0, exemption="") | Q(vat_permille=0) & ~Q(exemption=""),
                name="an_exempt_invoice_line_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lines_are_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_KEPT,
            ),
            pgtrigger.Trigger(
                name="a_credit_line_mirrors",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__credits__isnull=False),
                func=_MIRRORS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.text}"


class Reminder(models.Model):
    """The payer was reminded, for the first, second … time."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField(_("time"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["invoice", "step"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "step"], name="each_reminder_goes_once"),
            models.CheckConstraint(condition=Q(step__gte=1), name="reminders_are_counted_from_one"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
