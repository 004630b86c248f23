"""People on an attendance list, each by herself: written to the ledger under a key of the year, and taken back."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from navet import periods
from navet.accounts.actor import Actor
from visitors import doubles, individuals, ledger
from visitors.models import Visit
from visitors.refusals import AlreadyUndone


def pseudonym(identity: str, *, year: int) -> str:
    """The same for one person all the year, another the next, and nobody can find her from it without the server's secret.

    `identity` is what makes her one person (an educator's e-mail address); how it is written does not matter.
    """
    said = f"{year}:{' '.join(identity.split()).casefold()}"
    key = settings.PSEUDONYM_KEY
    return salted_hmac("visitors.attendance.person", said, secret=key, algorithm="sha256").hexdigest()


@transaction.atomic
def record(
    category: str,
    *,
    identity: str,
    name: str = "",
    came_at: dt.datetime,
    leaves_at: dt.datetime,
    municipality_id: int | None,
    by: Actor,
) -> Visit:
    """One person came, on the day of `came_at`.

    With a `name` beside the address that is her identity, whoever shares the address has a pseudonym of her own, that counts as
    the address does until staff say that they are two (visitors/individuals.py).
    """
    year = periods.local_day(came_at).year
    person = address = pseudonym(identity, year=year)
    if name:
        person = pseudonym(f"{identity} {doubles.plain(name)}", year=year)
        individuals.know(person, address=address, year=year)
    visit = ledger.entry(category, 1, municipality_id=municipality_id, leaves_at=leaves_at, by=by, at=came_at)
    visit.source = Visit.Source.LIST
    visit.person = person
    return ledger.write([visit])[0]


@transaction.atomic
def take_back(visit: Visit, *, by: Actor) -> Visit:
    """She did not come after all: a reversing entry. Raises AlreadyUndone."""
    ledger.lock(visit)
    if Visit.objects.filter(reverses=visit).exists():
        raise AlreadyUndone
    return ledger.write([ledger.reversal(visit, by=by)])[0]
