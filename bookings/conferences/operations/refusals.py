"""Why a conference is refused; written to whoever books."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchRoom(Refused):
    code = "no_such_room"
    field = "rooms"
    status = 400
    message = _("There is no such room on hire.")


class NoSuchPart(Refused):
    code = "no_such_part"
    field = "part"
    status = 400
    message = _("There is no such part of the day.")


class NoSuchPackage(Refused):
    code = "no_such_package"
    field = "package"
    status = 400
    message = _("There is no such package.")


class NoSuchAddOn(Refused):
    code = "no_such_add_on"
    field = "add_ons"
    status = 400
    message = _("There is no such add-on.")


class NoRooms(Refused):
    code = "no_rooms"
    field = "rooms"
    status = 400
    message = _("Choose a room.")


class BadDays(Refused):
    code = "bad_days"
    field = "date"
    status = 400
    message = _("A conference is one to fourteen days in order, each once.")


class TooSoon(Refused):
    """`extra`: `first_date`."""

    code = "booked_too_soon"
    field = "date"


class TooFarAhead(Refused):
    """`extra`: `last_date`."""

    code = "booked_too_far_ahead"
    field = "date"


class NotLetThen(Refused):
    code = "not_let_then"
    field = "rooms"
    message = _("The room is not let for that part of the day. Choose another room or another time.")


class TooManyForRooms(Refused):
    """`extra`: `at_most`."""

    code = "too_many_for_rooms"
    field = "persons"


class PackageDoesNotFit(Refused):
    """`extra`: `at_least`, `at_most`, `part_kind`."""

    code = "package_does_not_fit"
    field = "package"
    message = _("The package does not fit the number of persons or the part of the day.")


class AddOnDoesNotFit(Refused):
    """`extra`: `add_on`, and what it takes."""

    code = "add_on_does_not_fit"
    field = "add_ons"


class DietsDoNotFit(Refused):
    code = "diets_do_not_fit"
    field = "diets"
    status = 400
    message = _("There are more special diets than persons.")


class PartsTaken(Refused):
    """Parts are taken. `extra`: `taken` (what, on which date, why), `nearest` dates and other `rooms` that are free."""

    code = "parts_taken"
    field = "rooms"


class QuoteOver(Refused):
    code = "quote_over"
    message = _("The quote is no longer valid. Ask for a new one.")


class QuoteReplaced(Refused):
    """`extra`: `number`, the quote that stands."""

    code = "quote_replaced"
    message = _("There is a newer quote. Look at it first.")


class RoomsGone(Refused):
    """What was held ran out, and somebody else has taken it."""

    code = "rooms_gone"


class CountIsFinal(Refused):
    code = "count_is_final"
    field = "persons"
    message = _("The final number has been given. Please call Navet to change it.")


class DaysAreFixed(Refused):
    """Leaving would cost something by now, and moving the days away would be leaving."""

    code = "days_are_fixed"
    field = "date"
    message = _("It is too close to move to another day here. Please call Navet.")


class NotUnderWay(Refused):
    code = "not_under_way"
    message = _("It has not begun, or ended too long ago to be changed.")


class DayHasBegun(Refused):
    code = "day_has_begun"
    field = "date"
    message = _(
        "A day that has begun keeps its date, its rooms and when it began; other days begin later than now."
    )


class NothingChanged(Refused):
    code = "nothing_changed"
    status = 400
    message = _("Nothing is changed yet.")


class MayNotBeInvoiced(Refused):
    code = "may_not_be_invoiced"
    field = "settlement"
    message = _("This conference is to be paid at once.")


class PriceInThePast(Refused):
    code = "price_in_the_past"
    field = "from_date"
    message = _("A price begins today or later: what was booked keeps its price.")


class OnlyByStaff(Refused):
    code = "only_by_staff"
    status = 403
    message = _("Only the house's own staff may do that.")


class BadDiscount(Refused):
    code = "bad_discount"
    field = "percent"
    status = 400
    message = _("A discount is nothing to one hundred per cent.")


class NoReason(Refused):
    code = "no_reason"
    field = "reason"
    status = 400
    message = _("Say why: it is sent to the guest.")
