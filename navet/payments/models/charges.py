"""What is owed and noted, until an invoice collects it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.money import MAX_ORE
from navet.payments.models.vat import VAT_RATES


class ChargeQuerySet(models.QuerySet["Charge"]):
    def to_invoice(self) -> "ChargeQuerySet":
        return self.filter(state=Charge.State.NOTED)


@pghistory.track()
class Charge(models.Model):
    """An amount somebody owes, noted when it arose, until an invoice collects it.

    Amounts are öre including VAT; the rate is copied here because rates are dated (DOMAIN.md section 3).
    """

    class State(models.TextChoices):
        NOTED = "noted", _("To be invoiced")
        WAIVED = "waived", _("Waived")
        INVOICED = "invoiced", _("Invoiced")

    key = models.CharField(max_length=120, unique=True, help_text="What it is for, so that it is noted once.")
    organisation_number = models.CharField(_("organisation number"), max_length=10)
    payer = models.CharField(_("payer"), max_length=120)
    reference = models.CharField(_("invoice reference"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=200)
    amount_ore = models.BigIntegerField(_("amount including VAT, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NOTED)
    arose_date = models.DateField(_("arose"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_ore__gte=0, amount_ore__lte=MAX_ORE), name="a_charge_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=VAT_RATES), name="a_vat_rate_is_a_swedish_one"
            ),
        ]
