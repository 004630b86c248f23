"""Leisure groups as the shared pages and mails know them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.common.lines import WAITS, ByCode, Facts, Line
from bookings.leisure.models import Enrolment
from bookings.leisure.operations import enrolling as operations
from navet import codes
from navet.pages import contact, formats


def facts(enrolment: Enrolment, *, named: bool = True, with_times: bool = True) -> Facts:
    """What was agreed; an empty fact is left out. Never whom to call, nor a child whose details are not shown. Reads it whole."""
    group = enrolment.group
    times = [
        f"{formats.local_date(one.starts_at, 'long')} {formats.local_time(one.starts_at)}–{formats.local_time(one.ends_at)}"
        for one in group.occasions()
    ]
    told = [
        (_("Booking code"), codes.pretty(enrolment.code)),
        (_("Group"), group.club.title),
        (_("Child"), enrolment.child_name if named and not enrolment.is_protected else ""),
        (
            ngettext("Day", "Days", len(times))
            if group.club.is_camp
            else ngettext("Meeting", "Meetings", len(times)),
            "\n".join(times) if with_times else "",
        ),
        (_("Meals"), group.club.meals),
        (_("Bring"), group.club.bring),
        (
            _("Fee"),
            formats.money(enrolment.price_ore) if enrolment.price_ore else _("Free of charge"),
        ),
        (_("Place"), contact.house().place),
    ]
    return [(label, value) for label, value in told if value]


ENROLS = ByCode(
    gettext_lazy("Enter the code to enrol the child"),
    gettext_lazy("Confirm the enrolment"),
    gettext_lazy("What you enrol the child in"),
)
APPLIES = ByCode(
    gettext_lazy("Enter the code to apply"),
    gettext_lazy("Confirm the application"),
    gettext_lazy("What you apply for"),
)


def by_code(enrolment: Enrolment) -> ByCode:
    """A place, a number in the draw, or one on the waiting list."""
    if enrolment.queued_at is None:
        return ENROLS
    in_draw = not enrolment.group.is_first_come() and enrolment.group.in_window(enrolment.created_at)
    return APPLIES if in_draw else WAITS


LINE = Line(
    model=Enrolment,
    namespace="leisure",
    home="leisure:clubs",
    home_label=gettext_lazy("Leisure"),
    title=lambda enrolment: enrolment.group.club.title,
    facts=facts,
    confirm=operations.confirm,
    cancel=operations.leave,
    occasions=lambda enrolment: enrolment.group.occasions(),
    ends="group__ends_at",
    changes="leisure:change",
    change_title=gettext_lazy("Whom we call"),
    by_code=by_code,
    says_booked=False,
)
