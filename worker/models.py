"""Who wants which summary by mail, and what was told of when something went wrong."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """One staff user's wish for one summary, or, of those sent unasked, to be spared it."""

    class Kind(models.TextChoices):
        WEEKLY_CAPACITY = "weekly_capacity", _("Weekly capacity summary")
        MONTHLY_INDICATORS = "monthly_indicators", _("Monthly indicator summary")
        EDUCATOR_DAY = "educator_day", _("My day")
        DESK_DAY = "desk_day", _("The day at the desk")
        TERTIAL_REPORT = "tertial_report", _("Tertial report")
        ALERT_BEHIND = "alert_behind", _("Alert: an indicator is behind")
        ALERT_MINIMUM = "alert_minimum", _("Alert: too few for a session or a course")
        ALERT_WEEK = "alert_week", _("Alert: a week is not full")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    kind = models.CharField(_("summary"), max_length=24, choices=Kind.choices)
    wanted = models.BooleanField(_("wanted"), default=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_subscription_per_user_and_summary")
        ]


@pghistory.track()
class Threshold(models.Model):
    """A mark that management has set for the alerts; without a row the house's default holds (worker.alerts.thresholds)."""

    class Name(models.TextChoices):
        WEEK_FILL = "week_fill", _("A week is not full below, per cent")
        MINIMUM_DAYS = "minimum_days", _("Too few for a session or a course: so many days before")
        REPEAT_DAYS = "repeat_days", _("Tell again after so many days, 0 for never")

    name = models.CharField(_("mark"), max_length=14, choices=Name.choices, unique=True)
    value = models.PositiveSmallIntegerField(_("value"))

    class Meta:
        verbose_name = _("mark of an alert")
        verbose_name_plural = _("marks of alerts")


class Happening(models.Model):
    """Something that an alert was sent about: from when it was seen until it was over. `told_at` is the latest telling.

    `subject` is what it is about: an indicator of a year, a session, a round, a week. Never a person.
    """

    KINDS = (Subscription.Kind.ALERT_BEHIND, Subscription.Kind.ALERT_MINIMUM, Subscription.Kind.ALERT_WEEK)

    kind = models.CharField(_("kind"), max_length=24, choices=[(kind.value, kind.label) for kind in KINDS])
    subject = models.CharField(_("about"), max_length=40)
    since_at = models.DateTimeField(_("since"))
    told_at = models.DateTimeField(_("told"))
    times = models.PositiveSmallIntegerField(_("times told"), default=1)
    ended_at = models.DateTimeField(_("over"), null=True, blank=True)

    class Meta:
        verbose_name = _("happening")
        verbose_name_plural = _("happenings")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(ended_at=None), name="one_open_happening_of_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("since_at")),
                name="a_happening_ends_after_it_begins",
            ),
        ]
