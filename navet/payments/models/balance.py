"""What Stripe says of Navet's balance with it: what each thing cost, and what went on to the bank. The books are made of this too."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from navet.payments.models.payments import Payment


class Payout(models.Model):
    """Money that Stripe sends to Navet's bank, öre. `arrived_date` and `failed_date` are written once: a day that was reported stays."""

    # States that may still become another; what is paid may fail for some days yet (Stripe says five business days).
    UNSETTLED = ("pending", "in_transit")

    stripe_id = models.CharField(max_length=60, unique=True)
    amount_ore = models.BigIntegerField(_("amount, öre"))
    status = models.CharField(_("state at Stripe"), max_length=20)
    sent_at = models.DateTimeField(_("sent"))
    arrival_date = models.DateField(_("expected at the bank"))
    arrived_date = models.DateField(_("at the bank"), null=True, blank=True)
    failed_date = models.DateField(_("did not arrive"), null=True, blank=True)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        indexes = [models.Index(fields=["arrived_date"], name="payouts_by_arrival")]
        triggers = [
            pgtrigger.Protect(
                name="what_arrived_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.amount_ore <> NEW.amount_ore"
                    " OR OLD.arrived_date IS NOT NULL AND OLD.arrived_date IS DISTINCT FROM NEW.arrived_date"
                    " OR OLD.failed_date IS NOT NULL AND OLD.failed_date IS DISTINCT FROM NEW.failed_date"
                ),
            ),
            pgtrigger.Protect(name="payouts_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.stripe_id


class BalanceEntry(models.Model):
    """One balance transaction of Stripe's, öre: `net_ore` is what it made of the balance. Append-only.

    `what` says which part of the books its amount is in: of ours it is in `Movement` already, of a dispute it stands with the bank meanwhile.
    """

    class What(models.TextChoices):
        OURS = "ours", _("Payment or refund of ours")
        DISPUTE = "dispute", _("Withheld or given back in a dispute")
        PAYOUT = "payout", _("Payout, or one that came back")
        FEE = "fee", _("Fee by itself")
        UNKNOWN = "unknown", _("Nothing that we know")

    stripe_id = models.CharField(max_length=60, unique=True)
    what = models.CharField(_("what it is"), max_length=8, choices=What.choices)
    category = models.CharField(_("Stripe's category"), max_length=40)
    source_id = models.CharField(_("about"), max_length=60, blank=True)
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="balance_entries"
    )
    payout = models.ForeignKey(
        Payout, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    amount_ore = models.BigIntegerField(_("amount, öre"))
    fee_ore = models.BigIntegerField(_("fee, öre"), help_text="Tax on it included.")
    fee_tax_ore = models.BigIntegerField(_("tax on the fee, öre"))
    net_ore = models.BigIntegerField(_("net, öre"))
    at = models.DateTimeField(_("when"))
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("entry of Stripe's balance")
        verbose_name_plural = _("entries of Stripe's balance")
        indexes = [models.Index(fields=["at"], name="balance_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(net_ore=F("amount_ore") - F("fee_ore")), name="a_net_is_the_amount_less_its_fee"
            ),
            models.CheckConstraint(
                condition=Q(what="payout", payout__isnull=False) | ~Q(what="payout") & Q(payout__isnull=True),
                name="a_payout_says_which",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.stripe_id
