"""Why a pass does not let anybody in, or cannot be issued; written so that the desk can read it aloud."""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchPass(Refused):
    code = "no_such_pass"
    field = "annual_pass"
    status = 400
    message = _(
        "We know no pass with this code. Ask for the holder's name or e-mail address, and search for it."
    )


class MisreadPass(Refused):
    code = "misread_pass"
    field = "annual_pass"
    status = 400
    message = _("A letter of this code is wrong. Scan it again, or type it once more.")


class PassExpired(Refused):
    """`extra`: last_date."""

    code = "pass_expired"
    field = "annual_pass"

    def __init__(self, last_date: dt.date) -> None:
        text = _(
            "This pass was valid until %(day)s. You are welcome to renew it here, or to buy a ticket today."
        )
        super().__init__(
            text % {"day": formats.date_format(last_date, "j F Y")}, last_date=last_date.isoformat()
        )


class PassNotYetValid(Refused):
    """`extra`: first_date."""

    code = "pass_not_yet_valid"
    field = "annual_pass"

    def __init__(self, first_date: dt.date) -> None:
        text = _("This pass is valid from %(day)s. Today a ticket is needed.")
        super().__init__(
            text % {"day": formats.date_format(first_date, "j F Y")}, first_date=first_date.isoformat()
        )


class PassBlocked(Refused):
    code = "pass_blocked"
    field = "annual_pass"
    message = _(
        "This pass is blocked, for instance because it was lost. Ask who has it, and talk to a planner."
    )


class PassWithoutPeriod(Refused):
    code = "pass_annulled"
    field = "annual_pass"
    message = _("This pass was annulled and admits nobody. Today a ticket is needed.")


class PassUsedToday(Refused):
    """`extra`: used_at and persons, of the latest use; the caller may say `again`."""

    code = "pass_used_today"
    field = "again"

    def __init__(self, *, time: str, used_at: str, persons: int) -> None:
        text = _(
            "This pass let %(persons)s in at %(time)s today. If they are the same people, they are counted already."
        )
        super().__init__(text % {"persons": persons, "time": time}, used_at=used_at, persons=persons)


class TooManyOnPass(Refused):
    """`extra`: at_most."""

    code = "too_many_on_pass"
    field = "count"

    def __init__(self, at_most: int) -> None:
        text = _("This pass admits %(most)s. The others need a ticket.") % {"most": at_most}
        super().__init__(text, at_most=at_most)


class PassStartsTooEarly(Refused):
    code = "pass_starts_in_the_past"
    field = "first_date"
    message = _("A pass begins today or later.")


class OnePersonOnly(Refused):
    code = "pass_for_one"
    field = "persons"
    message = _("A pass for one person admits one. Choose a family pass for more.")


class RenewedAlready(Refused):
    code = "pass_renewed_already"
    message = _("This pass is already renewed for the time after its present period.")


class TooLateToAnnul(Refused):
    code = "too_late_to_annul"
    message = _("A pass can be annulled on the day it was issued or renewed, while nobody has used it.")


# What a pass that is shown may meet.
AT_THE_DOOR = (
    NoSuchPass,
    MisreadPass,
    PassExpired,
    PassNotYetValid,
    PassBlocked,
    PassWithoutPeriod,
    PassUsedToday,
    TooManyOnPass,
)
