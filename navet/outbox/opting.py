"""Who wants no more mails of a kind: known by a digest of the address, so the list of them names nobody."""

import datetime as dt
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from navet.outbox.models import OptOut

Kind = OptOut.Kind


def digest(address: str) -> str:
    """The same for an address however its letters are written; nobody gets from it to the address without our secret."""
    return salted_hmac("navet.outbox.opt_out", address.strip().casefold(), algorithm="sha256").hexdigest()


def out(kind: Kind, address: str, *, on: dt.date) -> None:
    """She wants no more of these. Again changes nothing."""
    OptOut.objects.bulk_create(
        [OptOut(kind=kind, digest=digest(address), since_date=on)], ignore_conflicts=True
    )


def back_in(kind: Kind, address: str) -> None:
    """She changed her mind."""
    OptOut.objects.filter(kind=kind, digest=digest(address)).delete()


def is_out(kind: Kind, address: str) -> bool:
    return OptOut.objects.filter(kind=kind, digest=digest(address)).exists()


def still_in(kind: Kind, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that did not say no, in one query."""
    digests = {address: digest(address) for address in addresses}
    gone = set(OptOut.objects.filter(kind=kind, digest__in=digests.values()).values_list("digest", flat=True))
    return {address for address, one in digests.items() if one not in gone}
