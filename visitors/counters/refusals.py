"""Why a count or a correction is refused; raised by the operations of this room."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NotACounter(Refused):
    code = "not_a_counter"
    message = _("No door counter has this key.")
    status = 403


class NotAPerson(Refused):
    code = "not_a_person"
    message = _("Only a person, logged in, may decide this.")
    status = 403


class CounterNotActive(Refused):
    code = "counter_not_active"
    message = _("This door counter has been put aside.")


class WrongShape(Refused):
    code = "wrong_shape_for_counter"
    message = _("This is not what a counter of this kind sends.")


class WrongSerial(Refused):
    code = "wrong_serial_number"
    message = _("The serial number is not this counter's.")
    field = "serial"


class CountedInTheFuture(Refused):
    code = "counted_in_the_future"
    message = _("The device says a time to come. Set its clock, and send again.")


class ClockFarOff(Refused):
    code = "clock_far_off"
    message = _("The device's clock is more than a day wrong. Set it, and send again.")


class DayNotOver(Refused):
    code = "day_not_over"
    message = _("The day is not over yet.")
    field = "day"


class NothingCounted(Refused):
    code = "nothing_counted"
    message = _("No door counter has counted that day.")


class NothingToCorrect(Refused):
    code = "nothing_to_correct"
    message = _("The door and the desk agree; there is nothing to correct.")


class DifferenceChanged(Refused):
    """`extra`: difference, heads, as it is now."""

    code = "difference_changed"
    message = _("The figures have changed since you saw them. Look at them again.")
    field = "difference"


class ImplausibleDifference(Refused):
    code = "implausible_difference"
    message = _("So large a difference is a fault in the counter, not in the count of visitors.")
    field = "difference"


class AlreadyCorrected(Refused):
    """`extra`: approved_at, an ISO time, and by, the name of the person."""

    code = "already_corrected"

    def __init__(self, who: str, approved_at: dt.datetime) -> None:
        text = _("%(who)s has already had this day's correction entered.") % {"who": who}
        super().__init__(text, approved_at=approved_at.isoformat(), by=who)


class NoCorrection(Refused):
    code = "no_correction"
    message = _("No correction stands that day.")


class ReasonMissing(Refused):
    code = "reason_missing"
    message = _("Write the reason, in a few words.")
    field = "reason"


class PeriodEndsEarly(Refused):
    code = "period_ends_before_it_begins"
    message = _("The last day is before the first.")
    field = "valid_until"


class ImplausibleFactor(Refused):
    code = "implausible_factor"
    message = _("A factor is between 0.1 and 5.")
    field = "factor"
