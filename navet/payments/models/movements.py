"""What came to Navet's account at Stripe and what left it, once for each time; the books are made of this."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.payments.models.payments import Dispute, Payment, Refund


class Movement(models.Model):
    """Money that moved at Stripe, at the moment our books learnt of it. Append-only: what a day came to, it came to.

    Unlike a payment's or a refund's own state, it keeps a refund that was made and came back a week later on both days.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Payment by card or Swish")
        REFUND = "refund", _("Refund")
        RETURNED = "returned", _("Refund that came back")
        LOST = "lost", _("Lost dispute")
        WON = "won", _("Dispute won after all")

    OF_DISPUTES = (Kind.LOST, Kind.WON)

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="movements")
    refund = models.ForeignKey(
        Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="movements"
    )
    dispute = models.ForeignKey(
        Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="movements"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    amount_ore = models.BigIntegerField(_("amount, öre"), help_text="Below zero what left.")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("movement at Stripe")
        verbose_name_plural = _("movements at Stripe")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["payment", "returned", "won"], amount_ore__gt=0)
                | Q(kind__in=["refund", "lost"], amount_ore__lt=0),
                name="what_leaves_is_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(kind="payment", refund__isnull=True, dispute__isnull=True)
                | Q(kind__in=["refund", "returned"], refund__isnull=False, dispute__isnull=True)
                | Q(kind__in=["lost", "won"], refund__isnull=True, dispute__isnull=False),
                name="a_movement_says_what_moved_it",
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(kind="payment"), name="a_payment_comes_once"
            ),
            models.UniqueConstraint(fields=["refund", "kind"], name="a_refund_leaves_and_returns_once"),
        ]
        indexes = [models.Index(fields=["at"], name="movements_by_day")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
