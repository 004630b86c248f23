"""Courses as the shared pages and mails know them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.common.lines import WAITS, ByCode, Facts, Line
from bookings.courses.models import Registration
from bookings.courses.operations import registering as operations
from navet import codes
from navet.pages import contact, formats


def facts(registration: Registration, *, named: bool = True) -> Facts:
    """What was agreed; an empty fact is left out. Reads the registration whole."""
    round_, school = registration.round, registration.school
    days = [
        f"{formats.local_date(one.starts_at, 'long')} {formats.local_time(one.starts_at)}–{formats.local_time(one.ends_at)}"
        for one in round_.occasions()
    ]
    people = [f"{one.name}, {one.email}" for one in registration.participants.all()]
    cost = (_("Price"), _("%(sum)s, invoiced to the school") % {"sum": formats.money(registration.price_ore)})
    reached = [registration.contact_name, registration.contact_email]
    told = [
        (_("Booking code"), codes.pretty(registration.code)),
        (_("Course"), round_.course.title),
        (ngettext("Day", "Days", len(days)), "\n".join(days)),
        (_("School"), str(school)),
        (_("Who comes"), "\n".join(people if named else [])),
        cost if registration.price_ore else (_("Price"), _("Free of charge")),
        (_("Invoice reference"), registration.invoice_reference if named else ""),
        (_("Contact"), "\n".join(filter(None, reached if named else []))),
        (_("Place"), contact.house().place),
    ]
    return [(label, value) for label, value in told if value]


REGISTERS = ByCode(
    gettext_lazy("Enter the code to register"),
    gettext_lazy("Confirm the registration"),
    gettext_lazy("What you register for"),
)

LINE = Line(
    model=Registration,
    namespace="courses",
    home="courses:courses",
    home_label=gettext_lazy("Courses"),
    title=lambda registration: registration.round.course.title,
    facts=facts,
    confirm=operations.confirm,
    cancel=operations.cancel,
    occasions=lambda registration: registration.round.occasions(),
    changes="courses:change",
    change_title=gettext_lazy("Change who comes"),
    change_note=gettext_lazy("You can change who comes, and cancel free of charge, until the course begins."),
    by_code=lambda registration: WAITS if registration.queued_at else REGISTERS,
    says_booked=False,
)
