"""What the year is measured against: targets, what counts in them, and who decided it."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visitors.models.categories import Category, Indicator
from visitors.models.keeping import never_emptied


@pghistory.track()
class Target(models.Model):
    """What a year aims at."""

    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("indicator"), max_length=12, choices=Indicator.choices)
    value = models.PositiveIntegerField(_("target"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["year", "indicator"], name="one_target_per_year_and_indicator")
        ]


@pghistory.track()
class CountingRule(models.Model):
    """Whether visits of a category count in an indicator in a year; nobody outside Navet can settle it."""

    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("indicator"), max_length=12, choices=Indicator.choices)
    category = models.CharField(_("category"), max_length=16, choices=Category.choices)
    counts = models.BooleanField(_("counts"))

    class Meta:
        verbose_name = _("counting rule")
        verbose_name_plural = _("counting rules")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "indicator", "category"], name="one_rule_per_year_indicator_and_category"
            )
        ]


class CountingDecision(models.Model):
    """A version of what counts: who decided what for which year, when and why. Never changed.

    The rows it led to are CountingRule and Target; `changes` says what they were and became. A year goes by the
    latest decision for it or for an earlier year.
    """

    number = models.PositiveIntegerField(_("version"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    reason = models.CharField(_("reason"), max_length=300)
    changes = models.JSONField(
        _("changes"), help_text="Indicator, category (none for its target), before, after."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("counting decision")
        verbose_name_plural = _("counting decisions")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_counting_decision_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        ]
