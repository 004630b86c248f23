"""Classes on a session, from the first request to the end."""

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.schools.models.programmes import Language
from bookings.schools.models.sessions import Session
from navet.accounts.actor import Actor
from navet.directory.grades import Grade
from navet.directory.models import SchoolUnit
from navet.house.models import Occasion


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


@pghistory.track(
    exclude=["contact_name", "contact_email", "contact_phone"],
    # The trail is followed from a booking to who did it, not the other way.
    context_field=pghistory.ContextForeignKey(db_index=False),
)
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

    code = models.CharField(_("code"), max_length=10)
    # booking_places_by_session begins with it.
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", db_index=False)
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
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # asked about when somebody's account ends, and at no other time
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
            # Not `unique=True`, for which Django adds an index of prefixes: a code is asked for whole.
            models.UniqueConstraint(fields=["code"], name="one_booking_per_code"),
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
