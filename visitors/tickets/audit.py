"""Whether the till's lines and the ledger agree: each tap that had a price has its line, no line is alone, and each tap is whole."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Case, Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Abs, Coalesce
from django.utils.translation import gettext as _

from visitors.audit import Difference
from visitors.models import Visit
from visitors.tickets.models import PassPeriod, Price, Product, ReceiptLine, TicketEntry


def differences() -> Iterator[Difference]:
    """Every disagreement there is (settings.LEDGER_AUDITS); nothing when all is well."""
    return disagreements()


def disagreements(day: dt.date | None = None) -> Iterator[Difference]:
    """Every disagreement, of one day or of all; nothing when all is well."""
    entries = Visit.objects.filter(source=Visit.Source.DESK, check_in=None)
    lines = ReceiptLine.objects.all()
    periods = PassPeriod.objects.all()
    if day is not None:
        entries, lines = entries.filter(day=day), lines.filter(day=day)
        periods = periods.filter(receipts__day=day).distinct()
    yield from _without_a_line(entries)
    yield from _of_taps(TicketEntry.objects.filter(visit__in=entries))
    yield from _of_entries(lines.filter(visit__isnull=False))
    yield from _of_terms(lines)
    yield from _of_passes(periods)


def _without_a_line(entries: QuerySet[Visit]) -> Iterator[Difference]:
    """Entries that had a price at their moment, by their ticket or category, and reversals of those that have a line."""
    price = Price.objects.filter(product=OuterRef("sold_as"), valid__contains=OuterRef("at"))
    first = entries.filter(Q(ticket=None) | Q(ticket__first=F("pk")), receipt=None)
    priced = first.annotate(sold_as=Coalesce("ticket__kind__code", "category")).annotate(
        priced=Subquery(price.values("pk")[:1])
    )
    # What was priced is sold as it is entered; its reversal goes by the line, not by a price that may have ended.
    missing = priced.filter(
        Q(reverses__isnull=True, priced__isnull=False) | Q(reverses__receipt__isnull=False)
    )
    for visit in missing.order_by("pk"):
        yield Difference(
            _("%(category)s, receipt lines of the entry") % {"category": visit.get_category_display()},
            1,
            0,
            rows=(visit.pk,),
        )


def _of_entries(lines: QuerySet[ReceiptLine]) -> Iterator[Difference]:
    """Lines whose product, day, tickets or reversal is not their entry's."""
    taps = Coalesce("visit__ticket__tickets", "visit__reverses__ticket__tickets", Abs("visit__count"))
    tickets = (taps + F("price__heads") - 1) / F("price__heads")  # whole numbers: rounded down
    needed = Case(When(visit__count__lt=0, then=-tickets), default=tickets, output_field=IntegerField())
    for line in lines.annotate(needed=needed).exclude(tickets=F("needed")).order_by("pk"):
        yield Difference(
            _("line %(id)s, tickets") % {"id": line.pk}, line.needed, line.tickets, rows=_entries_of(line)
        )
    sold_as = Coalesce("visit__ticket__kind__code", "visit__reverses__ticket__kind__code", "visit__category")
    other = lines.annotate(sold_as=sold_as).filter(
        ~Q(product=F("sold_as"))
        | ~Q(day=F("visit__day"))
        | Q(reverses__isnull=True, visit__reverses__isnull=False)
        | Q(reverses__isnull=False, visit__reverses__isnull=True)
    )
    for crooked in other.order_by("pk"):
        yield Difference(
            _("line %(id)s, its entry of the same product, day and sign") % {"id": crooked.pk},
            1,
            0,
            rows=_entries_of(crooked),
        )


def _of_taps(tied: QuerySet[TicketEntry]) -> Iterator[Difference]:
    """Taps whose entries are not whom the ticket admits, or of which a part was taken back."""
    heads = Func(
        F("kind__party"),
        F("visit__category"),
        arg_joiner=" ->> ",
        template="(%(expressions)s)::integer",
        output_field=IntegerField(),
    )
    categories = Func(
        F("kind__party"),
        template="jsonb_array_length(jsonb_path_query_array(%(expressions)s, '$.keyvalue()'))",
        output_field=IntegerField(),
    )
    taps = (
        tied.annotate(admitted=categories, admits=heads)
        .values("first", "admitted")
        .annotate(
            entries=Count("pk"),
            right=Count("visit__category", distinct=True, filter=Q(visit__count=F("tickets") * F("admits"))),
            taken_back=Count("visit__reversal"),
        )
    )
    crooked = taps.exclude(
        Q(entries=F("admitted"), right=F("admitted")) & (Q(taken_back=0) | Q(taken_back=F("admitted")))
    )
    for tap in crooked.order_by("first"):
        yield Difference(
            _("tap %(id)s, entries of its ticket") % {"id": tap["first"]},
            tap["admitted"],
            min(tap["right"], tap["taken_back"] or tap["right"]),
            rows=(tap["first"],),
        )


def _of_terms(lines: QuerySet[ReceiptLine]) -> Iterator[Difference]:
    """Lines that do not say what their price said."""
    other = lines.exclude(
        unit_ore=F("price__price_ore"), vat_permille=F("price__vat_permille"), product=F("price__product")
    )
    for line in other.select_related("price").order_by("pk"):
        yield Difference(_("line %(id)s, öre for one") % {"id": line.pk}, line.price.price_ore, line.unit_ore)


def _of_passes(periods: QuerySet[PassPeriod]) -> Iterator[Difference]:
    """A period that stands has at most one line, an annulled one nothing in sum."""
    for period in periods.select_related("annual_pass").prefetch_related("receipts"):
        found = sum(line.tickets for line in period.receipts.all())
        product = Product.FAMILY_PASS if period.annual_pass.kind == "family" else Product.PERSON_PASS
        priced = Price.objects.in_force(period.at).filter(product=product).exists()
        expected = int(priced and period.annulled_at is None)
        if found != expected:
            yield Difference(_("period %(id)s of a pass, receipt lines") % {"id": period.pk}, expected, found)


def _entries_of(line: ReceiptLine) -> tuple[int, ...]:
    return () if line.visit_id is None else (line.visit_id,)
