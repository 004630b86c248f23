"""Addresses of invented units, some contacts, and invitations that were sent a while ago. Real schools get none of it."""

import datetime as dt
import random

from bookings.reach import reach
from bookings.reach.models import Invitation
from navet import periods, school_years
from navet.accounts.models import User
from navet.directory.models import Contact, SchoolUnit

_NAMES = ["Anna Al", "Bo Björk", "Cia Ceder", "Dan Dahl", "Eva Ek", "Filip Fura"]


def make_invitations(staff: dict[str, User], *, now: dt.datetime, rng: random.Random) -> None:
    """A third of the invented units that have not come this school year were invited four weeks ago."""
    invented = list(SchoolUnit.objects.filter(is_demo=True).order_by("pk"))
    for unit in invented:
        unit.email = f"expedition.{unit.pk}@skola.example"
    SchoolUnit.objects.bulk_update(invented, ["email"])
    Contact.objects.bulk_create(
        Contact(
            school=unit,
            name=name,
            email=f"{name.split()[0].lower()}.{unit.pk}@skola.example",
            invitations=number % 3 != 0,
            last_seen_date=periods.local_day(now) - dt.timedelta(days=rng.randint(20, 300)),
        )
        for number, (name, unit) in enumerate(zip(_NAMES, rng.sample(invented, len(_NAMES)), strict=True))
    )
    sent_at = now - dt.timedelta(days=28)
    year, term = school_years.of(periods.local_day(now)), school_years.term(periods.local_day(sent_at))
    away = reach.units(reach.Wish(year, came=reach.NOT_THIS_YEAR), at=now)
    Invitation.objects.bulk_create(
        Invitation(
            school=one.school,
            term=term,
            is_to_contact=False,
            sessions=rng.randint(2, 6),
            sent_at=sent_at,
            sent_by=staff["planerare"],
        )
        for one in [one for one in away if one.school.is_demo][::3]
    )
