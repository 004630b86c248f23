"""How many may be in the house, who let more in and why, and what the evacuation list says."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class HouseLimitQuerySet(models.QuerySet["HouseLimit"]):
    def in_force(self, day: dt.date) -> "HouseLimitQuerySet":
        return self.filter(valid__contains=day)


@pghistory.track()
class HouseLimit(models.Model):
    """How many people may be in the house at once, by the fire authority's decision; Navet's to set, by dates."""

    heads = models.PositiveIntegerField(_("people at most"), validators=[MinValueValidator(1)])
    warn_percent = models.PositiveSmallIntegerField(
        _("warn from, per cent"),
        default=85,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The desk is warned when so much of the limit is reached."),
    )
    valid = DateRangeField(_("valid"))
    note = models.CharField(_("decision or source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = HouseLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of the house")
        verbose_name_plural = _("limits of the house")
        constraints = [
            ExclusionConstraint(
                name="one_house_limit_at_a_time", expressions=[("valid", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=Q(heads__gt=0), name="a_house_limit_lets_somebody_in"),
            models.CheckConstraint(
                condition=Q(warn_percent__gte=1, warn_percent__lte=100), name="a_warning_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False), name="a_house_limit_is_valid_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return str(self.heads)


@pghistory.track()
class AssemblyNote(models.Model):
    """A line of the evacuation list: where to gather, whom to call. Navet's to write."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text_sv = models.CharField(_("in Swedish"), max_length=300)
    text_en = models.CharField(_("in English"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("line of the evacuation list")
        verbose_name_plural = _("lines of the evacuation list")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return (self.text_en if get_language() == "en" else "") or self.text_sv


class Deed(models.Model):
    """What somebody did at a moment, kept as it was."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    heads = models.PositiveIntegerField(_("in the house"), help_text="Before what was done.")

    class Meta:
        abstract = True
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def who(self) -> str:
        """The person or device, for reading; fetch `by` and `device` with it."""
        return str(self.device or self.by or "–")


class LimitOverride(Deed):
    """Somebody who may let people in beyond the limit of the house did, and said why."""

    coming = models.PositiveIntegerField(_("let in"))
    limit = models.PositiveIntegerField(_("limit"))
    reason = models.CharField(_("reason"), max_length=200)
    arrival = models.ForeignKey(
        "visitors.Arrival", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(_("category"), max_length=16, blank=True)

    class Meta(Deed.Meta):
        verbose_name = _("entry beyond the limit")
        verbose_name_plural = _("entries beyond the limit")
        indexes = [models.Index(fields=["at"], name="override_by_time")]  # today's, on the page
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_entry_beyond_the_limit_says_why"),
            models.CheckConstraint(
                condition=Q(limit__lt=models.F("heads") + models.F("coming")),
                name="an_entry_beyond_the_limit_is_beyond_it",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(device__isnull=False),
                name="an_entry_beyond_the_limit_says_by_whom",
            ),
        ]


class EvacuationListing(Deed):
    """The evacuation list, with its names and telephone numbers, was opened."""

    class Meta(Deed.Meta):
        verbose_name = _("opened evacuation list")
        verbose_name_plural = _("opened evacuation lists")
