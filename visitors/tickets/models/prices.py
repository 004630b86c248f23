"""What entry costs, from when."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from navet.money import MAX_ORE
from visitors.models import Category

VAT_RATES = [0, 60, 120, 250]  # per mille; the Swedish ones


class Product(models.TextChoices):
    """What can have a price without being a ticket (`TicketKind.code`): an entry of a category alone, by the API, or a pass."""

    ADULT = Category.ADULT.value, Category.ADULT.label
    CHILD = Category.CHILD.value, Category.CHILD.label
    FAMILY_ADULT = Category.FAMILY_ADULT.value, Category.FAMILY_ADULT.label
    FAMILY_CHILD = Category.FAMILY_CHILD.value, Category.FAMILY_CHILD.label
    GROUP = Category.GROUP.value, Category.GROUP.label
    FREE = Category.FREE.value, Category.FREE.label
    PERSON_PASS = "person_pass", _("Annual pass, one person")
    FAMILY_PASS = "family_pass", _("Annual pass, family")


class OneText(Func):
    """A text as a range of one number: equal texts in an exclusion constraint, without btree_gist."""

    template = "int8range(hashtextextended(%(expressions)s, 0), hashtextextended(%(expressions)s, 0), '[]')"


class PriceQuerySet(models.QuerySet["Price"]):
    def in_force(self, at: dt.datetime) -> "PriceQuerySet":
        return self.filter(valid__contains=at)


@pghistory.track()
class Price(models.Model):
    """What a ticket costs from a moment on, öre including VAT. Its VAT rate is decided by Navet's economist (DOMAIN.md 3).

    A price covers `heads` taps of a key, or people of a category: three adults on tickets for two need two of them. Terms are never changed, since lines
    were sold by them: a price is ended, and another begins.
    """

    product = models.CharField(_("product"), max_length=16)  # TicketKind.code, or of Product
    price_ore = models.BigIntegerField(_("price including VAT, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    heads = models.PositiveSmallIntegerField(_("people on a ticket"), default=1)
    valid = DateTimeRangeField(_("valid"))
    note = models.CharField(_("decision or source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            ExclusionConstraint(
                name="one_price_of_a_product_at_a_time",
                expressions=[
                    (OneText("product"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(price_ore__gte=0, price_ore__lte=MAX_ORE), name="a_price_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=VAT_RATES), name="a_price_has_a_swedish_vat_rate"
            ),
            models.CheckConstraint(condition=Q(heads__gt=0), name="a_ticket_admits_somebody"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="a_price_is_valid_for_a_while"),
            models.CheckConstraint(
                condition=Q(valid__startswith__isnull=False), name="a_price_begins_some_time"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="terms_stay", fields=["product", "price_ore", "vat_permille", "heads"]),
        ]

    def __str__(self) -> str:
        return self.product
