"""Why the house says no to a time, a room or an educator."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class BadPeriod(Refused):
    code = "bad_period"
    status = 400
    field = "starts_at"
    message = _("The time must have a start and, after it, an end, at most 31 days apart.")


class NoSuchOccasion(Refused):
    code = "no_such_occasion"
    status = 404
    message = _("There is no such occasion.")


class OccasionIsCancelled(Refused):
    code = "occasion_is_cancelled"
    message = _("The occasion is cancelled and cannot be moved.")


class NoSuchRoom(Refused):
    code = "no_such_room"
    field = "rooms"
    message = _("There is no such room.")


class RoomInactive(Refused):
    code = "room_inactive"
    field = "rooms"
    message = _("The room is not in use.")


class RoomWithoutCells(Refused):
    code = "room_without_cells"
    field = "rooms"
    message = _("The room has no cells, so nothing could keep two parties apart in it.")


class EducatorInactive(Refused):
    code = "educator_inactive"
    field = "educators"
    message = _("The educator no longer works here.")


class RoomTaken(Refused):
    """`extra` names the room and, to staff, the other occasion and its time."""

    code = "room_taken"
    field = "rooms"
    message = _("The room is taken at that time.")


class EducatorBusy(Refused):
    """`extra` names, to staff, the educator, the other occasion and its time."""

    code = "educator_busy"
    field = "educators"
    message = _("The educator is busy at that time.")


class OutsideOpeningHours(Refused):
    """`extra["hours"]` lists the day's hours as "HH:MM–HH:MM"."""

    code = "outside_opening_hours"
    field = "starts_at"
    message = _("The house is not open at that time.")


class HouseClosed(Refused):
    """`extra["reason"]` is the name of the holiday or the reason of the closure."""

    code = "house_closed"
    field = "starts_at"
    message = _("The house is closed that day.")


class RoomClosed(HouseClosed):
    code = "room_closed"
    field = "rooms"
    message = _("The room is closed that day.")


class OverrideNotAllowed(Refused):
    code = "override_not_allowed"
    status = 403
    field = "override_reason"
    message = _("Only planners may plan outside the opening hours.")
