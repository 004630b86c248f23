"""How long the desk remembers whom it expected. The ledger holds no person and is never touched."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet.house.models import Occasion
from navet.retention import rules
from navet.retention.rules import NOTHING, About, Ground, Rule
from visitors.models import Arrival

CLASSES = Occasion.Kind.SCHOOL_SESSION


def _arrivals(before: dt.datetime) -> QuerySet[Any]:
    return Arrival.objects.filter(ends_at__lt=before)


def _parties(before: dt.datetime) -> QuerySet[Any]:
    return _arrivals(before).exclude(kind=CLASSES)


def _classes(before: dt.datetime) -> QuerySet[Any]:
    return _arrivals(before).filter(kind=CLASSES)


def forget(codes: Iterable[str]) -> None:
    """Empty the arrivals of these bookings, in the caller's transaction: their persons are gone."""
    Arrival.objects.filter(code__in=list(codes)).update(
        label=NOTHING, needs={}, contact_name="", contact_phone=""
    )


REMAINS = _("When, how many, from which municipality, and who received them")
rules.register(
    Rule(
        key="visitors.arrivals",
        model=Arrival,
        about=About.VISITORS,
        holds=_("Contact and telephone of a party at the desk, and its needs as numbers"),
        purpose=_("To receive the party and to reach it on the day"),
        ground=Ground.TASK,
        after=_("after the visit"),
        days=30,
        remains=REMAINS,
        due=_arrivals,
        empties={"contact_name": "", "contact_phone": "", "needs": {}},
    )
)
rules.register(
    Rule(
        key="visitors.parties",
        model=Arrival,
        about=About.VISITORS,
        holds=_("What a group or a holder of tickets is called at the desk"),
        purpose=_("To receive the party"),
        ground=Ground.TASK,
        after=_("after the visit"),
        days=30,
        remains=REMAINS,
        due=_parties,
        empties={"label": NOTHING},
    )
)
rules.register(
    Rule(
        key="visitors.classes",
        model=Arrival,
        about=About.VISITORS,
        holds=_("School and class at the desk"),
        purpose=_("To receive the class, and to see who came"),
        ground=Ground.TASK,
        after=_("after the visit"),
        days=365,
        remains=REMAINS,
        due=_classes,
        empties={"label": NOTHING},
    )
)
rules.exempt("visitors.Arrival", "the code of its first day, drawn at random", "party")
rules.exempt("visitors.Expectation", "the code of its first day, drawn at random", "party")
rules.exempt("visitors.Visit", "a key of a year, from which nobody can be found", "person")
rules.exempt("visitors.Individual", "keys of a year, from which nobody can be found")
rules.exempt("visitors.PastYear", "how many came on each day of a year, by kinds of visit")
rules.exempt("visitors.IndividualDecision", "keys of a year, and whether two of them are one person")
rules.exempt(
    "visitors.Visit", "why staff corrected a day's count, about figures; the ledger is never changed", "note"
)
rules.exempt(
    "visitors.CountingDecision", "an official decision on what counts, with its reason; never changed"
)
rules.exempt("visitors.LedgerCheck", "which figures of the ledger disagree")
