"""What a period's invoices, their payments and what was paid by card are in the books: vouchers that balance, for the screen and for SIE alike."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from navet import money, periods
from navet.payments import card_books
from navet.payments.invoices import seller as sellers
from navet.payments.invoices import sie
from navet.payments.invoices.models import Invoice, InvoicePayment
from navet.payments.models import VAT_RATES, BalanceEntry, Movement, Payout, VatRule

What = BalanceEntry.What
RATES = [rate for rate in reversed(VAT_RATES) if rate]
MISSING = "?"
PART_OF = {"fees_tax": "fees", "disputed": "card"}


@dataclass(frozen=True)
class Accounts:
    """Which account is used for what. `revenue` is by treatment and rate, from the VAT rules; `common` is from the settings."""

    common: dict[str, str]
    revenue: dict[tuple[str, int], str]
    # Whether the VAT of what a dispute took is taken back: whether it may be is finance's to decide.
    takes_back_vat: bool = False

    def of(self, name: str) -> str:
        """Those that finance need not set stand for themselves or for the account they are a part of."""
        return self.common.get(name) or self.common.get(PART_OF.get(name, "")) or MISSING

    def of_revenue(self, treatment: str, vat_permille: int) -> str:
        return self.revenue.get((treatment, vat_permille)) or self.of("revenue")


def accounts() -> Accounts:
    """As finance has set them now."""
    rules = VatRule.objects.exclude(revenue_account="").order_by("valid")
    revenue = {(rule.treatment, rule.vat_permille): rule.revenue_account for rule in rules}
    return Accounts(
        common=dict(settings.INVOICING["accounts"]),
        revenue=revenue,
        takes_back_vat=settings.INVOICING["lost_disputes_take_back_vat"],
    )


def vouchers(first: dt.date, last: dt.date) -> list[sie.Voucher]:
    """Those of the days from first to last, in the order of their days: invoices (series F), money (B), losses (K), card and Swish (S),
    and what Stripe kept and sent to the bank (P)."""
    chart = accounts()
    found = [
        *_invoices(first, last, chart),
        *_payments(first, last, chart),
        *_losses(first, last, chart),
        *(of_card(entry, chart) for entry in card_books.entries(first, last)),
        *_at_stripe(first, last, chart),
    ]
    return sorted(found, key=lambda one: (one.day, one.series, one.number))


def export(first: dt.date, last: dt.date, *, made: dt.date) -> bytes:
    """The SIE file of a period within one year. Raises ValueError where an account is missing, or for two years."""
    found = vouchers(first, last)
    numbers = sie.sums(found)
    if MISSING in numbers or first.year != last.year:
        raise ValueError("an account is missing, or the period is of two years")
    seller = sellers.current()
    return sie.write(
        sie.Ledger(
            company=seller.name,
            organisation_number=seller.organisation_number,
            year=(dt.date(first.year, 1, 1), dt.date(first.year, 12, 31)),
            accounts={number: name_of(number) for number in numbers},
            vouchers=tuple(found),
        ),
        made=made,
    )


def name_of(number: str) -> str:
    """What the account is used for here; the ledger has names of its own."""
    chart = accounts()
    names = _names()
    uses = [names[use] for use, account in chart.common.items() if account == number]
    return "; ".join(uses) or _("Revenue")


def _names() -> dict[str, str]:
    return {
        "receivables": _("Receivables"), "bank": _("Bank"), "unknown_money": _("Money for nothing known"),
        "vat_250": _("VAT 25 %"), "vat_120": _("VAT 12 %"), "vat_60": _("VAT 6 %"), "revenue": _("Revenue"),
        "rounding": _("Rounding"), "losses": _("Losses on receivables"), "card": _("Money at Stripe"),
        "owed_back": _("Owed to those who paid too much"), "fees": _("Stripe's fees"), "fees_tax": _("Tax on Stripe's fees"),
        "disputed": _("Withheld in disputes"), "payouts": _("On its way from Stripe to the bank"),
    }  # fmt: skip


def _invoices(first: dt.date, last: dt.date, chart: Accounts) -> Iterator[sie.Voucher]:
    found = Invoice.objects.issued().filter(issue_date__range=(first, last)).order_by("number")
    for invoice in found.prefetch_related("lines"):
        yield of_invoice(invoice, chart)


def of_invoice(invoice: Invoice, chart: Accounts) -> sie.Voucher:
    """Receivable against revenue by treatment, VAT by rate, and rounding; of a credit note the other way about."""
    revenue: defaultdict[str, int] = defaultdict(int)
    for line in invoice.lines.all():
        revenue[chart.of_revenue(line.treatment, line.vat_permille)] += line.net_ore
    rows = [sie.Row(chart.of("receivables"), invoice.payable_ore)]
    rows += [sie.Row(account, -net) for account, net in sorted(revenue.items())]
    rows += [sie.Row(chart.of(f"vat_{rate}"), -getattr(invoice, f"vat_{rate}_ore")) for rate in RATES]
    rows.append(sie.Row(chart.of("rounding"), -invoice.rounding_ore))
    text = f"{invoice} {invoice.buyer.get('name', '')}"
    return _voucher("F", str(invoice.number), invoice.issue_date, text, rows)


def _payments(first: dt.date, last: dt.date, chart: Accounts) -> Iterator[sie.Voucher]:
    """Money is booked on its day, unknown money on an account of its own, from which it is moved on the day it is assigned."""
    came = InvoicePayment.objects.filter(paid_date__range=(first, last)).select_related("invoice")
    for payment in came.order_by("paid_date", "pk"):
        against = "unknown_money" if payment.came_unknown else "receivables"
        rows = [
            sie.Row(chart.of("bank"), payment.amount_ore),
            sie.Row(chart.of(against), -payment.amount_ore),
        ]
        yield _voucher("B", str(payment.pk), payment.paid_date, payment.reference or payment.text, rows)
    assigned = InvoicePayment.objects.filter(assigned_date__range=(first, last)).select_related("invoice")
    for payment in assigned.order_by("assigned_date", "pk"):
        rows = [
            sie.Row(chart.of("unknown_money"), payment.amount_ore),
            sie.Row(chart.of("receivables"), -payment.amount_ore),
        ]
        yield _voucher("B", f"{payment.pk}a", payment.assigned_date, str(payment.invoice), rows)


def _losses(first: dt.date, last: dt.date, chart: Accounts) -> Iterator[sie.Voucher]:
    start, _end = periods.day_bounds(first)
    _start, end = periods.day_bounds(last)
    lost = Invoice.objects.filter(written_off_at__gte=start, written_off_at__lt=end).order_by("number")
    for invoice in lost:
        rows = [
            sie.Row(chart.of("losses"), invoice.written_off_ore),
            sie.Row(chart.of("receivables"), -invoice.written_off_ore),
        ]
        day = periods.local_day(invoice.written_off_at) if invoice.written_off_at else None
        yield _voucher("K", str(invoice.number), day, str(invoice), rows)


def of_card(entry: card_books.Entry, chart: Accounts) -> sie.Voucher:
    """What came to Stripe or left it against revenue by treatment and VAT by rate; what is owed back and what is lost."""
    change = entry.change
    revenue: defaultdict[str, int] = defaultdict(int)
    for (treatment, rate), net in change.nets.items():
        revenue[chart.of_revenue(treatment, rate)] += net
    # What a dispute takes was withheld before: it leaves the account of that.
    against = "disputed" if entry.kind in Movement.OF_DISPUTES else "card"
    rows = [sie.Row(chart.of(against), entry.amount_ore), *_lost(change.lost, chart)]
    rows += [sie.Row(account, -net) for account, net in sorted(revenue.items())]
    rows += [sie.Row(chart.of(f"vat_{rate}"), -change.vats.get(rate, 0)) for rate in RATES]
    rows.append(sie.Row(chart.of("rounding"), -change.rounding_ore))
    rows.append(sie.Row(chart.of("owed_back"), -change.owed_back_ore))
    what = Movement.Kind(entry.kind).label if entry.kind != card_books.CHANGED else _("Order changed")
    return _voucher("S", entry.number, entry.day, f"{what} {entry.order.code}", rows)


def _lost(lost: dict[int, int], chart: Accounts) -> Iterator[sie.Row]:
    """What is lost per VAT rate, each by itself; its VAT with it, or taken back where finance has decided so."""
    for rate, ore in sorted(lost.items()):
        vat_ore = money.split_gross(ore, rate_permille=rate).vat_ore if chart.takes_back_vat and rate else 0
        yield sie.Row(chart.of("losses"), ore - vat_ore, _("VAT %(rate)s %%") % {"rate": rate // 10})
        if vat_ore:
            yield sie.Row(chart.of(f"vat_{rate}"), vat_ore)


def _at_stripe(first: dt.date, last: dt.date, chart: Accounts) -> Iterator[sie.Voucher]:
    """What Stripe kept, a voucher a day; what it withheld, sent and got back, and what nobody knows, one each; what reached the bank."""
    start, end = periods.day_bounds(first)[0], periods.day_bounds(last)[1]
    fees: defaultdict[dt.date, list[BalanceEntry]] = defaultdict(list)
    against = {What.PAYOUT: "payouts", What.DISPUTE: "disputed", What.UNKNOWN: "unknown_money"}
    for entry in BalanceEntry.objects.filter(at__gte=start, at__lt=end).order_by("at", "pk"):
        day = periods.local_day(entry.at)
        fees[day].append(entry)
        if entry.what in against:
            other = chart.of(against[What(entry.what)])
            rows = [sie.Row(chart.of("card"), entry.amount_ore), sie.Row(other, -entry.amount_ore)]
            yield _voucher("P", str(entry.pk), day, f"{entry.get_what_display()} {entry.source_id}", rows)
    for day, entries in fees.items():
        yield _voucher("P", f"{day:%m%d}", day, _("Stripe's fees of the day"), _fees(entries, chart))
    for payout in Payout.objects.filter(arrived_date__range=(first, last)).order_by("pk"):
        yield _of_bank(payout, payout.arrived_date, payout.amount_ore, _("At the bank"), chart)
    came_back = Payout.objects.filter(failed_date__range=(first, last), arrived_date__isnull=False)
    for payout in came_back.order_by("pk"):
        yield _of_bank(payout, payout.failed_date, -payout.amount_ore, _("Did not arrive"), chart)


def _fees(entries: Iterable[BalanceEntry], chart: Accounts) -> list[sie.Row]:
    fee = tax = 0
    for entry in entries:
        alone = -entry.amount_ore if entry.what == What.FEE else 0
        tax += entry.fee_tax_ore
        fee += entry.fee_ore - entry.fee_tax_ore + alone
    return [
        sie.Row(chart.of("card"), -(fee + tax)),
        sie.Row(chart.of("fees"), fee),
        sie.Row(chart.of("fees_tax"), tax),
    ]


def _of_bank(payout: Payout, day: dt.date | None, amount_ore: int, text: str, chart: Accounts) -> sie.Voucher:
    number = f"{payout.pk}{'a' if amount_ore > 0 else 'b'}"
    rows = [sie.Row(chart.of("bank"), amount_ore), sie.Row(chart.of("payouts"), -amount_ore)]
    return _voucher("P", number, day, f"{text} {payout}", rows)


def _voucher(
    series: str, number: str, day: dt.date | None, text: str, rows: Iterable[sie.Row]
) -> sie.Voucher:
    if day is None:
        raise ValueError("a voucher has its day")
    return sie.Voucher(series, number, day, text, tuple(row for row in rows if row.amount_ore))
