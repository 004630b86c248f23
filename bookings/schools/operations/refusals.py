"""Why a booking is refused; each is raised by an operation beside this file and written to the teacher."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bookings.common.refusals import (  # noqa: F401 (raised as refusals.<Name> by the operations beside this file)
    HOLD_LAPSED,
    ChangedMeanwhile,
    HoldLapsed,
    NoSuchBooking,
    NotPossibleNow,
    NotYourBooking,
    TooManyHolds,
)
from navet.errors import Refused
from navet.pages.contact import ask_us


class NotPublished(Refused):
    code = "not_published"
    field = "session"
    message = _("This programme cannot be booked at present.")


class NotReleased(Refused):
    """`extra`: `release_at`, an ISO time."""

    code = "not_released"
    field = "session"
    message = _("This session cannot be booked yet.")


class SessionCancelled(Refused):
    code = "session_cancelled"
    field = "session"
    message = _("This session is cancelled. Choose another one.")


class SessionBegan(Refused):
    code = "session_began"
    message = format_lazy("{} {}", _("The session has begun."), ask_us())


class NoSuchSession(Refused):
    code = "no_such_session"
    field = "session"
    status = 400
    message = _("There is no such session.")


class SessionFull(Refused):
    """`extra`: `free_places` and `waiting_list_possible`."""

    code = "session_full"
    field = "pupils"


class GroupsFull(Refused):
    """`extra`: `free_places` and `waiting_list_possible`."""

    code = "groups_full"
    field = "session"
    message = _("The session already has as many groups as it takes.")


class TooSmallGroup(Refused):
    """`extra`: `at_least`, pupils."""

    code = "group_too_small"
    field = "pupils"


class TooLargeGroup(Refused):
    """`extra`: `at_most`, pupils."""

    code = "group_too_large"
    field = "pupils"


class GradeNotServed(Refused):
    code = "grade_not_served"
    field = "grade"
    message = _("The programme is not made for this grade.")


class LanguageNotOffered(Refused):
    code = "language_not_offered"
    field = "language"
    message = _("The programme is not given in that language.")


class NoSuchLunch(Refused):
    code = "no_such_lunch"
    field = "lunch"
    status = 400
    message = _("There is no such lunch sitting.")


class LunchNotThatDay(Refused):
    code = "lunch_not_that_day"
    field = "lunch"
    message = _("The lunch sitting must be on the same day as the visit, and not during the programme.")


class LunchFull(Refused):
    """`extra`: `free_seats`."""

    code = "lunch_full"
    field = "lunch"


class BadNeeds(Refused):
    code = "bad_needs"
    field = "needs"
    status = 400
    message = _("Access needs are known codes with how many people have each, at most as many as come.")


class InvoiceReferenceMissing(Refused):
    """`extra`: `price_ore`."""

    code = "invoice_reference_missing"
    field = "invoice_reference"
    message = _("The visit is not free for this school, so an invoice reference is needed.")


class AlreadyBooked(Refused):
    code = "already_booked"
    field = "class_name"
    message = _("This class has already booked the session with this e-mail address. Look in your mail.")


class ReasonMissing(Refused):
    code = "reason_missing"
    field = "reason"
    status = 400
    message = _("Give a reason.")


class MayNotOverride(Refused):
    code = "may_not_override"
    field = "override_reason"
    status = 403
    message = _("Only planners may make an exception.")


class OfferLapsed(Refused):
    code = "offer_lapsed"
    message = _("The offer has lapsed and the place was offered to the next in the queue.")


class MoveTooLate(Refused):
    """`extra`: `free_until`, an ISO time."""

    code = "move_too_late"
    field = "session"
    message = format_lazy("{} {}", _("It is too late to change session here."), ask_us())


class SameSession(Refused):
    code = "same_session"
    field = "session"
    message = _("The booking is already for this session.")


NO_PLACES = _("No places are left on this session.")
NO_SEATS = _("No seats are left at this sitting. Choose another one, or none.")
