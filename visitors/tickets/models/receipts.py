"""What the till is to take. There is no till here: its sums are."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visitors.models import HouseDay
from visitors.tickets.models.passes import PassPeriod
from visitors.tickets.models.prices import VAT_RATES, Price

# A line that takes another back takes exactly that.
_MIRRORS = """
    IF NOT EXISTS (
        SELECT FROM till_receiptline l
        WHERE l.id = NEW.reverses_id AND l.reverses_id IS NULL AND l.tickets = -NEW.tickets
            AND l.amount_ore = -NEW.amount_ore AND l.vat_ore = -NEW.vat_ore AND l.vat_permille = NEW.vat_permille
            AND l.product = NEW.product AND l.day = NEW.day AND l.price_id = NEW.price_id
            AND l.pass_period_id IS NOT DISTINCT FROM NEW.pass_period_id
    ) THEN
        RAISE EXCEPTION 'a receipt line mirrors what it takes back' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class ReceiptLine(models.Model):
    """What the till is to take for one entry of the ledger, or for one period of an annual pass, copied from the price of the moment. Append-only.

    `tickets`, `amount_ore` and `vat_ore` are below zero in a line that takes another back.
    """

    visit = models.OneToOneField(
        "visitors.Visit", null=True, blank=True, on_delete=models.PROTECT, related_name="receipt"
    )
    pass_period = models.ForeignKey(
        PassPeriod, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    at = models.DateTimeField(_("when"))
    day = models.DateField(_("day"))
    product = models.CharField(_("product"), max_length=16)  # as of the price
    tickets = models.IntegerField(_("tickets"))
    unit_ore = models.BigIntegerField(_("price of one, öre"))
    amount_ore = models.BigIntegerField(_("amount including VAT, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    vat_ore = models.BigIntegerField(_("of which VAT, öre"))
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("receipt line")
        verbose_name_plural = _("receipt lines")
        indexes = [models.Index(fields=["day", "product"], name="receipt_by_day_and_product")]  # to the till
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=True) ^ Q(pass_period__isnull=True),
                name="a_line_is_for_an_entry_or_a_pass",
            ),
            models.UniqueConstraint(
                fields=["pass_period"],
                condition=Q(reverses__isnull=True),
                name="one_line_for_a_period_of_a_pass",
            ),
            models.CheckConstraint(
                condition=Q(amount_ore=F("tickets") * F("unit_ore")), name="a_line_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, tickets__gt=0) | Q(reverses__isnull=False, tickets__lt=0),
                name="only_what_takes_back_is_below_zero",
            ),
            models.CheckConstraint(condition=Q(unit_ore__gte=0), name="a_line_has_no_negative_price"),
            models.CheckConstraint(
                condition=Q(vat_permille__in=VAT_RATES), name="a_line_has_a_swedish_vat_rate"
            ),
            models.CheckConstraint(condition=Q(day=HouseDay("at")), name="a_line_is_of_its_day_in_boras"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_line_mirrors",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__reverses__isnull=False),
                func=_MIRRORS,
            ),
        ]
