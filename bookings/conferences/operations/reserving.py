"""From a guest's wish to a conference: request, confirm by the mailed code, option, quote, book. Every rule of who may wait for what."""

import datetime as dt

from django.db import transaction
from django.utils import translation

from bookings.common import holding
from bookings.conferences import terms
from bookings.conferences.models import Quote, Reservation
from bookings.conferences.models.words import Status, Wish
from bookings.conferences.operations import choosing, keeping, money, refusals, taking
from bookings.conferences.wishes import ConferenceWish, Customer
from navet import codes
from navet.accounts.actor import Actor
from navet.directory.models import Municipality
from navet.house.models import Occasion
from navet.payments.models import Settlement
from navet.transactions import operation


@operation
def request(
    wish: ConferenceWish,
    *,
    asked: str,
    customer: Customer,
    settlement: str = "",
    municipality: Municipality | None = None,
    until: dt.datetime | None = None,
    note: str = "",
    verified_email: str | None = None,
    code: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> Reservation:
    """Take the rooms, and whatever each add-on needs, all or nothing: for half an hour while the code is entered, or as `asked`
    (models.Wish) when the address is proved.

    `settlement` is how the guest would rather pay, "" for whatever the rules say. Staff, who book for whoever rings, may say
    `until` when an option or a quote holds, and leave the house a `note`. `code` is one that the caller drew: asked
    again, it is the same reservation. Raises what refusals.py lists, TooManyHolds, and what the house refuses.
    """
    with translation.override(customer.mail_language):
        choice = choosing.choose(wish, by=by, at=at)
        lines = choosing.lines(choice)
    by_staff = by is not None and by.has_capability(Reservation.SEEN_BY)
    taking.lock(choice)
    earlier = Reservation.objects.whole().filter(code=code).first() if code else None
    if earlier is not None:
        return earlier
    reservation = Reservation(
        **customer.fields(),
        code=code or codes.new_code(),
        wish=asked,
        title=" ".join(wish.title.split()),
        persons=wish.persons,
        diets={diet: count for diet, count in wish.diets.items() if count},
        message=wish.message,
        municipality=municipality,
        settlement=settlement,
        price_ore=money.totals(lines, choice.supply_date).payable_ore,
        booked_by=by.user if by and by_staff else None,
        note=" ".join(note.split())[:500] if by_staff else "",
        created_at=at,
        status=Status.HELD,
        holds_until=at + terms.minutes("hold_minutes"),
    )
    is_proved = by_staff or holding.is_proved(reservation, verified_email)
    if not is_proved:
        holding.begin(reservation, is_proved=False, at=at)
        reservation.holds_until = at + terms.minutes("hold_minutes")
    taking.plan(choice, reservation, taking.seats(choice, at=at), by=by, at=at)
    keeping.write_lines(reservation, lines)
    if is_proved:
        _as_asked(reservation, until if by_staff else None, by=by, at=at)
    else:
        holding.ask_for_code(reservation, at=at)
    return reservation


def confirm(code: str, *, pin: str, at: dt.datetime) -> Reservation:
    """The mailed code was entered: what the guest asked for is done. One that lapsed, while its rooms are still free.

    Raises WrongCode, CodeExpired, TooManyTries, RoomsGone. Confirming again changes nothing.
    """
    holding.check_pin(Reservation, code, pin, at=at)
    return prove(code, at=at)


@transaction.atomic
def prove(code: str, *, at: dt.datetime) -> Reservation:
    """The contact's address is proved. For one that is past that point, nothing happens."""
    reservation = keeping.lock(code, by=None, at=at)
    if reservation.was_proved() or reservation.status not in (Status.HELD, Status.LAPSED):
        return reservation
    keeping.require_before_start(reservation, at)
    _as_asked(reservation, None, by=None, at=at)
    return reservation


@transaction.atomic
def hold_option(
    code: str, *, until: dt.datetime | None = None, version: int | None = None, by: Actor, at: dt.datetime
) -> Reservation:
    """Hold its rooms until a date; staff may say which, and prolong. Raises RoomsGone, NotPossibleNow."""
    reservation = keeping.lock(code, version=version, by=by, at=at)
    keeping.require_before_start(reservation, at)
    _to_option(reservation, until if by.has_capability(Reservation.SEEN_BY) else None, by=by, at=at)
    return reservation


@transaction.atomic
def give_quote(
    code: str,
    *,
    valid_until: dt.datetime | None = None,
    version: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> Quote:
    """Offer it in writing as it stands, its rooms held meanwhile; a quote before it is replaced. Raises RoomsGone."""
    reservation = keeping.lock(code, version=version, by=by, at=at)
    keeping.require_before_start(reservation, at)
    return _to_quote(
        reservation, valid_until if by.has_capability(Reservation.SEEN_BY) else None, by=by, at=at
    )


@transaction.atomic
def accept(code: str, *, number: int, settlement: str = "", by: Actor, at: dt.datetime) -> Reservation:
    """The guest takes the quote: booked at its price. Accepting again changes nothing.

    Raises QuoteReplaced, QuoteOver, MayNotBeInvoiced.
    """
    reservation = keeping.lock(code, by=by, at=at)
    quote = reservation.quotes.order_by("number").last()
    if quote is None or quote.number != number:
        raise refusals.QuoteReplaced(number=quote.number if quote else 0)
    if quote.accepted_at is not None:
        return reservation
    if quote.valid_until <= at:
        raise refusals.QuoteOver
    quote.accepted_at = at
    quote.save(update_fields=["accepted_at"])
    reservation.terms = quote.terms
    _to_booked(reservation, settlement, by=by, at=at)
    return reservation


@transaction.atomic
def book(
    code: str, *, settlement: str = "", version: int | None = None, by: Actor, at: dt.datetime
) -> Reservation:
    """Make a booking of an option: at once on invoice, when it is paid by card. Booking again changes nothing.

    What was not paid in time is tried again, to be paid anew, while its rooms are free. Raises RoomsGone.
    """
    reservation = keeping.lock(code, version=version, by=by, at=at)
    if reservation.status in (Status.CONFIRMED, Status.UNPAID) and not reservation.has_lapsed(at):
        return reservation
    if reservation.status == Status.QUOTED:
        raise refusals.QuoteReplaced(number=reservation.quotes.count())
    if reservation.status == Status.UNPAID:
        keeping.lapse(reservation, at)
    _to_booked(reservation, settlement, by=by, at=at)
    return reservation


def may_pay_again(reservation: Reservation, at: dt.datetime) -> bool:
    """Whether what was not paid in time can be asked for once more: an address was proved, and it has not begun."""
    was_to_be_paid = reservation.has_lapsed(at) and bool(reservation.settlement)
    return was_to_be_paid and reservation.was_proved() and not reservation.has_begun(at)


def tidy(*, at: dt.datetime, limit: int = 500) -> int:
    """Let lapse whose time is out, so that the tables say what the clock has said already; how many."""
    stale = Reservation.objects.lapsed(at).order_by("pk").values_list("code", flat=True)[:limit]
    return sum(_tidy(code, at) for code in list(stale))


@transaction.atomic
def _tidy(code: str, at: dt.datetime) -> bool:
    """One that somebody works on right now is left to the next round, so nobody waits for anybody."""
    found = Reservation.objects.get(code=code)
    ids = keeping.occasion_ids(found)
    free = Occasion.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=ids)
    if len(free.order_by("pk").values_list("pk")) < len(ids):
        return False
    mine = Reservation.objects.whole().lapsed(at).filter(pk=found.pk)
    reservation = mine.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if reservation is None:
        return False
    was = reservation.status
    keeping.lapse(reservation, at)
    if was in (Status.OPTION, Status.QUOTED, Status.UNPAID):
        holding.tell(reservation, "lapsed", at=at)
    return True


def _as_asked(
    reservation: Reservation, until: dt.datetime | None, *, by: Actor | None, at: dt.datetime
) -> None:
    """The address is proved: what was asked for is done."""
    reservation.proved_at = at
    if reservation.wish == Wish.OPTION:
        _to_option(reservation, until, by=by, at=at)
    elif reservation.wish == Wish.QUOTE:
        _to_quote(reservation, until, by=by, at=at)
    else:
        _to_booked(reservation, reservation.settlement, by=by, at=at)


def _to_option(
    reservation: Reservation, until: dt.datetime | None, *, by: Actor | None, at: dt.datetime
) -> None:
    starts_at = reservation.occasion.starts_at
    until = min(until or terms.until("option_days", starts_at=starts_at, at=at), starts_at)
    keeping.hold(reservation, until, by=by, at=at)
    holding.move(reservation, Status.OPTION)
    holding.write(reservation)
    holding.tell(reservation, "option", at=at)


def _to_quote(
    reservation: Reservation, until: dt.datetime | None, *, by: Actor | None, at: dt.datetime
) -> Quote:
    starts_at = reservation.occasion.starts_at
    until = min(until or terms.until("quote_days", starts_at=starts_at, at=at), starts_at)
    keeping.hold(reservation, until, by=by, at=at)
    holding.move(reservation, Status.QUOTED)
    quote = Quote.objects.create(
        reservation=reservation,
        number=reservation.quotes.count() + 1,
        lines=[vars(line) for line in keeping.lines_of(reservation)],
        terms=terms.cancellation_steps(),
        made_at=at,
        valid_until=until,
    )
    holding.write(reservation)
    holding.tell(reservation, "quote", at=at)
    return quote


def _to_booked(reservation: Reservation, wanted: str, *, by: Actor | None, at: dt.datetime) -> None:
    """On invoice it is booked at once; by card it waits for the money, its rooms held meanwhile: no shorter than they were promised."""
    keeping.require_before_start(reservation, at)
    settlement = _settlement(reservation, wanted, by)
    if settlement == Settlement.INVOICE:
        keeping.confirmed(reservation, settlement=settlement, by=by, at=at)
        money.place(reservation, pay_by=None, by=by, at=at)
        return
    promised = reservation.holds_until or at
    until = min(max(at + terms.minutes("pay_minutes"), promised), reservation.occasion.starts_at)
    keeping.hold(reservation, until, by=by, at=at)
    holding.move(reservation, Status.UNPAID)
    reservation.settlement = settlement
    reservation.terms = reservation.terms or terms.cancellation_steps()
    holding.write(reservation)
    money.place(reservation, pay_by=until, by=by, at=at)
    holding.tell(reservation, "to_pay", at=at)


def _settlement(reservation: Reservation, wanted: str, by: Actor | None) -> str:
    """Whoever may be invoiced may pay by card as well; staff may invoice anybody."""
    allowed = terms.settlement_of(reservation.customer_type, reservation.price_ore)
    by_staff = by is not None and by.has_capability(Reservation.SEEN_BY)
    has_somewhere_to_go = bool(reservation.organisation_number or reservation.street)
    settlement = wanted or allowed
    if settlement == Settlement.INVOICE and not (
        has_somewhere_to_go and (by_staff or allowed == Settlement.INVOICE)
    ):
        raise refusals.MayNotBeInvoiced
    return settlement
