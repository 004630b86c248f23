"""What waits to be invoiced, customers, money, books and VAT."""

import datetime as dt
import functools
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from navet import periods
from navet.accounts import actor
from navet.payments.invoices import forms, ledger, sie, vat_rules
from navet.payments.invoices import seller as sellers
from navet.payments.invoices import waiting as waits
from navet.payments.invoices.models import Customer, Invoice, InvoicePayment, PaymentFile, State
from navet.payments.invoices.operations import crediting, drafting, issuing, settling, standing
from navet.payments.invoices.pages.doors import PAGE, answer, attempt, editor, form_page, viewer
from navet.payments.models import Order, VatRule


@require_safe
@viewer
def waiting(request: HttpRequest) -> HttpResponse:
    """Drafts, orders and charges that wait, and invoices whose order has changed since."""
    context = {
        "drafts": Invoice.objects.filter(state=State.DRAFT).select_related("customer").order_by("pk"),
        "orders": standing.waiting(),
        "owed": waits.charges(),
        "changed": standing.changed(),
        "seller_faults": sellers.faults(),
        "may_edit": actor.of(request).has_capability("invoicing.edit"),
    }
    return render(request, "invoices/waiting.html", context)


@require_POST
@editor
def draft_order(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(Order, pk=pk)
    made = attempt(request, lambda: drafting.draft_order(order, at=timezone.now()))
    return redirect("invoices:one", made.pk) if made else redirect("invoices:waiting")


@require_POST
@editor
def draft_charges(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the customer owes under one reference until now."""
    customer = get_object_or_404(Customer, pk=pk)
    at = timezone.now()
    form = forms.ReferenceForm(request.POST)
    reference = form.cleaned_data["reference"] if form.is_valid() else ""
    until = periods.local_day(at) + dt.timedelta(days=1)
    deed = functools.partial(drafting.draft_charges, customer, reference, until=until, at=at)
    made = attempt(request, deed)
    return redirect("invoices:one", made.pk) if made else redirect("invoices:waiting")


@require_POST
@editor
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The order has changed: credit what was invoiced of it, and draft what stands now."""
    order, by, at = get_object_or_404(Order, pk=pk), actor.of(request), timezone.now()
    deed = lambda: crediting.renew(order, by=by, at=at)  # noqa: E731  # named, so that the call below is one line
    made = attempt(request, deed, done=_("The credit note is issued; send it too."))
    return redirect("invoices:one", made.pk) if made else redirect("invoices:waiting")


@require_safe
@viewer
def customers(request: HttpRequest) -> HttpResponse:
    form = forms.SearchForm(request.GET)
    text = form.cleaned_data["sok"] if form.is_valid() else ""
    found = Customer.objects.annotate(invoices_count=Count("invoices")).order_by("name", "pk")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(organisation_number__startswith=text))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    may_edit = actor.of(request).has_capability("invoicing.edit")
    return render(request, "invoices/customers.html", {"page": page, "form": form, "may_edit": may_edit})


@form_page
@editor
def customer(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new customer, perhaps of a payer that waits, or an old one."""
    found = get_object_or_404(Customer, pk=pk) if pk else None
    initial = {
        "name": request.GET.get("namn", "")[:120],
        "organisation_number": request.GET.get("nummer", "")[:10],
    }
    form = forms.CustomerForm(request.POST or None, instance=found, initial={} if found else initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("invoices:customers")
    return answer(request, "invoices/customer.html", form, {"customer": found})


@form_page
@viewer
def money(request: HttpRequest) -> HttpResponse:
    """What came, what waits for somebody to say what it is, and the next file."""
    may_edit = actor.of(request).has_capability("invoicing.edit")
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and may_edit and form.is_valid():
        file, by, at = form.cleaned_data["file"], actor.of(request), timezone.now()
        deed = lambda: settling.book_file(file.read(), name=file.name, by=by, at=at)  # noqa: E731  # named, so that the call below is one line
        if attempt(request, deed, done=_("The file is booked."), form=form):
            return redirect("invoices:money")
    came = InvoicePayment.objects.select_related("invoice__customer", "file").order_by("-paid_date", "-pk")
    context = {
        "page": Paginator(came, PAGE).get_page(request.GET.get("page")),
        "unknown": InvoicePayment.objects.to_settle().order_by("paid_date", "pk"),
        "surplus": Invoice.objects.overpaid().select_related("customer"),
        "files": PaymentFile.objects.order_by("-at")[:5],
        "may_edit": may_edit,
    }
    return answer(request, "invoices/money.html", form, context)


@form_page
@editor
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what unknown money was for, or set it aside."""
    payment = get_object_or_404(InvoicePayment.objects.to_settle(), pk=pk)
    is_aside = "reason" in request.POST
    form = forms.SettleForm(None if is_aside else request.POST or None)
    aside = forms.ReasonForm(request.POST if is_aside else None)
    if request.method == "POST" and _settled(request, payment, aside if is_aside else form):
        return redirect("invoices:money")
    return answer(
        request,
        "invoices/settle.html",
        aside if is_aside else form,
        {"payment": payment, "assign": form, "aside": aside},
    )


def _settled(request: HttpRequest, payment: InvoicePayment, form: Any) -> Any:
    by, at = actor.of(request), timezone.now()
    if not form.is_valid():
        return None
    if isinstance(form, forms.ReasonForm):
        deed = lambda: settling.set_aside(payment, reason=form.cleaned_data["reason"], by=by, at=at)  # noqa: E731  # named, so that the call below is one line
        return attempt(request, deed, done=_("It is set aside."), form=form)
    invoice = Invoice.objects.issued().filter(number=form.cleaned_data["number"]).first()
    if invoice is None:
        form.add_error("number", _("There is no invoice with that number."))
        return None
    return attempt(
        request, lambda: settling.assign(payment, invoice, by=by, at=at), done=_("Booked."), form=form
    )


@require_safe
@viewer
def books(request: HttpRequest) -> HttpResponse:
    """A period's sums by account, and its file for the ledger."""
    today = periods.local_day(timezone.now())
    initial = {"fran": today.replace(day=1), "till": today}
    form = forms.PeriodForm(request.GET or initial)
    context: dict[str, Any] = {"form": form, "missing_numbers": issuing.missing_numbers()}
    if form.is_valid():
        first, last = form.cleaned_data["fran"], form.cleaned_data["till"]
        vouchers = ledger.vouchers(first, last)
        sums = sie.sums(vouchers)
        context |= {
            "first": first, "last": last, "vouchers": vouchers,
            "sums": [(number, ledger.name_of(number), max(ore, 0), max(-ore, 0)) for number, ore in sums.items()],
            "is_whole": ledger.MISSING not in sums, "balance_ore": sum(sums.values()),
        }  # fmt: skip
    return render(request, "invoices/books.html", context, status=400 if form.errors else 200)


@require_safe
@viewer
def sie_file(request: HttpRequest) -> HttpResponse:
    """The period as SIE 4."""
    form = forms.PeriodForm(request.GET)
    if not form.is_valid():
        return redirect("invoices:books")
    first, last = form.cleaned_data["fran"], form.cleaned_data["till"]
    try:
        content = ledger.export(first, last, made=periods.local_day(timezone.now()))
    except (ValueError, sellers.SellerNotSet):
        messages.error(request, _("An account or Navet's own numbers are missing, so there is no file."))
        return redirect("invoices:books")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="navet-{first:%Y%m%d}-{last:%Y%m%d}.si"'
    response["Cache-Control"] = "no-store"
    return response


@form_page
@viewer
def vat(request: HttpRequest) -> HttpResponse:
    """The rates by what is sold, and a new one from a date on."""
    may_edit, today = actor.of(request).has_capability("invoicing.edit"), periods.local_day(timezone.now())
    form = forms.VatRuleForm(request.POST or None, initial={"first_date": today})
    if request.method == "POST" and may_edit and form.is_valid():
        deed = lambda: vat_rules.begin(**form.cleaned_data, today=today, by=actor.of(request))  # noqa: E731  # named, so that the call below is one line
        if attempt(request, deed, done=_("The rule is set."), form=form):
            return redirect("invoices:vat")
    rules = VatRule.objects.order_by("treatment", "-valid")
    return answer(request, "invoices/vat.html", form, {"rules": rules, "today": today, "may_edit": may_edit})
