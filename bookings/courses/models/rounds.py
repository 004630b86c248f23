"""Courses for educators, their rounds and days, and the persons who are registered and come."""

import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking, HeldBookingQuerySet, InTwoLanguages, Status
from navet.directory.grades import Form
from navet.directory.models import SchoolUnit
from navet.house.models import Occasion
from visitors.models import Visit

MOST_AT_ONCE = 30  # persons in one registration


class Field(models.TextChoices):
    """What a course is about."""

    AI = "ai", _("AI for educators")
    PROGRAMMING = "programming", _("Programming and digital tools")
    SCIENCE = "science", _("Science")
    TECHNOLOGY = "technology", _("Technology")
    MATHEMATICS = "mathematics", _("Mathematics")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    OTHER = "other", _("Other")


class CourseQuerySet(models.QuerySet["Course"]):
    def published(self) -> "CourseQuerySet":
        return self.filter(is_published=True)


@pghistory.track()
class Course(InTwoLanguages, models.Model):
    """What educators are taught; its rounds say when. The price is for each person of a school outside the agreements."""

    slug = models.SlugField(unique=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    field = models.CharField(_("what it is about"), max_length=16, choices=Field.choices)
    forms = ArrayField(
        models.CharField(max_length=6, choices=Form.choices), verbose_name=_("for educators in"), default=list
    )
    price_ore = models.PositiveIntegerField(_("price per person outside agreements, öre"), default=0)
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"), default=250)
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(
                condition=Q(vat_permille__in=[0, 60, 120, 250]), name="a_courses_vat_is_a_swedish_rate"
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="a_course_is_about_something"),
        ]

    def __str__(self) -> str:
        return self.title

    def audience(self) -> list[str]:
        """The school forms, in words."""
        names = dict(Form.choices)
        return [str(names[form]) for form in self.forms]


class RoundQuerySet(models.QuerySet["Round"]):
    def whole(self) -> Self:
        return self.select_related("occasion", "course").prefetch_related("days__occasion")

    def open(self, at: dt.datetime) -> Self:
        """Can be registered for by everybody at this moment, or waited for."""
        return self.filter(
            reserved_for=None,
            occasion__status=Occasion.Status.PLANNED,
            occasion__period__startswith__gt=at,
            opens_at__lte=at,
            course__is_published=True,
        )

    def with_places(self, at: dt.datetime) -> Self:
        """Adds `taken`, the places held at this moment, `free`, and `queued`, the persons on the waiting list."""
        holding = Registration.objects.filter(round=models.OuterRef("pk")).holding(at)
        return self.annotate(
            taken=_persons(holding.filter(queued_at=None)),
            free=F("occasion__capacity") - F("taken"),
            queued=_persons(holding.exclude(queued_at=None).filter(status=Status.CONFIRMED)),
        )


def _persons(registrations: models.QuerySet) -> Coalesce:
    summed = registrations.order_by().values("round").annotate(n=Sum("persons")).values("n")
    return Coalesce(models.Subquery(summed), 0)


@pghistory.track()
class Round(models.Model):
    """A course that is given: its first day's occasion holds the places, and whoever registers comes to all days.

    With fewer than `least` persons it is decided by `decide_by` whether it takes place. `assured_at`: it does.
    """

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, primary_key=True, related_name="course_round"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="rounds")
    opens_at = models.DateTimeField(_("opens for registration"))
    least = models.PositiveSmallIntegerField(_("persons at least"), default=1)
    decide_by = models.DateField(_("to be decided by"), null=True, blank=True)
    assured_at = models.DateTimeField(_("takes place for certain since"), null=True, blank=True)
    reserved_for = models.ForeignKey(
        SchoolUnit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("for one school alone"),
    )

    objects = RoundQuerySet.as_manager()

    taken: int  # where with_places adds them
    free: int
    queued: int

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=1), name="a_round_needs_somebody"),
            models.CheckConstraint(
                condition=Q(least=1) | Q(decide_by__isnull=False), name="a_minimum_is_decided_on_some_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.occasion.starts_at:%Y-%m-%d}"

    def occasions(self) -> list[Occasion]:
        """All its days in order. Reads `days`, prefetched."""
        return [day.occasion for day in self.days.all()]

    def is_called_off(self) -> bool:
        """All its days, as always."""
        return self.occasion.status == Occasion.Status.CANCELLED

    def is_undecided(self) -> bool:
        """Whether it may still be called off for want of persons."""
        return self.least > 1 and self.assured_at is None


class Day(models.Model):
    """One day of a round."""

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, primary_key=True, related_name="course_day"
    )
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="days")

    class Meta:
        verbose_name = _("course day")
        verbose_name_plural = _("course days")
        ordering = ["occasion__period"]

    def __str__(self) -> str:
        return str(self.occasion)


class RegistrationQuerySet(HeldBookingQuerySet):
    def whole(self) -> Self:
        return self.select_related(
            "occasion", "round__occasion", "round__course", "school__organiser", "school__municipality"
        ).prefetch_related("round__days__occasion", "participants")

    def placed(self) -> Self:
        """Those with a place for certain."""
        return self.confirmed().filter(queued_at=None)

    def waiting(self) -> Self:
        """The waiting list, first come first."""
        return self.confirmed().exclude(queued_at=None).order_by("queued_at", "pk")


@pghistory.track(exclude=["contact_name", "contact_email", "contact_phone"])
class Registration(HeldBooking):
    """One or more persons of a school on a round. While `queued_at` is set they wait for a place, and take none."""

    SEEN_BY = "courses.view_registrations"
    PURPOSE = "course-registration"
    LINE = "courses"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="registrations")
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="course_registrations")
    school = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="+")
    persons = models.PositiveSmallIntegerField(_("persons"))
    queued_at = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    invoice_reference = models.CharField(_("invoice reference"), max_length=60, blank=True)
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))
    charged_at = models.DateTimeField(_("noted for invoicing"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta(HeldBooking.Meta):
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            *HeldBooking.Meta.constraints,
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=MOST_AT_ONCE), name="a_registration_has_persons"
            ),
            models.CheckConstraint(
                condition=Q(occasion=F("round")), name="a_registration_is_for_its_rounds_first_day"
            ),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True) | Q(status__in=["held", "confirmed"]),
                name="only_who_may_come_waits",
            ),
        ]
        indexes = [
            *HeldBooking.Meta.indexes,
            # The count of places on a round.
            models.Index(
                fields=["round", "status"],
                include=["persons", "holds_until", "queued_at"],
                name="course_places_by_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.contact_name}"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def with_attendance(self, day: "Day") -> Self:
        """Adds `is_there`, whether she was there on that day."""
        there = Attendance.objects.filter(day=day, participant=models.OuterRef("pk"))
        return self.annotate(is_there=models.Exists(there))


class Participant(models.Model):
    """Somebody who is to come. The address tells her from others of the same name, and one person in four courses from four."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))

    objects = ParticipantQuerySet.as_manager()

    is_there: bool  # where with_attendance adds it

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "registration", Lower("email"), name="nobody_is_registered_twice_in_a_registration"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """She was there that day; `visit` is what the ledger says of it. Taken back, the ledger gets a reversing entry."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="attended")
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="attended")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["participant", "day"], name="nobody_attends_a_day_twice")
        ]
