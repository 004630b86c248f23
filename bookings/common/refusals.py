"""Why a booking of any line is refused; written to whoever booked."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class TooManyHolds(Refused):
    code = "too_many_holds"
    field = "contact_email"
    status = 429
    message = _(
        "Several bookings with this address wait for their code. Confirm them first, or try again in half an hour."
    )


class NotYourBooking(Refused):
    code = "not_your_booking"
    status = 403
    message = _("Only the contact person and Navet may change this booking.")


class NoSuchBooking(Refused):
    code = "no_such_booking"
    status = 404
    message = _("There is no booking with this code.")


class ChangedMeanwhile(Refused):
    """`extra["version"]` is the version that stands."""

    code = "changed_meanwhile"
    status = 412
    message = _("The booking was changed meanwhile. Look at it again.")


class NotPossibleNow(Refused):
    """`extra`: `status`, where the booking stands."""

    code = "not_possible_now"
    message = _("The booking is not in a state where this can be done.")


class HoldLapsed(Refused):
    """`extra`: `free_places`."""

    code = "hold_lapsed"
    field = "pin"


class NoSuchSchool(Refused):
    code = "no_such_school"
    field = "school"
    status = 400
    message = _("There is no such school.")


class SchoolClosed(Refused):
    code = "school_closed"
    field = "school"
    message = _("This school is not active in the register of schools.")


class Cancelled(Refused):
    code = "called_off"
    message = _("It has been called off. Choose another time.")


class Began(Refused):
    code = "has_begun"
    message = _("It has begun. Please call Navet instead.")


HOLD_LAPSED = _("The places were held until the code's time ran out. %(reason)s")
