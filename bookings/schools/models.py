"""School programmes, their sessions and the classes that book them."""

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.directory.grades import Grade
from navet.directory.models import SchoolUnit
from navet.house.models import Occasion, Room
from navet.money import MAX_ORE


class Subject(models.TextChoices):
    BIOLOGY = "biology", _("Biology")
    CHEMISTRY = "chemistry", _("Chemistry")
    PHYSICS = "physics", _("Physics")
    TECHNOLOGY = "technology", _("Technology")
    MATHEMATICS = "mathematics", _("Mathematics")
    PROGRAMMING = "programming", _("Programming and AI")
    ASTRONOMY = "astronomy", _("Astronomy")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    LANGUAGE = "language", _("Language and drama")


class Language(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def published(self) -> "ProgrammeQuerySet":
        return self.filter(is_published=True)


@pghistory.track()
class Programme(models.Model):
    """What a class comes for. Prices are for those outside the agreements: per group, in öre including VAT."""

    slug = models.SlugField(unique=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    prepare_sv = models.TextField(_("preparation in Swedish"), blank=True)
    prepare_en = models.TextField(_("preparation in English"), blank=True)
    accessibility_sv = models.TextField(_("accessibility in Swedish"), blank=True)
    accessibility_en = models.TextField(_("accessibility in English"), blank=True)
    curriculum_sv = models.TextField(_("curriculum links in Swedish"), blank=True)
    curriculum_en = models.TextField(_("curriculum links in English"), blank=True)
    subjects = ArrayField(
        models.CharField(max_length=16, choices=Subject.choices), verbose_name=_("subjects")
    )
    grades = ArrayField(models.CharField(max_length=4, choices=Grade.choices), verbose_name=_("grades"))
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices), verbose_name=_("languages")
    )
    length_minutes = models.PositiveSmallIntegerField(_("length, minutes"))
    min_pupils = models.PositiveSmallIntegerField(_("pupils at least"), default=1)
    max_pupils = models.PositiveSmallIntegerField(_("pupils at most"))
    groups_at_once = models.PositiveSmallIntegerField(_("groups at once"), default=1)
    half_class_max = models.PositiveSmallIntegerField(_("half class, pupils at most"), default=17)
    price_half_ore = models.PositiveIntegerField(_("price for half a class, öre"))
    price_full_ore = models.PositiveIntegerField(_("price for a full class, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"), default=250)
    rooms = models.ManyToManyField(Room, related_name="programmes", verbose_name=_("rooms it can use"))
    educators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="programmes",
        blank=True,
        verbose_name=_("educators who can lead it"),
    )
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_pupils__gte=1, max_pupils__gte=models.F("min_pupils")),
                name="a_group_has_at_least_its_minimum",
            ),
            models.CheckConstraint(
                condition=Q(groups_at_once__gte=1, length_minutes__gte=1),
                name="a_programme_takes_time_and_a_group",
            ),
            models.CheckConstraint(
                condition=Q(price_half_ore__lte=MAX_ORE, price_full_ore__gte=models.F("price_half_ore")),
                name="a_full_class_pays_no_less_than_half",
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=[0, 60, 120, 250]), name="a_programmes_vat_is_a_swedish_rate"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def text_in_language(self, field: str) -> str:
        """`field` ("title", "summary", …) in the active language; Swedish where the English is missing."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{field}_sv")

    @property
    def title(self) -> str:
        return self.text_in_language("title")


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
        holding = (
            SchoolBooking.objects.filter(session=models.OuterRef("pk"))
            .holding(at)
            .order_by()
            .values("session")
        )
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


class Need(models.TextChoices):
    """Coded access needs: how many, never who and never why."""

    WHEELCHAIR = "wheelchair", _("Wheelchair")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign_language", _("Sign language interpreter comes along")
    LOW_VISION = "low_vision", _("Low vision")
    CALM_SPACE = "calm_space", _("Calm space")
    ASSISTANT = "assistant", _("Assistant comes along")
    STEP_FREE = "step_free", _("Step-free route")


class BookingQuerySet(models.QuerySet["SchoolBooking"]):
    def holding(self, at: dt.datetime) -> "BookingQuerySet":
        """Those that take places at this moment: confirmed, or held or offered and not yet lapsed."""
        return self.filter(
            Q(status=SchoolBooking.Status.CONFIRMED)
            | Q(status__in=[SchoolBooking.Status.HELD, SchoolBooking.Status.OFFERED], holds_until__gt=at)
        )

    def confirmed(self) -> "BookingQuerySet":
        return self.filter(status=SchoolBooking.Status.CONFIRMED)

    def waiting(self) -> "BookingQuerySet":
        """The queue, first come first."""
        return self.filter(status=SchoolBooking.Status.WAITING).order_by("waiting_since", "pk")

    def visible_to(self, by: Actor | None) -> "BookingQuerySet":
        """Staff who look after bookings see all; a booker who proved an address sees hers; others none."""
        if by is None:
            return self.none()
        if by.has_capability("schools.view_bookings") or by.has_capability("schools.book_for"):
            return self
        return self.filter(contact_email=by.email.lower()) if by.email else self.none()

    def whole(self) -> "BookingQuerySet":
        """With everything a page, a mail or an arrival says of it, in one query."""
        return self.select_related(
            "session__occasion", "session__programme", "school__organiser", "school__municipality", "lunch"
        )

    def lapsed(self, at: dt.datetime) -> "BookingQuerySet":
        """Holds and offers whose time is out but which nobody has tidied up."""
        return self.filter(
            status__in=[SchoolBooking.Status.HELD, SchoolBooking.Status.OFFERED], holds_until__lte=at
        )


@pghistory.track(exclude=["contact_name", "contact_email", "contact_phone"])
class SchoolBooking(models.Model):
    """A class on a session. Pupils take places, adults do not. One row from first request to the end.

    HELD: places held until the e-mail code is entered. REQUESTED: wants the waiting list, e-mail not yet proved.
    WAITING: in the queue. OFFERED: a freed place held for it. CONFIRMED, CANCELLED, LAPSED speak for themselves.
    `price_ore` is what the visit costs (0 inside an agreement); `owed_ore` what a late cancellation came to.
    """

    class Status(models.TextChoices):
        HELD = "held", _("Waiting for the code")
        REQUESTED = "requested", _("Waiting for the code, waiting list")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Place offered")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")
        LAPSED = "lapsed", _("Lapsed")

    MOVES: dict[str, set[str]] = {
        Status.HELD: {Status.CONFIRMED, Status.LAPSED, Status.CANCELLED},
        Status.REQUESTED: {Status.WAITING, Status.LAPSED, Status.CANCELLED},
        Status.WAITING: {Status.OFFERED, Status.CONFIRMED, Status.LAPSED, Status.CANCELLED},
        Status.OFFERED: {Status.CONFIRMED, Status.WAITING, Status.LAPSED, Status.CANCELLED},
        Status.CONFIRMED: {Status.CANCELLED},
        Status.CANCELLED: set(),
        Status.LAPSED: {Status.CONFIRMED, Status.WAITING},  # the code came late and there was still room
    }

    code = models.CharField(_("code"), max_length=10, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    school = models.ForeignKey(
        SchoolUnit, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("school")
    )
    class_name = models.CharField(_("class"), max_length=40)
    grade = models.CharField(_("grade"), max_length=4, choices=Grade.choices)
    pupils = models.PositiveSmallIntegerField(_("pupils"))
    first_pupils = models.PositiveSmallIntegerField(_("pupils first booked"))
    adults = models.PositiveSmallIntegerField(_("adults"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.SWEDISH
    )
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=Language.choices, default=Language.SWEDISH
    )
    contact_name = models.CharField(_("contact"), max_length=120)
    contact_email = models.EmailField(_("e-mail address"))
    contact_phone = models.CharField(_("telephone"), max_length=20)
    needs = models.JSONField(_("access needs"), default=dict, blank=True)
    bus_at = models.TimeField(_("bus arrives"), null=True, blank=True)
    lunch = models.ForeignKey(
        Occasion, null=True, blank=True, on_delete=models.PROTECT, related_name="lunch_bookings"
    )
    invoice_reference = models.CharField(_("invoice reference"), max_length=60, blank=True)
    price_ore = models.PositiveIntegerField(_("price, öre"), default=0)
    owed_ore = models.PositiveIntegerField(_("owed after late cancellation, öre"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    holds_until = models.DateTimeField(_("held until"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    passed_over = models.PositiveSmallIntegerField(_("passed over"), default=0)
    passed_over_at = models.DateTimeField(_("last passed over"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)
    leaves_free = models.BooleanField(
        _("may leave without a fee"),
        default=False,
        help_text=_("Navet moved the session after it was booked."),
    )
    final_count_at = models.DateTimeField(_("final count given"), null=True, blank=True)
    override_reason = models.CharField(_("reason for the exception"), max_length=200, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("created"))

    objects = BookingQuerySet.as_manager()

    fits_now: bool  # where lists.queue adds it

    class Meta:
        verbose_name = _("school booking")
        verbose_name_plural = _("school bookings")
        constraints = [
            models.CheckConstraint(
                condition=Q(pupils__gte=1, pupils__lte=500, adults__lte=100), name="a_class_has_pupils"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["held", "offered"], holds_until__isnull=False)
                | (~Q(status__in=["held", "offered"]) & Q(holds_until__isnull=True)),
                name="only_a_held_or_offered_place_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting"]) | Q(waiting_since__isnull=False),
                name="who_waits_knows_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
                name="a_confirmed_booking_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False),
                name="a_cancelled_booking_says_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["held", "requested", "waiting", "offered", "confirmed", "cancelled", "lapsed"]
                ),
                name="a_booking_has_a_known_status",
            ),
            models.UniqueConstraint(
                fields=["session", "school", "class_name", "contact_email"],
                condition=Q(status__in=["held", "requested", "waiting", "offered", "confirmed"]),
                name="a_class_books_a_session_once",
            ),
        ]
        indexes = [
            # The count of places on a session.
            models.Index(
                fields=["session", "status"],
                include=["pupils", "holds_until"],
                name="booking_places_by_session",
            ),
            # The tidying of holds and offers.
            models.Index(
                fields=["holds_until"], condition=Q(holds_until__isnull=False), name="booking_holds_by_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.class_name}"

    def is_held(self, at: dt.datetime) -> bool:
        """Whether a hold or an offer of it still stands."""
        return self.holds_until is not None and self.holds_until > at
