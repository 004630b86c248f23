"""How long codes, accounts and devices are kept."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import DeviceToken, EmailCode, User
from navet.retention import engine, rules
from navet.retention.rules import About, Emptied, Ground, Nowhere, Rule


class Numbered(Emptied):
    """The word and the row's number: two devices may not have one name."""

    def in_row(self, pk: str) -> Any:
        return Concat(Value("#"), pk, output_field=DeviceToken._meta.get_field("name"))

    def still_held(self, name: str) -> Q:
        return ~Q(**{f"{name}__startswith": "#"})


def _codes(before: dt.datetime) -> QuerySet[Any]:
    return EmailCode.objects.filter(expires_at__lt=before)


def _closed(before: dt.datetime) -> QuerySet[Any]:
    """Accounts that nothing has happened to since, as their history tells."""
    (history,) = engine.histories(User)
    later = history._base_manager.filter(pgh_obj=OuterRef("pk"), pgh_created_at__gte=before)
    return User.objects.filter(~Exists(later), is_active=False, created_at__lt=before)


def _devices(before: dt.datetime) -> QuerySet[Any]:
    return DeviceToken.objects.filter(Q(revoked_at__lt=before) | Q(expiry__lt=before))


rules.register(
    Rule(
        key="accounts.codes",
        model=EmailCode,
        about=About.VISITORS,
        holds=_("The address that a one-time code was sent to"),
        purpose=_("To see that whoever books reads the mailbox"),
        ground=Ground.TASK,
        after=_("after the code expired"),
        days=1,
        remains=_("Nothing"),
        due=_codes,
        address="email",
        shows={"email": _("E-mail address"), "created_at": _("Sent"), "expires_at": _("Valid until")},
        stays=_(
            "It goes by itself within two days; until then it keeps others from having you sent code after code."
        ),
        hourly=True,
    )
)
rules.register(
    Rule(
        key="accounts.users",
        model=User,
        about=About.STAFF,
        holds=_("Name, e-mail address, roles"),
        purpose=_("To log in, to be reached, and to see who did what"),
        ground=Ground.TASK,
        after=_("after the account was closed"),
        days=730,
        remains=_("A number in place of the person, in what she did"),
        due=_closed,
        empties={"email": Nowhere(), "name": rules.NOTHING, "roles": [], "password": "!"},
    )
)
rules.register(
    Rule(
        key="accounts.devices",
        model=DeviceToken,
        about=About.STAFF,
        holds=_("The name that staff gave a device at the desk"),
        purpose=_("To know one device from another"),
        ground=Ground.TASK,
        after=_("after the device was revoked or its key ended"),
        days=730,
        remains=_("A number in place of the name, in what the device did"),
        due=_devices,
        empties={"name": Numbered()},
        keeps={
            "digest": "a digest of a key",
            "token_key": "the beginning of a key that opens nothing any more",
        },
    )
)
