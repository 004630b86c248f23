"""Why a unit is not invited."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NobodyToInvite(Refused):
    code = "nobody_to_invite"
    message = _("None of the units you chose can be invited.")


class TooMany(Refused):
    code = "too_many_invitations"
    message = _("Invite at most 200 units at once.")
