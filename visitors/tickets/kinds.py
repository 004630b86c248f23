"""The desk's tickets: adding one, giving it its key, ending it. What it is called and whom it admits is settled once."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused
from visitors.models import Category
from visitors.tickets.models import Product, TicketKind

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


class SameCategoryTwice(Refused):
    code = "same_category_twice"
    field = "more_category"
    message = _("The others on the ticket are counted as something else than the first.")


class HalfAParty(Refused):
    code = "half_a_party"
    field = "more_heads"
    message = _("Say both what the others are counted as and how many they are, or neither.")


@transaction.atomic
def add(
    *,
    name_sv: str,
    name_en: str,
    category: str,
    heads: int,
    more_category: str = "",
    more_heads: int = 0,
    position: int,
    first_date: dt.date,
    by: Actor,
    at: dt.datetime,
) -> TicketKind:
    """Let a ticket be sold from a date on. Raises TicketInThePast, SameCategoryTwice, HalfAParty."""
    if first_date < periods.local_day(at):
        raise TicketInThePast()
    if bool(more_category) != bool(more_heads):
        raise HalfAParty()
    if more_category == category:
        raise SameCategoryTwice()
    terms = {
        "name_sv": name_sv,
        "name_en": name_en,
        "category": category,
        "heads": heads,
        "more_category": more_category,
        "more_heads": more_heads,
        "position": position,
        "valid": DateRange(first_date, None, "[)"),
    }
    while True:
        try:
            with transaction.atomic():
                return TicketKind.objects.create(code=_free_code(name_sv), **terms)
        except IntegrityError as error:
            if "(code)" not in str(error):  # else: another of its name, at the same moment
                raise


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
def arrange(
    kind: TicketKind,
    *,
    position: int,
    has_key: bool,
    last_date: dt.date | None,
    by: Actor,
    at: dt.datetime,
) -> TicketKind:
    """Place its key, take the key away or give it back, end it after a date or let it be sold on.

    Raises TicketEndsInThePast, TicketEndsBeforeItBegins.
    """
    changed = TicketKind.objects.select_for_update().get(pk=kind.pk)
    if last_date and last_date != changed.last_date and last_date < periods.local_day(at):
        raise TicketEndsInThePast()
    if last_date and last_date < changed.valid.lower:
        raise TicketEndsBeforeItBegins()
    changed.position, changed.has_key = position, has_key
    changed.valid = DateRange(changed.valid.lower, last_date and last_date + dt.timedelta(days=1), "[)")
    changed.save(update_fields=["position", "has_key", "valid"])
    return changed


def labels() -> dict[str, str]:
    """Product -> its name: tickets in the order of the keys, then what else has a price; one query."""
    tickets = {kind.code: kind.name for kind in TicketKind.objects.in_order()}
    return tickets | {code: str(label) for code, label in Product.choices if code not in tickets}


def to_price() -> list[tuple[str, str]]:
    """What a price can be set of: tickets that may be sold yet, and passes. Who shows a pass has paid for it already."""
    day = periods.local_day(timezone.now())
    tickets = TicketKind.objects.not_over(day).exclude(category=Category.ANNUAL_PASS)
    found = {kind.code: kind.name for kind in tickets}
    passes = (Product.PERSON_PASS, Product.FAMILY_PASS)
    others = [
        one for one in Product if one in passes or not found
    ]  # without tickets, the desk counts by category
    return [*found.items(), *((one.value, str(one.label)) for one in others)]
