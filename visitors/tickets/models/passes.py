"""Annual passes: for how many, until when, and when they were used. As little about the holder as the holder wants."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.house.models import OnePoint

MOST_PERSONS = 10


class AnnualPassQuerySet(models.QuerySet["AnnualPass"]):
    def with_details(self) -> "AnnualPassQuerySet":
        """With the periods that stand, newest first."""
        standing = PassPeriod.objects.filter(annulled_at__isnull=True).order_by("-valid")
        return self.prefetch_related(models.Prefetch("periods", standing, to_attr="standing_periods"))

    def ended_before(self, day: dt.date) -> "AnnualPassQuerySet":
        """Those with no period that stands and ends after `day`."""
        later = PassPeriod.objects.filter(annual_pass=models.OuterRef("pk"), annulled_at__isnull=True)
        return self.filter(~models.Exists(later.filter(valid__endswith__gt=day)))


@pghistory.track(exclude=["holder_name", "holder_email"])
class AnnualPass(models.Model):
    """A card with a code. Its holder may stay unnamed; a name or an address is forgotten some time after the last period."""

    class Kind(models.TextChoices):
        PERSON = "person", _("One person")
        FAMILY = "family", _("Family")

    code = models.CharField(_("code"), max_length=10, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    persons = models.PositiveSmallIntegerField(_("people it admits"))
    holder_name = models.CharField(_("holder"), max_length=120, blank=True)
    holder_email = models.EmailField(_("e-mail address"), blank=True)
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)
    blocked_reason = models.CharField(_("why blocked"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    created_at = models.DateTimeField(_("issued"))

    objects = AnnualPassQuerySet.as_manager()

    standing_periods: list["PassPeriod"]  # where with_details fetched it

    class Meta:
        verbose_name = _("annual pass")
        verbose_name_plural = _("annual passes")
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=MOST_PERSONS), name="a_pass_admits_one_to_ten"
            ),
            models.CheckConstraint(
                condition=Q(kind="family") | Q(persons=1), name="a_pass_for_one_admits_one"
            ),
            models.CheckConstraint(
                condition=Q(blocked_at__isnull=True, blocked_reason="")
                | Q(blocked_at__isnull=False) & ~Q(blocked_reason=""),
                name="a_blocked_pass_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def period_on(self, day: dt.date) -> "PassPeriod | None":
        """The period that holds the day, of those `with_details` fetched."""
        return next((one for one in self.standing_periods if day in one.valid), None)

    @property
    def last_date(self) -> dt.date | None:
        """The last day of the last period; None where none stands."""
        ends = [one.valid.upper for one in self.standing_periods]
        return max(ends) - dt.timedelta(days=1) if ends else None


class Stamped(models.Model):
    """Done at a moment by somebody."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """The person or device, for reading; fetch `by` and `device` with it."""
        return str(self.device or self.by or "–")


@pghistory.track()
class PassPeriod(Stamped):
    """A pass was issued or renewed for these days. A slip is annulled on the same day, and then admits nobody."""

    annual_pass = models.ForeignKey(AnnualPass, on_delete=models.PROTECT, related_name="periods")
    valid = DateRangeField(_("valid"))
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("renewal reminded of"), null=True, blank=True)

    class Meta:
        verbose_name = _("period of an annual pass")
        verbose_name_plural = _("periods of annual passes")
        constraints = [
            ExclusionConstraint(
                name="one_period_of_a_pass_at_a_time",
                expressions=[
                    (OnePoint("annual_pass_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(
                    valid__isempty=False, valid__startswith__isnull=False, valid__endswith__isnull=False
                ),
                name="a_period_of_a_pass_has_a_first_and_a_last_day",
            ),
        ]

    @property
    def last_date(self) -> dt.date:
        return self.valid.upper - dt.timedelta(days=1)

    @property
    def issued_on(self) -> dt.date:
        """The day in Borås when it was issued or renewed."""
        return periods.local_day(self.at)


class PassUse(models.Model):
    """A pass let people in; who and how many is in the entry of the ledger."""

    annual_pass = models.ForeignKey(AnnualPass, on_delete=models.PROTECT, related_name="uses")
    visit = models.OneToOneField("visitors.Visit", on_delete=models.PROTECT, related_name="pass_use")

    class Meta:
        verbose_name = _("use of an annual pass")
        verbose_name_plural = _("uses of annual passes")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
