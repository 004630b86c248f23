"""The house: its rooms and cells, when it is open, and everything that happens in it."""

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from navet import periods


class OnePoint(Func):
    """`[n, n]`: an equality that an exclusion constraint can index without btree_gist."""

    def __init__(self, field: str) -> None:
        super().__init__(F(field), F(field), models.Value("[]"), function="int8range")


class Cell(models.Model):
    """The smallest piece of floor that one party can have to itself. A hall that divides in two is two cells."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")

    def __str__(self) -> str:
        return self.name


class RoomQuerySet(models.QuerySet["Room"]):
    def active(self) -> "RoomQuerySet":
        return self.filter(is_active=True)


class Room(models.Model):
    """What people book: one or more cells under a name. Rooms may share cells; the cells keep parties apart."""

    slug = models.SlugField(unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    cells = models.ManyToManyField(Cell, related_name="rooms", verbose_name=_("cells"))
    turnaround_minutes = models.PositiveSmallIntegerField(_("turnaround, minutes"), default=15)
    is_lunch_room = models.BooleanField(_("lunch room"), default=False)
    step_free = models.BooleanField(_("step-free"), default=True)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_sv


class Furnishing(models.Model):
    """How many a room takes in one way of furnishing it."""

    class Kind(models.TextChoices):
        THEATRE = "theatre", _("Theatre")
        CLASSROOM = "classroom", _("Classroom")
        U_SHAPE = "u", _("U-shape")
        GROUPS = "groups", _("Groups")
        CAFE = "cafe", _("Café")
        STANDING = "standing", _("Standing")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="furnishings")
    kind = models.CharField(_("furnishing"), max_length=12, choices=Kind.choices)
    capacity = models.PositiveSmallIntegerField(_("capacity"))

    class Meta:
        verbose_name = _("furnishing")
        verbose_name_plural = _("furnishings")
        constraints = [
            models.UniqueConstraint(fields=["room", "kind"], name="one_capacity_per_room_and_furnishing"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="a_furnishing_seats_somebody"),
        ]


class OpeningHours(models.Model):
    """When the house is open on one weekday of a season, to schools and staff (house) or to the public."""

    class Audience(models.TextChoices):
        HOUSE = "house", _("Schools and bookings")
        PUBLIC = "public", _("Public")

    season = models.CharField(_("season"), max_length=60)
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.HOUSE
    )
    days = DateRangeField(_("days"))
    weekday = models.PositiveSmallIntegerField(_("weekday, Monday is 0"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="the_house_closes_after_it_opens"
            ),
        ]


class Closure(models.Model):
    """Days on which the house, or one room, is closed in spite of its opening hours."""

    days = DateRangeField(_("days"))
    reason = models.CharField(_("reason"), max_length=120)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="closures")
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")


class OccasionQuerySet(models.QuerySet["Occasion"]):
    def going_to_happen(self) -> "OccasionQuerySet":
        return self.filter(status=Occasion.Status.PLANNED)

    def on_day(self, day: dt.date) -> "OccasionQuerySet":
        """Those that overlap the day in Borås."""
        return self.filter(period__overlap=periods.day_period(day))

    def starting_between(self, first: dt.datetime, end: dt.datetime) -> "OccasionQuerySet":
        return self.filter(period__startswith__gte=first, period__startswith__lt=end)

    def of_kind(self, kind: str) -> "OccasionQuerySet":
        return self.filter(kind=kind)

    def in_time_order(self) -> "OccasionQuerySet":
        return self.order_by("period", "pk")


@pghistory.track()
class Occasion(models.Model):
    """Something at a time in the house. One table for all kinds, so one constraint keeps two parties out of one room.

    `capacity` is places for participants (accompanying adults take none); null means not counted.
    `max_groups` caps how many bookings may hold places at once; null means no cap.
    `holds_until` is when an option on it runs out, and whoever plans next may have its rooms; null means for good.
    """

    class Kind(models.TextChoices):
        SCHOOL_SESSION = "school_session", _("School programme")
        LUNCH = "lunch", _("Lunch sitting")
        COURSE_DAY = "course_day", _("Course")
        CLUB_MEETING = "club_meeting", _("Leisure group")
        CONFERENCE = "conference", _("Conference")
        GROUP_VISIT = "group_visit", _("Group visit")
        PUBLIC = "public", _("Open to the public")
        INTERNAL = "internal", _("Internal")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", _("Called off")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    period = DateTimeRangeField(_("period"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    max_groups = models.PositiveSmallIntegerField(_("groups at most"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    version = models.PositiveIntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)
    override_reason = models.CharField(_("why it is outside the opening hours"), max_length=200, blank=True)
    holds_until = models.DateTimeField(_("held until"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OccasionQuerySet.as_manager()

    # Where a query fetched them on the side, as the schools' search does.
    listed_uses: list["RoomUse"]
    listed_duties: list["Duty"]

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__startswith__isnull=False, period__endswith__isnull=False
                ),
                name="occasion_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(status="planned", cancelled_at__isnull=True)
                | Q(status="cancelled", cancelled_at__isnull=False),
                name="a_cancelled_occasion_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "period"], name="occasion_by_kind_and_time"),  # session search
            models.Index(fields=["period"], name="occasion_by_time"),  # the day list
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_sv

    @property
    def starts_at(self) -> dt.datetime:
        return self.period.lower

    @property
    def ends_at(self) -> dt.datetime:
        return self.period.upper

    @property
    def places(self) -> int:
        """The capacity of what is counted, as sessions and lunch sittings are. Raises ValueError for others."""
        if self.capacity is None:
            raise ValueError(f"occasion {self.pk} is not counted")
        return self.capacity

    @property
    def groups(self) -> int:
        """The same of `max_groups`."""
        if self.max_groups is None:
            raise ValueError(f"occasion {self.pk} has no cap on groups")
        return self.max_groups


class RoomUse(models.Model):
    """One party in one cell for a period that includes the turnaround after it."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="room_uses")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="uses")
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="uses")
    period = DateTimeRangeField(_("period"))
    holds = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("room use")
        verbose_name_plural = _("room uses")
        constraints = [
            ExclusionConstraint(
                name="one_party_in_a_cell_at_a_time",
                expressions=[
                    (OnePoint("cell_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(holds=True),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="a_room_use_ends_after_it_starts"
            ),
        ]


class Duty(models.Model):
    """One educator leading one occasion."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="duties")
    educator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    period = DateTimeRangeField(_("period"))
    holds = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            ExclusionConstraint(
                name="one_educator_in_one_place_at_a_time",
                expressions=[
                    (OnePoint("educator_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(holds=True),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="a_duty_ends_after_it_starts"),
        ]
