"""Why a course is refused; written to whoever registers or plans."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchRound(Refused):
    code = "no_such_round"
    status = 404
    message = _("There is no such course date.")


class NotOpen(Refused):
    code = "round_not_open"
    message = _("Registration for this date is not open at present.")


class RoundFull(Refused):
    """`extra`: `free_places`."""

    code = "round_full"
    field = "waiting_list"


class NobodyNamed(Refused):
    code = "nobody_named"
    field = "participants"
    status = 400
    message = _("Write who is to come: name and e-mail address.")


class NamedTwice(Refused):
    code = "named_twice"
    field = "participants"
    status = 400
    message = _("The same e-mail address is there twice. Each person has her own.")


class AlreadyRegistered(Refused):
    """`extra`: `name`."""

    code = "already_registered"
    field = "participants"


class TooManyAtOnce(Refused):
    code = "too_many_at_once"
    field = "participants"
    status = 400
    message = _("At most 30 persons in one registration.")


class ReferenceMissing(Refused):
    code = "reference_missing"
    field = "invoice_reference"
    message = _(
        "Your school is outside the agreements, so the course is invoiced. Give your invoice reference."
    )


class WasThere(Refused):
    """`extra`: `name`."""

    code = "was_there"
    field = "participants"


class InThePast(Refused):
    code = "in_the_past"
    field = "days"
    message = _("A day has passed already.")


class NoDays(Refused):
    code = "no_days"
    field = "days"
    status = 400
    message = _("Give at least one day.")


class DecidedTooLate(Refused):
    code = "decided_too_late"
    field = "decide_by"
    message = _("Decide before the first day.")


class DecidedInThePast(Refused):
    code = "decided_in_the_past"
    field = "decide_by"
    message = _("The day to decide by has passed.")


class FewerThanTaken(Refused):
    """`extra`: `taken`."""

    code = "fewer_than_taken"
    field = "capacity"


class NotThatDay(Refused):
    code = "not_that_day"
    message = _("Attendance is taken on the day itself and the two weeks after it.")


class ForAnotherSchool(Refused):
    code = "for_another_school"
    field = "school_text"
    message = _("This course is planned for another school alone.")


class NothingAskedFor(Refused):
    code = "nothing_asked_for"
    field = "what"
    status = 400
    message = _("Choose a course, or write what it is to be about.")


class TooManyWishes(Refused):
    code = "too_many_wishes"
    message = _("You have asked for several already. We answer those first.")


class NoSuchWish(Refused):
    code = "no_such_wish"
    status = 404
    message = _("There is no such wish.")


class AlreadyAnswered(Refused):
    code = "already_answered"
    message = _("This wish is answered already.")


class TooMuchMaterial(Refused):
    code = "too_much_material"
    message = _("At most 40 links for one round.")


FULL = _("It is full. You can put yourselves on the waiting list.")
IS_REGISTERED = _("%(name)s is registered already.")
HAS_ATTENDED = _("%(name)s has been there and cannot be taken away.")
TAKEN = _("%(taken)s places are taken already.")
