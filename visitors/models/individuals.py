"""Which pseudonyms of a year are one person: what the house takes for granted, and what staff decided. No name, no address."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visitors.models.keeping import touches_its_year


class Individual(models.Model):
    """A pseudonym of the ledger, and the one that it counts as; where there is no row it counts as itself.

    `address` is the pseudonym of the address alone: all under one address count as one until somebody decides that they are
    two. `counts_as` is worked out from the decisions (visitors/individuals.py), never written by hand.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    person = models.CharField(_("pseudonym"), max_length=64, unique=True)
    address = models.CharField(_("pseudonym of the address"), max_length=64)
    counts_as = models.CharField(_("counts as"), max_length=64)

    class Meta:
        verbose_name = _("individual")
        verbose_name_plural = _("individuals")
        indexes = [models.Index(fields=["address"], name="individuals_by_address")]
        triggers = [
            touches_its_year(
                "an_individual_touches_its_year",
                of="NEW.year",
                past="NEW.year < date_part('year', {this_year})",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            touches_its_year(
                "one_less_touches_its_year",
                of="OLD.year",
                past="OLD.year < date_part('year', {this_year})",
                operation=pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return self.person[:8]


class IndividualDecision(models.Model):
    """Somebody looked at two pseudonyms of a year and said whether they are one person. The latest on a pair holds. Never changed."""

    class Verdict(models.TextChoices):
        SAME = "same", _("One person")
        APART = "apart", _("Two persons")

    year = models.PositiveSmallIntegerField(_("year"))
    first = models.CharField(_("the one"), max_length=64)
    second = models.CharField(_("the other"), max_length=64)
    verdict = models.CharField(_("decision"), max_length=8, choices=Verdict.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision on individuals")
        verbose_name_plural = _("decisions on individuals")
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_pair_of_individuals_is_ordered"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["same", "apart"]), name="individuals_are_one_or_two"
            ),
        ]
        indexes = [models.Index(fields=["year", "first", "second"], name="individual_decisions_by_pair")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.year} {self.get_verdict_display()}"
