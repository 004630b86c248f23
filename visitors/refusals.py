"""Why the desk says no; each is raised by an operation in this app and written to the person at the tablet."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchArrival(Refused):
    code = "no_such_arrival"
    message = _("No arrival has this code.")
    field = "arrival"
    status = 400


class CancelledArrival(Refused):
    code = "arrival_cancelled"
    message = _("This visit was cancelled. Ask the planner before you let the party in.")
    field = "arrival"


class MarkedNoShow(Refused):
    code = "arrival_marked_no_show"
    message = _("This party did not come on its day, and was counted as a no-show.")
    field = "arrival"


class AlreadyCheckedIn(Refused):
    """`extra`: checked_in_at, an ISO time, and by, the name of the person or device."""

    code = "already_checked_in"
    message = _("This party is already checked in.")
    field = "arrival"

    def __init__(self, time: str, who: str, *, checked_in_at: str) -> None:
        text: str | Promise = _("Already checked in at %(time)s by %(who)s.") % {"time": time, "who": who}
        super().__init__(text, checked_in_at=checked_in_at, by=who)


class NotToday(Refused):
    code = "not_today"
    field = "arrival"

    def __init__(self, day: str) -> None:
        super().__init__(
            _("This party is expected on %(day)s, and can be checked in only then.") % {"day": day}
        )


class NobodyCame(Refused):
    code = "nobody_came"
    message = _("Nobody was counted. Give at least one participant or adult.")
    field = "participants"


class ImplausibleCount(Refused):
    """`extra`: at_most, heads."""

    code = "implausible_count"

    def __init__(self, field: str, at_most: int) -> None:
        super().__init__(_("The count must be between 0 and %(most)s.") % {"most": at_most}, at_most=at_most)
        self.field = field


class AlreadyUndone(Refused):
    code = "already_undone"
    message = _("This was already undone.")


class TooLateToUndo(Refused):
    code = "too_late_to_undo"
    message = _("The desk can undo only on the same day. Later corrections are made by the planner.")


class NotAWalkIn(Refused):
    code = "not_a_walk_in"
    message = _("This kind of visit is not counted as a walk-in.")
    field = "category"
