"""What those who were registered may look at when a day of their course is over."""

import datetime as dt

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.courses.models.rounds import Day, Round
from navet.house.models import Occasion


class MaterialQuerySet(models.QuerySet["Material"]):
    def shown(self, of: Round, at: dt.datetime) -> "MaterialQuerySet":
        """Of the days that are over, in their order."""
        over = self.filter(
            day__round=of,
            day__occasion__status=Occasion.Status.PLANNED,
            day__occasion__period__endswith__lte=at,
        )
        return over.order_by("day__occasion__period", "pk")


@pghistory.track()
class Material(models.Model):
    """A link that belongs to a day of a round, shown from the day's end to those who had a place."""

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="material")
    title = models.CharField(_("title"), max_length=120)
    url = models.URLField(_("address"), max_length=500)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("course material")
        verbose_name_plural = _("course material")
        constraints = [
            models.CheckConstraint(condition=Q(url__startswith="http"), name="material_is_an_address"),
            models.UniqueConstraint(fields=["day", "url"], name="material_is_there_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.title
