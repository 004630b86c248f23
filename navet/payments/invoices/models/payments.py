"""The money that came for invoices: from the bank's file or by hand. None of it is ever lost: what fits no invoice waits."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.money import MAX_ORE
from navet.payments.invoices.models.invoices import Invoice


class PaymentFile(models.Model):
    """A file of the bank, taken once: the same bytes again change nothing."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its bytes.")
    name = models.CharField(_("name"), max_length=120)
    made = models.CharField(_("made by the bank"), max_length=20)
    payments_count = models.PositiveIntegerField(_("payments"))
    sum_ore = models.BigIntegerField(_("sum, öre"))
    at = models.DateTimeField(_("received"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("payment file")
        verbose_name_plural = _("payment files")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class InvoicePaymentQuerySet(models.QuerySet["InvoicePayment"]):
    def to_settle(self) -> "InvoicePaymentQuerySet":
        """Money that fits no invoice and that nobody has decided about."""
        return self.filter(invoice__isnull=True, set_aside_at__isnull=True)


@pghistory.track()
class InvoicePayment(models.Model):
    """Money that came, or below zero what was paid back by hand; öre. Amount, day and reference stay as they were read.

    `came_unknown`: when it came nobody knew for what; `assigned_date` is when somebody did.
    """

    key = models.CharField(max_length=120, unique=True, help_text="What it is, so that it is booked once.")
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    amount_ore = models.BigIntegerField(_("amount, öre"))
    paid_date = models.DateField(_("paid"))
    reference = models.CharField(_("reference as it came"), max_length=60, blank=True)
    sender = models.CharField(_("sender"), max_length=120, blank=True)
    text = models.CharField(_("message"), max_length=300, blank=True)
    file = models.ForeignKey(
        PaymentFile, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    came_unknown = models.BooleanField(_("unknown when it came"), default=False)
    assigned_date = models.DateField(_("assigned"), null=True, blank=True)
    at = models.DateTimeField(_("entered in the books"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_aside_reason = models.CharField(_("why set aside"), max_length=200, blank=True)

    objects = InvoicePaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of an invoice")
        verbose_name_plural = _("payments of invoices")
        indexes = [models.Index(fields=["paid_date"], name="invoice_payments_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount_ore=0) & Q(amount_ore__gte=-MAX_ORE, amount_ore__lte=MAX_ORE),
                name="a_payment_is_of_some_money",
            ),
            models.CheckConstraint(
                condition=Q(amount_ore__gt=0) | Q(file__isnull=True, invoice__isnull=False),
                name="what_goes_back_is_booked_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_reason="")
                | Q(set_aside_at__isnull=False, invoice__isnull=True) & ~Q(set_aside_reason=""),
                name="what_is_set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=Q(came_unknown=True) | Q(invoice__isnull=False), name="known_money_has_its_invoice"
            ),
            models.CheckConstraint(
                condition=Q(came_unknown=False, assigned_date__isnull=True)
                | Q(came_unknown=True, invoice__isnull=True, assigned_date__isnull=True)
                | Q(came_unknown=True, invoice__isnull=False, assigned_date__isnull=False),
                name="unknown_money_is_assigned_some_day",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_came_stays",
                fields=[
                    "key",
                    "amount_ore",
                    "paid_date",
                    "reference",
                    "sender",
                    "file",
                    "came_unknown",
                    "at",
                ],
            ),
            pgtrigger.Protect(name="never_lost", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference or self.key
