"""What a reservation costs, what was offered in writing, and what was changed when it had begun."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.conferences.models.reservations import Reservation
from navet.payments.models import Treatment, Unit


class Adjustment(models.Model):
    """That a conference was changed when it had begun: who did it, when and why, and the difference per VAT rate, öre. Append-only."""

    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="adjustments")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=120)
    net_0_ore = models.BigIntegerField(_("exempt"), default=0)
    net_60_ore = models.BigIntegerField(default=0)
    vat_60_ore = models.BigIntegerField(default=0)
    net_120_ore = models.BigIntegerField(default=0)
    vat_120_ore = models.BigIntegerField(default=0)
    net_250_ore = models.BigIntegerField(default=0)
    vat_250_ore = models.BigIntegerField(default=0)
    difference_ore = models.BigIntegerField(_("price difference, öre with VAT"))

    class Meta:
        verbose_name = _("change of a conference that has begun")
        verbose_name_plural = _("changes of conferences that have begun")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_adjustment_says_why"),
            models.CheckConstraint(
                condition=Q(
                    difference_ore=F("net_0_ore") + F("net_60_ore") + F("vat_60_ore") + F("net_120_ore")
                    + F("vat_120_ore") + F("net_250_ore") + F("vat_250_ore")
                ),
                name="an_adjustment_adds_up",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def by_rate(self) -> list[tuple[int, int, int]]:
        """(VAT in per mille, net, VAT) of each rate that it changed, ascending."""
        found = [(0, self.net_0_ore, 0)] + [
            (rate, getattr(self, f"net_{rate}_ore"), getattr(self, f"vat_{rate}_ore"))
            for rate in (60, 120, 250)
        ]
        return [one for one in found if one[1] or one[2]]


@pghistory.track()
class ReservationLine(models.Model):
    """What one thing of it costs, öre without VAT. Written anew when the reservation changes; the order keeps what was.

    Once it has begun its lines stay, and what is added or taken off is lines of an `adjustment`: a quantity below zero takes off.
    """

    class Of(models.TextChoices):
        ROOM = "room", _("Room")
        PACKAGE = "package", _("Package")
        ADD_ON = "add_on", _("Add-on")
        DISCOUNT = "discount", _("Discount")

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    of = models.CharField(_("of"), max_length=10, choices=Of.choices)
    slug = models.SlugField(_("which"))
    treatment = models.CharField(_("VAT treatment"), max_length=12, choices=Treatment.choices)
    text = models.CharField(_("text"), max_length=200)
    adjustment = models.ForeignKey(
        Adjustment, null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    # Of a discount it is -1: a price is never below zero (BR-27 of EN 16931).
    quantity = models.IntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=3, choices=Unit.choices, default=Unit.PIECE)
    unit_ore = models.PositiveIntegerField(_("each, öre without VAT"))

    class Meta:
        verbose_name = _("line of a reservation")
        verbose_name_plural = _("lines of reservations")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["reservation", "position"],
                name="a_reservations_lines_are_in_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & ~Q(of="discount")
                | Q(quantity=-1, of="discount")
                | Q(adjustment__isnull=False) & ~Q(quantity=0),
                name="a_line_is_of_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_adjusted_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__adjustment__isnull=False),
            ),
        ]

    @property
    def net_ore(self) -> int:
        return self.quantity * self.unit_ore


@pghistory.track()
class Quote(models.Model):
    """What was offered in writing, as it was; a new one takes the place of the one before."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="quotes")
    number = models.PositiveSmallIntegerField(_("number"))
    lines = models.JSONField(_("lines"))
    terms = models.JSONField(_("cancellation terms"))
    made_at = models.DateTimeField(_("made"))
    valid_until = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reservation", "number"], name="quotes_are_numbered"),
            models.UniqueConstraint(
                fields=["reservation"], condition=Q(accepted_at__isnull=False), name="one_quote_is_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reservation.code}-{self.number}"
