"""Who must be found when the house is emptied: a reading of the ledger, the arrivals and the day's duties."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from navet import periods
from navet.accounts.models import User
from navet.house.models import Duty, RoomUse
from visitors import day_list, walk_ins
from visitors.day_list import Party
from visitors.models import Arrival, Category, CheckIn, Visit, VisitQuerySet
from visitors.safety.models import AssemblyNote

# A party whose time ended so lately may still be putting its coats on.
LINGERING = dt.timedelta(minutes=45)


@dataclass(frozen=True)
class Present:
    """A party that was received, with the heads that came and the check-in that received it."""

    party: Party
    heads: int
    check_in: int | None


@dataclass(frozen=True)
class OnDuty:
    """Somebody of the staff who leads something today."""

    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    what: str
    rooms: list[str]


@dataclass(frozen=True)
class Evacuation:
    """The house at `at`. `heads` is everybody the ledger says is inside; `lingering` are beside it."""

    at: dt.datetime
    kinds: list[tuple[str, str, int]]  # category, its name, heads
    heads: int
    parties: list[Present]
    walk_ins: list[tuple[str, str, int]]
    lingering: list[Present]
    on_duty: list[OnDuty]
    at_the_desk: list[str]
    notes: list[AssemblyNote]


def listing(*, at: dt.datetime) -> Evacuation:
    """Everybody who should be found now; a dozen queries, whatever the day holds."""
    kinds = walk_ins.house_now(at=at)
    here = Visit.objects.in_the_house(at).exclude(category=Category.DIGITAL)
    return Evacuation(
        at=at,
        kinds=_named(kinds),
        heads=sum(kinds.values()),
        parties=_received(here, at),
        walk_ins=_named(_heads_by(here.filter(check_in=None), "category")),
        lingering=_received(_just_left(at), at),
        on_duty=_on_duty(at),
        at_the_desk=_at_the_desk(at),
        notes=list(AssemblyNote.objects.all()),
    )


def _named(heads: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(one.value, str(one.label), heads[one.value]) for one in Category if one.value in heads]


def _heads_by(entries: VisitQuerySet, field: str) -> dict:
    """Field's value -> heads, those above zero."""
    sums = entries.values_list(field).annotate(heads=Sum("count")).order_by()
    return {value: heads for value, heads in sums if heads > 0}


def _received(entries: VisitQuerySet, at: dt.datetime) -> list[Present]:
    """The parties behind these entries, in order of their rooms' time."""
    heads = _heads_by(entries.filter(check_in__undone_at__isnull=True), "check_in__arrival")
    found = Arrival.objects.filter(pk__in=[pk for pk in heads if pk]).with_details().in_order()
    parties = day_list.of(found, at=at)
    return [Present(one, heads[one.arrival.pk], one.check_in.pk if one.check_in else None) for one in parties]


def _just_left(at: dt.datetime) -> VisitQuerySet:
    """Entries of those whose time is over, since so lately that they may still be here."""
    return Visit.objects.filter(
        day=periods.local_day(at), leaves_at__lte=at, leaves_at__gt=at - LINGERING, check_in__isnull=False
    )


def _on_duty(at: dt.datetime) -> list[OnDuty]:
    today = periods.day_period(periods.local_day(at))
    planned = Duty.objects.filter(holds=True, period__overlap=today).select_related("educator", "occasion")
    duties = list(planned.order_by("period", "educator__name"))
    rooms: dict[int, list[str]] = {}
    uses = RoomUse.objects.filter(holds=True, occasion__in=[duty.occasion_id for duty in duties])
    for use in uses.select_related("room").order_by("pk"):
        names = rooms.setdefault(use.occasion_id, [])
        if use.room.name not in names:
            names.append(use.room.name)
    return [
        OnDuty(
            name=str(duty.educator),
            starts_at=duty.period.lower,
            ends_at=duty.period.upper,
            what=duty.occasion.title,
            rooms=rooms.get(duty.occasion_id, []),
        )
        for duty in duties
    ]


def _at_the_desk(at: dt.datetime) -> list[str]:
    """Who has received or counted visitors today."""
    today = periods.local_day(at)
    first, end = periods.day_bounds(today)
    received = CheckIn.objects.filter(checked_in_at__gte=first, checked_in_at__lt=end)
    counted = Visit.objects.on_day(today).filter(source=Visit.Source.DESK)
    people = User.objects.filter(pk__in=received.values("by").union(counted.values("by")))
    return [str(person) for person in people.order_by("name")]
