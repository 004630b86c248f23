"""Programmes at a time: one by one, or as a series over a term."""

import datetime as dt
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from bookings.schools.models.programmes import Language, Programme
from navet.house.models import Occasion

if TYPE_CHECKING:
    from bookings.schools.models.bookings import SchoolBooking


class Series(models.Model):
    """Sessions of one programme over a term: made together, some of them not made, each with its reason."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="series")
    first_date = models.DateField(_("first date"))
    last_date = models.DateField(_("last date"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays, Monday is 0"))
    times = ArrayField(models.TimeField(), verbose_name=_("times"))
    week_interval = models.PositiveSmallIntegerField(_("every so many weeks"), default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=models.F("first_date")), name="a_series_ends_after_it_starts"
            ),
        ]


class SeriesGap(models.Model):
    """An occurrence of a series that could not be made, and why."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="gaps")
    starts_at = models.DateTimeField(_("would have started"))
    code = models.CharField(_("code"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "starts_at"], name="one_reason_per_missing_occurrence")
        ]


class SessionQuerySet(models.QuerySet["Session"]):
    def bookable(self, at: dt.datetime) -> "SessionQuerySet":
        """Released, planned, not begun, of a published programme. Says nothing of free places."""
        return self.filter(
            occasion__status=Occasion.Status.PLANNED,
            occasion__period__startswith__gt=at,
            release_at__lte=at,
            programme__is_published=True,
        )

    def with_places(self, at: dt.datetime) -> "SessionQuerySet":
        """Adds `held_places` and `held_groups`, counted at this moment; free = capacity - held."""
        # By name: bookings know their session, not the other way round.
        bookings = apps.get_model("school_bookings", "SchoolBooking").objects
        holding = bookings.filter(session=models.OuterRef("pk")).holding(at).order_by().values("session")
        return self.annotate(
            held_places=models.functions.Coalesce(
                models.Subquery(holding.annotate(n=Sum("pupils")).values("n")), 0
            ),
            held_groups=models.functions.Coalesce(
                models.Subquery(holding.annotate(n=Count("pk")).values("n")), 0
            ),
        )


class Session(models.Model):
    """A programme at a time; the occasion holds when, where, with whom and how many."""

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, primary_key=True, related_name="school_session"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.SWEDISH
    )
    release_at = models.DateTimeField(_("can be booked from"))

    objects = SessionQuerySet.as_manager()

    # Where a query adds them: search.with_free, lists.with_queue, lists.queue, lists.duties.
    held_places: int
    held_groups: int
    free_places: int
    waiting: int
    parties: list["SchoolBooking"]
    coming: list["SchoolBooking"]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return f"{self.programme} {self.occasion.starts_at:%Y-%m-%d %H:%M}"
