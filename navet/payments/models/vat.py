"""How what is sold is taxed, from when; decided by Navet's economist (DOMAIN.md section 3)."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

VAT_RATES = [0, 60, 120, 250]  # per mille; the Swedish ones, and exempt


class Treatment(models.TextChoices):
    """What a supply is in the eyes of the tax: lines of one treatment have one rate on one day."""

    CONFERENCE = "conference", _("Conference arrangement")
    ROOM = "room", _("Room alone")
    MEAL = "meal", _("Meal served, not part of a conference")
    FOOD = "food", _("Food to take along")
    ALCOHOL = "alcohol", _("Wine, strong beer and spirits")
    ADMISSION = "admission", _("Admission and activities")
    SCHOOL = "school", _("School programme")
    COURSE = "course", _("Course for educators")
    LEISURE = "leisure", _("Leisure group")
    FEE = "fee", _("Cancellation fee")


class VatRuleQuerySet(models.QuerySet["VatRule"]):
    def on(self, day: dt.date) -> "VatRuleQuerySet":
        return self.filter(valid__contains=day)


@pghistory.track()
class VatRule(models.Model):
    """The rate of a treatment over a period of days of supply. Never changed, only ended: lines were sold by it.

    0 per mille means exempt, and then `exemption` says why, since an invoice must (BR-E-10 of EN 16931).
    """

    treatment = models.CharField(_("treatment"), max_length=12, choices=Treatment.choices)
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    exemption = models.CharField(_("why it is exempt"), max_length=200, blank=True)
    exemption_code = models.CharField(_("code of the exemption (VATEX)"), max_length=30, blank=True)
    revenue_account = models.CharField(_("revenue account"), max_length=6, blank=True)
    valid = DateRangeField(_("days of supply"))
    source = models.CharField(_("decision or source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = VatRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("VAT rule")
        verbose_name_plural = _("VAT rules")
        constraints = [
            *(
                # Equality of a text needs btree_gist in an exclusion constraint; one for each treatment does without.
                ExclusionConstraint(
                    name=f"one_vat_rule_for_{treatment}_at_a_time",
                    expressions=[("valid", RangeOperators.OVERLAPS)],
                    condition=Q(treatment=treatment),
                )
                for treatment in Treatment.values
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=VAT_RATES), name="a_vat_rule_has_a_swedish_rate"
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__gt=0, exemption="", exemption_code="")
                | Q(vat_permille=0) & ~Q(exemption=""),
                name="what_is_exempt_says_why",
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False),
                name="a_vat_rule_begins_some_day",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="terms_stay", fields=["treatment", "vat_permille", "exemption", "exemption_code"]
            )
        ]

    def __str__(self) -> str:
        return self.get_treatment_display()
