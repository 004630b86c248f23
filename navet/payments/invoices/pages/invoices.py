"""The list of invoices, one invoice, and what can be done with it."""

import functools
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from navet import money, periods
from navet.accounts import actor
from navet.pages import exports
from navet.payments.invoices import delivery, documents, forms, peppol_rules
from navet.payments.invoices.models import Invoice, State, Way
from navet.payments.invoices.models.invoices import MOVES
from navet.payments.invoices.operations import crediting, drafting, issuing, sending, settling
from navet.payments.invoices.pages.doors import PAGE, answer, attempt, editor, form_page, viewer


@require_safe
@viewer
def listed(request: HttpRequest) -> HttpResponse:
    """All invoices, newest first, by state or by what is looked for."""
    form = forms.InvoiceFilter(request.GET)
    found = _chosen(form, periods.local_day(timezone.now()))
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "today": periods.local_day(timezone.now()),
        "query": request.GET.urlencode(),
    }
    return render(request, "invoices/list.html", context)


@require_safe
@viewer
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file."""
    if kind not in exports.CONTENT_TYPES:
        raise Http404
    heading = [
        _("Invoice number"), _("Kind"), _("State"), _("Date"), _("To be paid by"), _("Customer"), _("Reference"), _("OCR number"),
        _("Without VAT"), _("VAT amount"), _("To pay"), _("Still to pay"),
    ]  # fmt: skip
    rows = map(_row, _chosen(forms.InvoiceFilter(request.GET), periods.local_day(timezone.now())))
    return exports.download(kind, name=_("Invoices"), heading=heading, rows=rows)


def _row(invoice: Any) -> list[Any]:
    amounts = (
        invoice.net_ore,
        invoice.vat_ore,
        invoice.payable_ore,
        0 if invoice.is_credit else invoice.balance_ore,
    )
    return [
        invoice.number, invoice.get_kind_display(), invoice.get_state_display(), invoice.issue_date, invoice.due_date,
        invoice.customer.name, invoice.reference, invoice.ocr, *map(money.kronor, amounts),
    ]  # fmt: skip


def _chosen(form: forms.InvoiceFilter, today: Any) -> QuerySet[Invoice]:
    asked = form.cleaned_data if form.is_valid() else {}
    found = Invoice.objects.with_balance().select_related("customer")
    state, text = asked.get("lage", ""), asked.get("sok", "")
    if state == "overdue":
        found = found.filter(pk__in=Invoice.objects.overdue(today).values("pk"))
    elif state:
        found = found.filter(state=state)
    if text:
        wanted = Q(ocr=text) | Q(customer__name__icontains=text)
        if text.isascii() and text.isdigit() and len(text) < 10:
            wanted |= Q(number=int(text))
        found = found.filter(wanted)
    return found.order_by("-created_at", "-pk")


@form_page
@viewer
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An invoice whole: lines, sums, money, what it breaks, and what can be done."""
    invoice = get_object_or_404(Invoice.objects.select_related("customer", "credits", "order"), pk=pk)
    at = timezone.now()
    form = forms.ReferenceForm(request.POST or None, initial={"reference": invoice.reference})
    if request.method == "POST":
        if not actor.of(request).has_capability("invoicing.edit"):
            raise Http404
        deed = lambda: drafting.set_reference(invoice, form.cleaned_data["reference"])  # noqa: E731  # named, so that the call below is one line
        if form.is_valid() and attempt(request, deed, done=_("Saved."), form=form):
            return redirect("invoices:one", pk)
    return answer(request, "invoices/one.html", form, _about(request, invoice, at))


def _about(request: HttpRequest, invoice: Invoice, at: Any) -> dict[str, Any]:
    next_reminder, today = sending.next_reminder(invoice), periods.local_day(at)
    is_open = invoice.state in (State.ISSUED, State.SENT) and not invoice.is_credit
    return {
        "invoice": invoice,
        "document": attempt(request, lambda: documents.of(invoice, today=today)),
        "payments": invoice.payments.order_by("paid_date", "pk"),
        "notes": invoice.credit_notes.order_by("pk"),
        "reminders": invoice.reminders.all(),
        "balance_ore": 0 if invoice.is_credit else settling.balance(invoice),
        "is_draft": invoice.state == State.DRAFT,
        "is_overdue": is_open and invoice.due_date is not None and invoice.due_date < today,
        "may_remind": next_reminder is not None and next_reminder <= today,
        "next_reminder": next_reminder,
        "may_credit": not invoice.is_credit and State.CREDITED in MOVES[invoice.state],
        "may_write_off": is_open,
        "by_hand": delivery.is_by_hand() and invoice.sent_way == Way.E_INVOICE and not invoice.handed_over_at,
        "may_edit": actor.of(request).has_capability("invoicing.edit"),
    }


@require_safe
@viewer
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = get_object_or_404(Invoice.objects.select_related("customer", "credits"), pk=pk)
    content = documents.pdf_of(invoice, today=periods.local_day(timezone.now()))
    return _file(content, "application/pdf", documents.file_name(invoice, "pdf"))


@require_safe
@viewer
def ubl(request: HttpRequest, pk: int) -> HttpResponse:
    """The e-invoice as a file, for whoever hands it over."""
    invoice = get_object_or_404(Invoice.objects.issued().select_related("customer", "credits"), pk=pk)
    return _file(documents.ubl_of(invoice), "application/xml", documents.file_name(invoice, "xml"))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@viewer
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules of e-invoices say of it."""
    invoice = get_object_or_404(Invoice.objects.issued().select_related("customer", "credits"), pk=pk)
    context = {"invoice": invoice, "findings": peppol_rules.check(documents.ubl_of(invoice))}
    return render(request, "invoices/checked.html", context)


_DEEDS: dict[str, tuple[Any, str]] = {
    "stall-ut": (issuing.issue, _("The invoice is issued.")),
    "skicka": (sending.send, _("The invoice is on its way.")),
    "overlamnad": (sending.handed_over, _("Noted.")),
    "paminn": (sending.remind, _("The reminder is on its way.")),
}


@require_POST
@editor
def act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Issue, send, hand over or remind."""
    if deed not in _DEEDS:
        raise Http404
    invoice = get_object_or_404(Invoice, pk=pk)
    verb, done = _DEEDS[deed]
    attempt(request, lambda: verb(invoice, by=actor.of(request), at=timezone.now()), done=done)
    return redirect("invoices:one", pk)


@require_POST
@editor
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = get_object_or_404(Invoice, pk=pk)
    at = timezone.now()
    attempt(request, lambda: drafting.discard(invoice, at=at), done=_("The draft is thrown away."))
    return redirect("invoices:waiting" if not Invoice.objects.filter(pk=pk).exists() else "invoices:list")


@form_page
@editor
def credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back all of it, or some lines."""
    invoice = get_object_or_404(Invoice.objects.issued().select_related("customer"), pk=pk)
    left = list(invoice.lines.filter(credit_line__isnull=True))
    form = forms.CreditForm(request.POST or None, initial={"lines": [line.pk for line in left]})
    form.fields["lines"].choices = [(line.pk, f"{line.quantity} × {line.text}") for line in left]  # type: ignore[attr-defined]  # a field of choices
    if request.method == "POST" and form.is_valid():
        said, by, at = form.cleaned_data, actor.of(request), timezone.now()
        made = attempt(
            request,
            lambda: crediting.credit(invoice, line_ids=said["lines"], note=said["note"], by=by, at=at),
            done=_("The credit note is issued; send it too."),
            form=form,
        )
        if made:
            return redirect("invoices:one", made.pk)
    return answer(
        request,
        "invoices/form.html",
        form,
        {"invoice": invoice, "title": _("Credit"), "button": _("Issue the credit note")},
    )


@form_page
@editor
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Money that came by hand."""
    return _money(
        request, pk, settling.book_by_hand, title=_("Book a payment"), done=_("The payment is booked.")
    )


@form_page
@editor
def pay_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A surplus that was paid back."""
    return _money(request, pk, settling.pay_back, title=_("Paid back"), done=_("Noted."))


def _money(request: HttpRequest, pk: int, verb: Any, *, title: str, done: str) -> HttpResponse:
    invoice = get_object_or_404(Invoice.objects.issued().select_related("customer"), pk=pk)
    at, owed = timezone.now(), settling.balance(invoice)
    initial = {
        "token": get_random_string(20),
        "paid_date": periods.local_day(at),
        "kronor": money.kronor(abs(owed)),
    }
    form = forms.PaymentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        more = {"text": said["text"]} if verb is settling.book_by_hand else {}
        deed = lambda: verb(  # noqa: E731  # named, so that the call below is one line
            invoice, amount_ore=said["kronor"], paid_date=said["paid_date"], key=said["token"],
            by=actor.of(request), at=at, **more,
        )  # fmt: skip
        if attempt(request, deed, done=done, form=form):
            return redirect("invoices:one", pk)
    return answer(
        request, "invoices/form.html", form, {"invoice": invoice, "title": title, "button": _("Book it")}
    )


@form_page
@editor
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A surplus is moved to another invoice of the customer, as when a paid one was credited and made anew."""
    invoice = get_object_or_404(Invoice.objects.issued().select_related("customer"), pk=pk)
    form = forms.CarryForm(request.POST or None, initial={"token": get_random_string(20)})
    if request.method == "POST" and form.is_valid():
        said, by, at = form.cleaned_data, actor.of(request), timezone.now()
        to = Invoice.objects.issued().filter(number=said["number"]).first()
        if to is None:
            form.add_error("number", _("There is no invoice with that number."))
        else:
            deed = functools.partial(settling.carry_over, invoice, to, key=said["token"], by=by, at=at)
            if attempt(request, deed, done=_("It is carried over."), form=form):
                return redirect("invoices:one", to.pk)
    context = {"invoice": invoice, "title": _("Carry over to another invoice"), "button": _("Carry it over")}
    return answer(request, "invoices/form.html", form, context)


@form_page
@editor
def write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up what is owed."""
    invoice = get_object_or_404(Invoice.objects.issued().select_related("customer"), pk=pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, at = form.cleaned_data["reason"], actor.of(request), timezone.now()
        deed = functools.partial(settling.write_off, invoice, reason=reason, by=by, at=at)
        if attempt(request, deed, done=_("The invoice is written off."), form=form):
            return redirect("invoices:one", pk)
    context = {"invoice": invoice, "title": _("Write off"), "button": _("Write off")}
    return answer(request, "invoices/form.html", form, context)
