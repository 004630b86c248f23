"""Why something about a leisure group is refused; written to guardians, leaders and planners."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchGroup(Refused):
    code = "no_such_group"
    status = 404
    message = _("There is no such leisure group.")


class NoSuchMeeting(Refused):
    code = "no_such_meeting"
    status = 404
    message = _("There is no such meeting.")


class NotOpen(Refused):
    code = "group_not_open"
    message = _("This group is not open for enrolment at present.")


class CalledOff(Refused):
    code = "group_called_off"
    message = _("The group has been called off.")


class GroupOver(Refused):
    code = "group_over"
    message = _("The group has had its last meeting.")


class ChildMissing(Refused):
    code = "child_missing"
    field = "child_name"
    status = 400
    message = _("Write the child's name.")


class WrongAge(Refused):
    """`extra`: `youngest`, `oldest`, the ages it is for."""

    code = "wrong_age"
    field = "birth_year"


class AlreadyEnrolled(Refused):
    code = "already_enrolled"
    field = "child_name"
    message = _("This child is in the group, or has applied, already.")


class NotDrawnYet(Refused):
    code = "not_drawn_yet"
    message = _("The draw is held half an hour after the last moment to apply.")


class DrawnAlready(Refused):
    code = "drawn_already"
    message = _("The draw is held, and can no longer be changed.")


class NobodyContinues(Refused):
    code = "nobody_continues"
    message = _("A camp has no term before: all who apply are drawn alike.")


class SeedLost(Refused):
    code = "seed_lost"
    message = _(
        "The draw cannot be held: the server's secret key was replaced after the fingerprint was published."
    )


class SeedStands(Refused):
    code = "seed_stands"
    message = _("The fingerprint stands: its seed is at hand, or there is no draw to hold.")


class NothingToPay(Refused):
    code = "nothing_to_pay"
    message = _("There is no fee to pay.")


class AddressMissing(Refused):
    code = "address_missing"
    field = "street"
    status = 400
    message = _("Write the address the invoice is to bear: street, postal code and town.")


class PayerMissing(Refused):
    code = "payer_missing"
    field = "payer"
    status = 400
    message = _("Choose who pays.")


class ReferenceMissing(Refused):
    code = "reference_missing"
    field = "reference"
    status = 400
    message = _("Write the reference that the payer gave you.")


class InThePast(Refused):
    code = "in_the_past"
    field = "first_date"
    message = _("The first meeting has passed already.")


class NoMeetings(Refused):
    code = "no_meetings"
    field = "first_date"
    status = 400
    message = _("Give at least one meeting.")


class WindowTooLate(Refused):
    code = "window_too_late"
    field = "closes_at"
    message = _("The draw has to be held before the first meeting.")


class WindowBackwards(Refused):
    code = "window_backwards"
    field = "closes_at"
    status = 400
    message = _("The last moment to apply is after the first.")


class FewerThanTaken(Refused):
    """`extra`: `taken`."""

    code = "fewer_than_taken"
    field = "capacity"


class NotThatDay(Refused):
    code = "not_that_day"
    message = _("Attendance is taken on the day itself and the two weeks after it.")


class OnTheDayOnly(Refused):
    code = "on_the_day_only"
    status = 403
    message = _("Whom to call is shown to the leader on the day of the meeting only.")


class NotYourGroup(Refused):
    code = "not_your_group"
    status = 403
    message = _("Only those who lead the group and planners see its children.")


class NothingToSay(Refused):
    code = "nothing_to_say"
    field = "text"
    status = 400
    message = _("Write a message.")


class MeetingOver(Refused):
    code = "meeting_over"
    message = _("That meeting is over or called off.")


AGES = _("The group is for those who turn %(youngest)s to %(oldest)s in %(year)s.")
TAKEN = _("%(taken)s places are taken already.")
