"""Groups as the shared pages, mails and API views know them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.common.lines import Facts, Line
from bookings.groups.models import GroupBooking
from bookings.groups.operations import booking as operations
from navet import codes
from navet.pages import contact, formats


def facts(booking: GroupBooking, *, named: bool = True) -> Facts:
    """What was agreed; an empty fact is left out. Reads the booking whole."""
    occasion, package = booking.occasion, booking.package
    clock = f"{formats.local_time(occasion.starts_at)}–{formats.local_time(occasion.ends_at)}"
    price = _("%(sum)s, paid in the reception") % {"sum": formats.money(booking.price_ore)}
    reached = [booking.contact_name, booking.contact_email]
    return [
        (_("Booking code"), codes.pretty(booking.code)),
        (_("Package"), package.title),
        (_("When"), f"{formats.local_date(occasion.starts_at, 'long')} {clock}"),
        (_("Group"), booking.group_name if named else ""),
        (_("Participants"), str(booking.heads)),
        (_("Accompanying adults"), str(booking.adults) if booking.adults else ""),
        (_("Included"), package.text_in_language("included")),
        (_("Price"), price if booking.price_ore else _("Free of charge")),
        (_("Contact"), "\n".join(filter(None, reached if named else []))),
        (_("Place"), contact.house().place),
    ]


LINE = Line(
    model=GroupBooking,
    namespace="groups",
    home="groups:packages",
    home_label=gettext_lazy("Groups and parties"),
    title=lambda booking: booking.package.title,
    facts=facts,
    confirm=operations.confirm,
    cancel=operations.cancel,
    changes="groups:change",
)
