"""What somebody ordered, line by line, and what it comes to."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from navet.codes import new_code
from navet.money import MAX_ORE
from navet.payments.models.vat import VAT_RATES, Treatment


class Settlement(models.TextChoices):
    CARD = "card", _("Card or Swish")
    INVOICE = "invoice", _("Invoice")


class Basis(models.TextChoices):
    """Whether unit prices are without or with VAT; the öre that do not divide end in the rounding of the latter."""

    NET = "net", _("Prices excluding VAT")
    GROSS = "gross", _("Prices including VAT")


class Unit(models.TextChoices):
    """Codes of UN/ECE Recommendation 20, which an e-invoice speaks."""

    PIECE = "C62", _("piece")
    PERSON = "IE", _("person")
    HOUR = "HUR", _("hour")
    DAY = "DAY", _("day")


class OrderQuerySet(models.QuerySet["Order"]):
    def owing(self) -> "OrderQuerySet":
        """More is to be paid than was."""
        return self.filter(payable_ore__gt=F("paid_ore"))

    def overpaid(self) -> "OrderQuerySet":
        return self.filter(payable_ore__lt=F("paid_ore"))


@pghistory.track(exclude=["changed_at"])
class Order(models.Model):
    """What one buyer owes for one booking, öre. The buyer is copied: the order says who it was at the time.

    `payable_ore` is what the standing lines come to (`vat.totals`), kept by `orders`; `paid_ore` is what came in less what
    went back, kept by `payments` and `invoices` under the order's row lock. Both are added up again by the audit.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        LAPSED = "lapsed", _("Not paid in time")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.OPEN: {State.LAPSED, State.CANCELLED},
        State.LAPSED: {State.OPEN, State.CANCELLED},  # a late payment may be honoured
        State.CANCELLED: set[State](),
    }

    key = models.CharField(max_length=80, unique=True, help_text="What it is for, such as reservation:17.")
    kind = models.SlugField(max_length=20, help_text="The product line whose handler is told.")
    code = models.CharField(max_length=10, unique=True, default=new_code)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    settlement = models.CharField(_("settled by"), max_length=8, choices=Settlement.choices)
    basis = models.CharField(_("prices"), max_length=5, choices=Basis.choices)
    supply_date = models.DateField(_("day of supply"))
    pay_by = models.DateTimeField(_("to be paid by"), null=True, blank=True)
    payable_ore = models.BigIntegerField(_("to be paid, öre"), default=0)
    paid_ore = models.BigIntegerField(_("paid, öre"), default=0)
    title = models.CharField(_("what it is for"), max_length=200)
    language = models.CharField(_("language"), max_length=2, default="sv")
    buyer_name = models.CharField(_("buyer"), max_length=120)
    buyer_email = models.EmailField(_("e-mail"))
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    reference = models.CharField(_("invoice reference"), max_length=60, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("placed"))
    changed_at = models.DateTimeField(auto_now=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["kind", "-created_at"], name="orders_of_a_line"),
            models.Index(fields=["pay_by"], condition=Q(state="open"), name="orders_to_be_paid"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(payable_ore__gte=0, payable_ore__lte=MAX_ORE),
                name="nobody_is_owed_by_an_order",
            ),
            models.CheckConstraint(condition=Q(paid_ore__gte=0), name="no_more_goes_back_than_came"),
            models.CheckConstraint(
                condition=Q(settlement="card") | ~Q(organisation_number="") | ~Q(street=""),
                name="an_invoice_has_somewhere_to_go",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    @property
    def owed_ore(self) -> int:
        """What is still to be paid; below zero what is to go back."""
        return self.payable_ore - self.paid_ore


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    def standing(self) -> "OrderLineQuerySet":
        """Those that were not taken back, without those that take back."""
        return self.filter(reverses__isnull=True, reversal__isnull=True)


# A line that takes another back takes exactly that.
_MIRRORS = """
    IF NOT EXISTS (
        SELECT FROM payments_orderline l
        WHERE l.id = NEW.reverses_id AND l.order_id = NEW.order_id AND l.reverses_id IS NULL
            AND l.quantity = -NEW.quantity AND l.unit_ore = NEW.unit_ore AND l.unit = NEW.unit
            AND l.treatment = NEW.treatment AND l.vat_permille = NEW.vat_permille AND l.exemption = NEW.exemption
    ) THEN
        RAISE EXCEPTION 'an order line mirrors what it takes back' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class OrderLine(models.Model):
    """One line of an order, its VAT copied from the rule of the day of supply. Append-only: a change is lines that take back and new ones."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    text = models.CharField(_("text"), max_length=200)
    treatment = models.CharField(_("treatment"), max_length=12, choices=Treatment.choices)
    quantity = models.IntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=3, choices=Unit.choices, default=Unit.PIECE)
    unit_ore = models.BigIntegerField(_("price of one, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    exemption = models.CharField(_("why it is exempt"), max_length=200, blank=True)
    exemption_code = models.CharField(_("code of the exemption (VATEX)"), max_length=30, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_line_at_a_position"),
            models.CheckConstraint(condition=~Q(quantity=0), name="an_order_line_is_of_something"),
            models.CheckConstraint(
                condition=Q(unit_ore__gte=0, unit_ore__lte=MAX_ORE),
                name="an_order_line_has_no_negative_price",  # a discount is a quantity below zero (BR-27)
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=VAT_RATES), name="an_order_line_has_a_swedish_vat_rate"
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__gt=0, exemption="") | Q(vat_permille=0) & ~Q(exemption=""),
                name="an_exempt_line_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="an_order_line_mirrors",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__reverses__isnull=False),
                func=_MIRRORS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.text}"
