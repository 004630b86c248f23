"""One tap of a ticket's key: its entries, what ties them together and what the till is to take, written in one statement."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet import periods, queries
from navet.errors import Refused
from visitors.models import Visit
from visitors.tickets import till
from visitors.tickets.models import Price, ReceiptLine, TicketEntry, TicketKind

_ON_SALE = """
    SELECT k.id, k.name_sv, k.name_en, k.party::text, k.valid @> %(day)s::date,
        p.id, p.price_ore, p.vat_permille, p.heads
    FROM till_ticketkind k LEFT JOIN till_price p ON p.product = k.code AND p.valid @> %(at)s::timestamptz
    WHERE k.code = %(code)s
"""
_OF_ENTRY = ("at", "day", "leaves_at", "municipality_id", "source", "via", "by_id", "device_id", "entered_at")
_OF_LINE = (
    *("at", "day", "product", "tickets", "unit_ore", "amount_ore", "vat_permille", "vat_ore"),
    "price_id",
)


class NoSuchTicket(Refused):
    code = "no_such_ticket"
    field = "ticket"
    status = 400
    message = _("There is no such ticket. Load the page again for those that are sold.")


class TicketNotSold(Refused):
    code = "ticket_not_sold"
    field = "ticket"
    message = _("This ticket is not sold on that day.")


@dataclass(frozen=True)
class Sale:
    """A ticket at a moment, with its price where it has one."""

    kind: TicketKind
    price: Price | None


def on_sale(code: str, *, at: dt.datetime) -> Sale:
    """The ticket and its price of the moment; one statement. Raises NoSuchTicket, TicketNotSold."""
    found = queries.row(_ON_SALE, {"code": code, "at": at, "day": periods.local_day(at)})
    if found is None:
        raise NoSuchTicket()
    pk, name_sv, name_en, party, is_sold, *price = found
    if not is_sold:
        raise TicketNotSold()
    kind = TicketKind(pk=pk, code=code, name_sv=name_sv, name_en=name_en, party=json.loads(party))
    if price[0] is None:
        return Sale(kind, None)
    terms = dict(zip(("pk", "price_ore", "vat_permille", "heads"), price, strict=True))
    return Sale(kind, Price(product=code, **terms))


def write(entries: Sequence[Visit], sale: Sale, tickets: int) -> Visit:
    """Append the entries of one tap, tied together, with its receipt line; the first of them. One statement."""
    first = entries[0]
    facts: dict[str, Any] = {name: getattr(first, name) for name in _OF_ENTRY}
    facts |= {"kind": sale.kind.pk, "tapped": tickets}
    for n, entry in enumerate(entries):
        facts |= {f"category_{n}": entry.category, f"count_{n}": entry.count}
    line = sale.price and till.line(
        sale.price, till.tickets_for(tickets, admits=sale.price.heads), at=first.at
    )
    facts |= {f"line_{name}": value for name, value in (line or {}).items()}
    keys = [key for (key,) in queries.rows(_statement(len(entries), is_priced=bool(line)), facts)]
    for entry, key in zip(entries, keys, strict=True):
        entry.pk, entry._state.adding = key, False
        TicketEntry(
            visit=entry, kind=sale.kind, tickets=tickets, first_id=keys[0]
        )  # entry.ticket, for the answer
    if line:
        ReceiptLine(visit=first, **line)  # first.receipt
    return first


@cache
def _statement(entries: int, *, is_priced: bool) -> str:
    """The INSERT of so many entries in their order. VALUES of an INSERT take the types of their columns, a SELECT's do not."""
    common = ", ".join(f"%({name})s" for name in _OF_ENTRY)
    rows = ", ".join(f"({common}, %(category_{n})s, %(count_{n})s, '', '')" for n in range(entries))
    sold = f"""
    , sold AS (
        INSERT INTO till_receiptline (visit_id, {", ".join(_OF_LINE)})
        VALUES ((SELECT min(id) FROM entered), {", ".join(f"%(line_{name})s" for name in _OF_LINE)})
    )"""  # noqa: S608 - nothing of it comes from outside
    return f"""
    WITH entered AS (
        INSERT INTO visitors_visit ({", ".join(_OF_ENTRY)}, category, count, person, note) VALUES {rows} RETURNING id
    ), tied AS (
        INSERT INTO till_ticketentry (visit_id, kind_id, tickets, first_id)
        SELECT id, %(kind)s::bigint, %(tapped)s::integer, (SELECT min(id) FROM entered) FROM entered
    ){sold if is_priced else ""}
    SELECT id FROM entered ORDER BY id
    """  # noqa: S608 - nothing of it comes from outside


def of_tap(visit: Visit) -> Q:
    """The entries of the tap that made this one; itself where it was no ticket's. One query."""
    first = TicketEntry.objects.filter(visit=visit.pk).values_list("first_id", flat=True).first()
    return Q(pk=visit.pk) if first is None else Q(ticket__first=first)
