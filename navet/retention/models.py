"""What was decided on how long, and what was forgotten, when and by whom: numbers, never the data."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_DAYS = 36_500


class DecisionQuerySet(models.QuerySet["Decision"]):
    def latest_of_each_rule(self) -> "DecisionQuerySet":
        return self.order_by("rule", "-pk").distinct("rule")


class Decision(models.Model):
    """Navet decided how many days a rule keeps its records. Never changed: the latest holds."""

    rule = models.CharField(_("rule"), max_length=40)
    days = models.PositiveIntegerField(_("days"))
    reference = models.CharField(_("decision"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on disposal")
        verbose_name_plural = _("decisions on disposal")
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="a_decision_on_disposal_is_named"),
            models.CheckConstraint(
                condition=Q(days__lte=MOST_DAYS), name="a_decision_on_disposal_ends_some_day"
            ),
        ]
        indexes = [models.Index(fields=["rule", "-id"], name="latest_decision_of_a_rule")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class RunQuerySet(models.QuerySet["Run"]):
    def newest_first(self) -> "RunQuerySet":
        return self.order_by("-started_at", "-pk")


class Run(models.Model):
    """One time that somebody, or the clock, let the rules do their work; not finished where it was killed."""

    class Why(models.TextChoices):
        NIGHT = "night", _("Every night")
        HOUR = "hour", _("Every hour")
        COMMAND = "command", _("By command")
        REQUEST = "request", _("Somebody asked to be forgotten")

    why = models.CharField(_("why"), max_length=8, choices=Why.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of the retention rules")
        verbose_name_plural = _("runs of the retention rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=models.F("started_at")),
                name="a_run_finishes_after_it_started",
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="retention_runs_newest_first")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Outcome(models.Model):
    """How many records a run emptied or removed by one rule; written in the transaction of each batch."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="outcomes")
    rule = models.CharField(_("rule"), max_length=40)
    records = models.PositiveIntegerField(_("records"))
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("outcome of a retention rule")
        verbose_name_plural = _("outcomes of retention rules")
        constraints = [
            models.UniqueConstraint(fields=["run", "rule"], name="one_outcome_per_run_and_rule"),
            models.CheckConstraint(condition=Q(records__gt=0), name="an_outcome_is_of_something"),
        ]
