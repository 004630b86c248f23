"""What children can join: clubs and camps, each given as groups of meetings."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.common.models import InTwoLanguages, Status
from navet import periods
from navet.house.models import Occasion

if TYPE_CHECKING:
    from bookings.leisure.models.enrolments import EnrolmentQuerySet

DRAWN_AFTER = dt.timedelta(minutes=30)  # the window's end; who applied just before enters the code meanwhile


class ClubQuerySet(models.QuerySet["Club"]):
    def published(self) -> "ClubQuerySet":
        return self.filter(is_published=True)


@pghistory.track()
class Club(InTwoLanguages, models.Model):
    """What children do; its groups say when. Ages are those the child turns in the year of the first meeting."""

    class Kind(models.TextChoices):
        CLUB = "club", _("Club")
        CAMP = "camp", _("Camp")

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.CLUB)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    meals_sv = models.CharField(_("meals, in Swedish"), max_length=300, blank=True)
    meals_en = models.CharField(_("meals, in English"), max_length=300, blank=True)
    bring_sv = models.CharField(_("what to bring, in Swedish"), max_length=300, blank=True)
    bring_en = models.CharField(_("what to bring, in English"), max_length=300, blank=True)
    youngest = models.PositiveSmallIntegerField(_("from age"))
    oldest = models.PositiveSmallIntegerField(_("to age"))
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = _("club")
        verbose_name_plural = _("clubs")
        constraints = [
            models.CheckConstraint(
                condition=Q(youngest__gte=3, youngest__lte=F("oldest"), oldest__lte=25),
                name="a_club_is_for_the_young",
            ),
            models.CheckConstraint(condition=Q(kind__in=["club", "camp"]), name="a_club_is_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_camp(self) -> bool:
        """Whether it is given over days on end, and nobody continues from a term before."""
        return self.kind == self.Kind.CAMP

    @property
    def meals(self) -> str:
        return self.text_in_language("meals")

    @property
    def bring(self) -> str:
        return self.text_in_language("bring")


class GroupQuerySet(models.QuerySet["Group"]):
    def whole(self) -> Self:
        return self.select_related("occasion", "club", "draw").prefetch_related("meetings__occasion")

    def open(self, at: dt.datetime) -> Self:
        """Can be applied for, enrolled in or waited for at this moment."""
        return self.filter(called_off_at=None, ends_at__gt=at, opens_at__lte=at, club__is_published=True)

    def to_draw(self, at: dt.datetime) -> Self:
        """Their window is over, and nobody has drawn."""
        return self.filter(called_off_at=None, closes_at__lte=at - DRAWN_AFTER, draw__isnull=True)

    def with_places(self, at: dt.datetime) -> Self:
        """Adds `taken`, the places held at this moment, `free`, and `queued`, those that applied or wait."""
        holding = _children().holding(at)
        waiting = holding.exclude(queued_at=None).filter(status=Status.CONFIRMED)
        return self.annotate(
            taken=_many(holding.filter(queued_at=None)),
            free=F("occasion__capacity") - F("taken"),
            queued=_many(waiting),
        )


def _children() -> "EnrolmentQuerySet":
    from bookings.leisure.models.enrolments import Enrolment  # noqa: PLC0415  # it imports this module: an enrolment is in a group

    return Enrolment.objects.filter(group=models.OuterRef("pk"))


def _many(enrolments: models.QuerySet) -> Coalesce:
    counted = enrolments.order_by().values("group").annotate(n=Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0)


# Another fingerprint only after the earlier one is among those that anybody sees (models/draws.py), and never after the draw.
_IN_THE_OPEN = """
    IF NOT EXISTS (
        SELECT FROM leisure_exchange e WHERE e.group_id = OLD.occasion_id AND e.seed_sha256 = OLD.seed_sha256
    ) OR EXISTS (SELECT FROM leisure_draw d WHERE d.group_id = OLD.occasion_id) THEN
        RAISE EXCEPTION 'the fingerprint of group % was published', OLD.occasion_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Group(models.Model):
    """A club given for a term, or a camp: its first meeting's occasion holds the places, and children come to all meetings.

    With `closes_at` there is a window: whoever applied from `opens_at` until then takes part in the draw. Without it, and after
    the draw, who comes first is enrolled. `seed_sha256` is public from the start; the seed itself is in no table until the draw
    is held (bookings/leisure/seeds.py). The fee, in öre with VAT, is of the whole term.
    """

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, primary_key=True, related_name="leisure_group"
    )
    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="groups")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("applications until"), null=True, blank=True)
    ends_at = models.DateTimeField(_("last meeting ends"))
    fee_ore = models.PositiveIntegerField(_("fee, öre"), default=0)
    seed_sha256 = models.CharField(_("fingerprint of the seed"), max_length=64, blank=True)
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    call_off_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = GroupQuerySet.as_manager()

    taken: int  # where with_places adds them
    free: int
    queued: int

    class Meta:
        verbose_name = _("leisure group")
        verbose_name_plural = _("leisure groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="a_window_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True, seed_sha256="")
                | Q(closes_at__isnull=False, seed_sha256__regex=r"^[0-9a-f]{64}$"),
                name="what_decides_a_draw_is_published",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_was_published_is_exchanged_in_the_open",
                operation=pgtrigger.UpdateOf("seed_sha256"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__seed_sha256__df=pgtrigger.F("new__seed_sha256")),
                func=_IN_THE_OPEN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.club} {self.occasion.starts_at:%Y-%m-%d}"

    def occasions(self) -> list[Occasion]:
        """All its meetings that take place, in order. Reads `meetings`, prefetched."""
        return [one.occasion for one in self.meetings.all() if one.occasion.status == Occasion.Status.PLANNED]

    def other_times(self) -> list[Occasion]:
        """Those of a camp's days that begin or end at another time of day than the first. Reads `meetings`, prefetched."""
        days = self.occasions() if self.club.is_camp else []
        return [one for one in days if _clock(one) != _clock(days[0])]

    def has_drawn(self) -> bool:
        return hasattr(self, "draw")

    def is_first_come(self) -> bool:
        """Whether places go to whoever comes first: there was never a window, or its draw is held."""
        return self.closes_at is None or self.has_drawn()

    def in_window(self, moment: dt.datetime) -> bool:
        """Whether an application of that moment takes part in the draw."""
        return self.closes_at is not None and moment <= self.closes_at

    @property
    def drawn_from(self) -> dt.datetime | None:
        """The moment from which the draw is held."""
        return self.closes_at + DRAWN_AFTER if self.closes_at else None

    @property
    def year(self) -> int:
        """The year whose ages count."""
        return periods.local_day(self.occasion.starts_at).year


def _clock(occasion: Occasion) -> tuple[dt.time, dt.time]:
    """From when until when, on the wall."""
    return timezone.localtime(occasion.starts_at).time(), timezone.localtime(occasion.ends_at).time()


class Meeting(models.Model):
    """One meeting of a group, or one day of a camp."""

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, primary_key=True, related_name="leisure_meeting"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["occasion__period"]

    def __str__(self) -> str:
        return str(self.occasion)
