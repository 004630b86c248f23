"""Why a group is refused; written to whoever books."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchPackage(Refused):
    code = "no_such_package"
    field = "package"
    status = 400
    message = _("There is no such package.")


class PackageNotOffered(Refused):
    code = "package_not_offered"
    field = "package"
    message = _("This package cannot be booked at present.")


class TimeNotOffered(Refused):
    code = "time_not_offered"
    field = "starts_at"
    message = _("The package does not begin at that time. Choose one of its times.")


class TooSoon(Refused):
    """`extra`: `first_date`."""

    code = "booked_too_soon"
    field = "starts_at"


class TooFarAhead(Refused):
    """`extra`: `last_date`."""

    code = "booked_too_far_ahead"
    field = "starts_at"


class TimeTaken(Refused):
    """`extra`: `taken` ("rooms", "educators" or "groups") and `nearest`, ISO times that are free."""

    code = "time_taken"
    field = "starts_at"


class GroupTooSmall(Refused):
    """`extra`: `at_least`."""

    code = "party_too_small"
    field = "heads"


class GroupTooLarge(Refused):
    """`extra`: `at_most`."""

    code = "party_too_large"
    field = "heads"


TAKEN = {
    "rooms": _("Every room for it is taken at that time."),
    "educators": _("Nobody is free to lead it at that time."),
    "groups": _("As many groups as we can take are booked at that time."),
}
NEAREST = _("Nearest free: %(times)s.")
NOTHING_NEAR = _("No other time is free in the weeks around it.")
