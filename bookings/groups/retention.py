"""How long groups remember who booked them, and what they were called: a party bears a child's name."""

from django.utils.translation import gettext_lazy as _

from bookings.common import retention
from bookings.groups.models import GroupBooking
from navet.retention import rules
from navet.retention.rules import NOTHING

retention.register(
    GroupBooking,
    key="groups.bookings",
    holds=_(
        "Who booked for a group or a party: name, e-mail address and telephone, and what the group is called"
    ),
    remains=_("Which package, how many came from which municipality, and what it cost"),
    empties={"group_name": NOTHING},
    shows={"group_name": ""},
)
rules.exempt("groups.GroupPackage", "what is written for the public about a package")
