"""What the database keeps beside the ledger so that figures over many years stay quick, and what was known when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.directory.models import Municipality
from navet.house.models import Occasion
from visitors.models.arrivals import Arrival
from visitors.models.categories import Category, Indicator


class DaySum(models.Model):
    """The heads of a closed day, category and municipality. Days that are not closed have none: the ledger is asked.

    A trigger on the ledger adds to it whatever is entered for a closed day later, in the same transaction, so that it
    is the ledger's sum at every moment. `verify_ledger` adds it up again.
    """

    day = models.DateField(_("day"))
    category = models.CharField(_("category"), max_length=16, choices=Category.choices)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    heads = models.IntegerField(_("heads"))

    class Meta:
        verbose_name = _("sum of a day")
        verbose_name_plural = _("sums of days")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "category", "municipality"],
                nulls_distinct=False,
                include=["heads"],
                name="one_sum_per_day_category_and_municipality",
            ),
        ]


class DaysClosed(models.Model):
    """Up to which day the sums are kept; one row, or none before the first closing."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    through = models.DateField(_("last closed day"))

    class Meta:
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="days_are_closed_up_to_one_day")]


class PastYear(models.Model):
    """What each day of a year that is over brought, under one set of rules: what the forecast learns from.

    True as long as the year has been touched by as many transactions (YearTouched) as when it was added up; else it is added
    up anew, and until then nobody reads it. Nothing in it was entered after `known_from`.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("indicator"), max_length=12, choices=Indicator.choices)
    categories = ArrayField(
        models.CharField(max_length=16), help_text="What counted, in order; none for conferences."
    )
    daily = ArrayField(models.IntegerField(), help_text="From 1 January to 31 December.")
    touched = models.PositiveIntegerField()
    known_from = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("past year")
        verbose_name_plural = _("past years")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "indicator", "categories"],
                name="a_past_year_is_kept_once_under_the_same_rules",
            ),
        ]


class YearTouched(models.Model):
    """A transaction that changed what a year that was over brought. Rows of their own, so that nobody waits for anybody.

    `began` beside its number: numbers start anew where a dump is restored.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    transaction = models.BigIntegerField()
    began = models.DateTimeField()

    class Meta:
        verbose_name = _("change of a past year")
        verbose_name_plural = _("changes of past years")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "transaction", "began"], name="a_transaction_touches_a_year_once"
            ),
        ]


class Expectation(models.Model):
    """What was known of an arrival from a moment on; the latest before an evening is what that evening knew.

    Written by a trigger whenever an arrival is announced or changes in what figures are made of. No persons.
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField(_("since"))
    party = models.CharField(max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Occasion.Kind.choices)
    starts_at = models.DateTimeField(_("starts"))
    participant_category = models.CharField(max_length=16, choices=Category.choices)
    adult_category = models.CharField(max_length=16, choices=Category.choices)
    participants = models.PositiveIntegerField(_("participants"))
    adults = models.PositiveIntegerField(_("adults"))
    expected = models.BooleanField(_("expected"))

    class Meta:
        verbose_name = _("what was known of an arrival")
        verbose_name_plural = _("what was known of arrivals")
        indexes = [
            models.Index(fields=["arrival", "since"], name="expectation_by_arrival"),
            models.Index(fields=["starts_at"], name="expectation_by_time"),
            models.Index(fields=["since"], name="expectation_first"),  # since when anything is known
        ]
