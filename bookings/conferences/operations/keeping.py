"""What every verb of conferences shares: locking one whole, moving it on, holding its rooms, its lines, who is expected.

Parts of operations: the caller has the transaction. Lock order: occasions by ascending id, the reservation, then cells
and educators, then arrivals and promises.
"""

import datetime as dt
from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.utils import translation

from bookings.common import holding
from bookings.common.refusals import HOLD_LAPSED, Began, ChangedMeanwhile, NoSuchBooking
from bookings.conferences import terms
from bookings.conferences.models import Adjustment, Reservation, ReservationDay, ReservationLine
from bookings.conferences.models.words import Status
from bookings.conferences.operations import refusals
from bookings.conferences.pricing import Line
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.errors import Refused
from navet.house import operations as house
from navet.house.models import Occasion, Room
from navet.outbox import promises
from visitors import operations as visitors
from visitors.models import Category


def lock(code: str, *, version: int | None = None, by: Actor | None, at: dt.datetime) -> Reservation:
    """The reservation, all its occasions locked before it. Raises NoSuchBooking, NotYourBooking, ChangedMeanwhile."""
    found = Reservation.objects.filter(code=code).first()
    if found is None:
        raise NoSuchBooking
    ids = occasion_ids(found)
    list(Occasion.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    reservation = Reservation.objects.whole().select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    holding.require_owner(reservation, by)
    if occasion_ids(reservation) != ids or version not in (None, reservation.version):
        raise ChangedMeanwhile(version=reservation.version)
    return reservation


def occasion_ids(reservation: Reservation) -> list[int]:
    """Of its days and of its add-ons, ascending."""
    days = Occasion.objects.filter(reservation_day__reservation=reservation.pk)
    additions = Occasion.objects.filter(addition__day__reservation=reservation.pk)
    return sorted({*days.values_list("pk", flat=True), *additions.values_list("pk", flat=True)})


def occasions(reservation: Reservation) -> list[Occasion]:
    return list(Occasion.objects.filter(pk__in=occasion_ids(reservation)).order_by("pk"))


def in_its_language(reservation: Reservation) -> AbstractContextManager[None]:
    return translation.override(reservation.mail_language)


def require_before_start(reservation: Reservation, at: dt.datetime) -> None:
    if reservation.occasion.starts_at <= at:
        raise Began


def hold(reservation: Reservation, until: dt.datetime | None, *, by: Actor | None, at: dt.datetime) -> None:
    """Hold its rooms and educators until then, None: for good; what ran out is taken again. Raises RoomsGone."""
    mine = occasions(reservation)
    house.lock_places(
        rooms=Room.objects.filter(uses__occasion__in=mine).distinct(),
        educators=User.objects.filter(duties__occasion__in=mine).distinct(),
    )
    reservation.holds_until = until
    try:
        for occasion in mine:
            house.hold(occasion, until=until, by=by, at=at)
    except Refused as refused:
        raise refusals.RoomsGone(HOLD_LAPSED % {"reason": refused}, **refused.extra) from refused


def let_go(reservation: Reservation, *, reason: str = "", by: Actor | None, at: dt.datetime) -> None:
    """Its rooms and educators are free."""
    for occasion in occasions(reservation):
        house.cancel_occasion(occasion, reason=reason, by=by, at=at)


def lapse(reservation: Reservation, at: dt.datetime) -> None:
    """Its time is out: the rooms are free, and nothing is owed."""
    holding.move(reservation, Status.LAPSED)
    reservation.holds_until = None
    holding.write(reservation)
    let_go(reservation, by=None, at=at)


def write_lines(reservation: Reservation, lines: Iterable[Line]) -> None:
    """What it costs now, in place of what it cost."""
    reservation.lines.all().delete()
    ReservationLine.objects.bulk_create(
        ReservationLine(reservation=reservation, position=position, **vars(line))
        for position, line in enumerate(lines)
    )


def add_lines(reservation: Reservation, lines: Iterable[Line], adjustment: Adjustment) -> None:
    """What it costs more or less since it began, beside what it cost."""
    first = ReservationLine.objects.filter(reservation=reservation).count()
    ReservationLine.objects.bulk_create(
        ReservationLine(reservation=reservation, position=position, adjustment=adjustment, **vars(line))
        for position, line in enumerate(lines, first)
    )


def lines_of(reservation: Reservation) -> list[Line]:
    """As they are kept."""
    names = ("of", "slug", "treatment", "text", "quantity", "unit_ore", "unit")
    kept = ReservationLine.objects.filter(reservation=reservation).order_by("position")
    return [Line(**{name: getattr(line, name) for name in names}) for line in kept]


def expect(reservation: Reservation, at: dt.datetime) -> None:
    """Tell the desk who comes on each of its days."""
    for day in reservation.days.select_related("occasion"):
        expect_on(reservation, day, at)


def expect_on(reservation: Reservation, day: ReservationDay, at: dt.datetime) -> None:
    heads = day.persons or reservation.persons
    visitors.announce(
        code=day.code,
        party=reservation.code,
        kind=Occasion.Kind.CONFERENCE,
        occasion=day.occasion,
        starts_at=day.occasion.starts_at,
        ends_at=day.occasion.ends_at,
        label=f"{reservation.customer}, {reservation.title}",
        municipality=reservation.municipality,
        participant_category=Category.CONFERENCE,
        adult_category=Category.CONFERENCE,
        booked_participants=heads,
        expected_participants=heads,
        contact_name=reservation.contact_name,
        contact_phone=reservation.contact_phone,
        at=at,
    )


def expect_nobody(reservation: Reservation, at: dt.datetime) -> None:
    for day in reservation.days.all():
        visitors.withdraw(day.code, at=at)


def ask_for_final_count(reservation: Reservation, at: dt.datetime) -> None:
    """A mail three days before the number is final; nothing where that is past."""
    date = reservation.final_count_date
    due_at = periods.at(date - dt.timedelta(days=3), dt.time(9)) if date else at
    if due_at <= at:
        return
    promises.promise(
        "mail",
        key=f"conferences.final_count:{reservation.code}:{date}",
        payload={"mail": "conferences.final_count", "args": {"booking_id": reservation.pk}},
        due_at=due_at,
    )


def confirmed(reservation: Reservation, *, settlement: str, by: Actor | None, at: dt.datetime) -> None:
    """It is booked: the rooms are its own, the desk expects the guests, and the contact gets a mail."""
    hold(reservation, None, by=by, at=at)
    holding.move(reservation, Status.CONFIRMED)
    reservation.settlement = settlement
    reservation.confirmed_at = at
    reservation.terms = reservation.terms or terms.cancellation_steps()
    reservation.final_count_date = terms.final_count_date(reservation.occasion.starts_at, at=at)
    holding.write(reservation)
    expect(reservation, at)
    ask_for_final_count(reservation, at)
    holding.tell(reservation, "confirmed", at=at)


def require_staff(by: Actor | None) -> None:
    if by is None or not by.has_capability(Reservation.SEEN_BY):
        raise refusals.OnlyByStaff
