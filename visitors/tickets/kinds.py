"""The desk's tickets: adding one, mending its name, giving it its key, ending it. Whom it admits is settled once."""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.errors import Refused
from visitors.models import Category
from visitors.tickets.models import DESK_CATEGORIES, MOST_HEADS, Product, TicketKind

_TAKEN = {*Category.values, *Product.values}  # what an entry of a category alone, or a pass, is sold as
_LONGEST = 16


class TicketInThePast(Refused):
    code = "ticket_in_the_past"
    field = "first_date"
    message = _("A ticket is sold from today or later.")


class TicketEndsInThePast(Refused):
    code = "ticket_ends_in_the_past"
    field = "last_date"
    message = _("The last day is today or later: what was sold was sold.")


class TicketEndsBeforeItBegins(Refused):
    code = "ticket_ends_before_it_begins"
    field = "last_date"
    message = _("The last day must not be before the first.")


class AdmitsNobody(Refused):
    code = "ticket_admits_nobody"
    field = "party"
    message = _("Say how many people the ticket admits.")


class AdmitsTooMany(Refused):
    """`extra`: at_most."""

    code = "ticket_admits_too_many"
    field = "party"

    def __init__(self) -> None:
        text = _("A ticket admits at most %(most)s people in all.") % {"most": MOST_HEADS}
        super().__init__(text, at_most=MOST_HEADS)


class NotAWalkInsTicket(Refused):
    code = "not_a_walk_ins_ticket"
    field = "party"
    status = 400
    message = _(
        "People of this category come by a booking or an attendance list, not by a ticket of the desk."
    )


@transaction.atomic
def add(
    *,
    name_sv: str,
    name_en: str,
    party: Mapping[str, int],
    position: int,
    first_date: dt.date,
    by: Actor,
    at: dt.datetime,
) -> TicketKind:
    """Let a ticket be sold from a date on; `party` is whom one admits: category -> heads, none of 0. One that is there already, in all the same, is it.

    Raises TicketInThePast, AdmitsNobody, AdmitsTooMany, NotAWalkInsTicket.
    """
    if first_date < periods.local_day(at):
        raise TicketInThePast()
    admitted = {category: heads for category, heads in party.items() if heads}
    if not admitted.keys() <= set(DESK_CATEGORIES):
        raise NotAWalkInsTicket()
    if not admitted:
        raise AdmitsNobody()
    if sum(admitted.values()) > MOST_HEADS:
        raise AdmitsTooMany()
    terms = {
        "name_sv": name_sv,
        "name_en": name_en,
        "party": admitted,
        "position": position,
        "valid": DateRange(first_date, None, "[)"),
    }
    with (
        connection.cursor() as cursor
    ):  # a form sent twice at the same moment is one ticket, and a code is free until it is taken
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('till.tickets', 0))")
    same = TicketKind.objects.filter(**terms).first()
    return same or TicketKind.objects.create(code=_free_code(name_sv), **terms)


def _free_code(name: str) -> str:
    """Readable, and of no other ticket."""
    word = slugify(name)[:_LONGEST].strip("-") or "biljett"
    taken = _TAKEN | set(TicketKind.objects.values_list("code", flat=True))
    number, code = 1, word
    while code in taken:
        number += 1
        code = f"{word[: _LONGEST - 1 - len(str(number))]}-{number}"
    return code


@transaction.atomic
def change(
    kind: TicketKind,
    *,
    name_sv: str,
    name_en: str,
    position: int,
    has_key: bool,
    last_date: dt.date | None,
    by: Actor,
    at: dt.datetime,
) -> TicketKind:
    """Mend its name, place its key, take the key away or give it back, end it after a date or let it be sold on.

    What was sold is told of by the new name, at the prices it was sold at. Raises TicketEndsInThePast, TicketEndsBeforeItBegins.
    """
    changed = TicketKind.objects.select_for_update().get(pk=kind.pk)
    if last_date and last_date != changed.last_date and last_date < periods.local_day(at):
        raise TicketEndsInThePast()
    if last_date and last_date < changed.valid.lower:
        raise TicketEndsBeforeItBegins()
    changed.name_sv, changed.name_en = name_sv, name_en
    changed.position, changed.has_key = position, has_key
    changed.valid = DateRange(changed.valid.lower, last_date and last_date + dt.timedelta(days=1), "[)")
    changed.save(update_fields=["name_sv", "name_en", "position", "has_key", "valid"])
    return changed


@dataclass(frozen=True)
class EarlierName:
    """What a ticket was called until somebody mended it; `by` is "" where nobody was logged in."""

    name_sv: str
    name_en: str
    until: dt.datetime
    by: str


def earlier_names(kind: TicketKind) -> list[EarlierName]:
    """The names it has had, the latest first, as the audit trail keeps them; two queries."""
    history: Any = apps.get_model("till", "TicketKindEvent")._default_manager
    events = list(
        history.filter(pgh_obj=kind.pk).select_related("pgh_context").order_by("pgh_created_at", "pgh_id")
    )
    found = list(_mended(events))
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={by for _old, _at, by in found if by})}
    return [
        EarlierName(old.name_sv, old.name_en, at, names.get(by, "") if by else "")
        for old, at, by in reversed(found)
    ]


def _mended(events: list[Any]) -> Iterator[tuple[Any, dt.datetime, int | None]]:
    """Each name that another replaced, when, and by whom."""
    for old, new in itertools.pairwise(events):
        if (old.name_sv, old.name_en) != (new.name_sv, new.name_en):
            said = new.pgh_context.metadata if new.pgh_context else {}
            yield old, new.pgh_created_at, said.get("user")


def labels() -> dict[str, str]:
    """Product -> its name: tickets in the order of the keys, then what else has a price; one query."""
    tickets = {kind.code: kind.name for kind in TicketKind.objects.in_order()}
    return tickets | {code: str(label) for code, label in Product.choices if code not in tickets}


def to_price() -> list[tuple[str, str]]:
    """What a price can be set of: tickets that may be sold yet, and passes. Who shows a pass has paid for it already."""
    day = periods.local_day(timezone.now())
    tickets = TicketKind.objects.not_over(day)
    found = {kind.code: kind.name for kind in tickets if list(kind.party) != [Category.ANNUAL_PASS]}
    passes = (Product.PERSON_PASS, Product.FAMILY_PASS)
    others = [
        one for one in Product if one in passes or not found
    ]  # without tickets, the desk counts by category
    return [*found.items(), *((one.value, str(one.label)) for one in others)]
