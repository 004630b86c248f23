"""`/ekonomi/betalningar/`: what was paid by card and Swish, what went back, and what does not agree."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from navet import money
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.payments import differences, refunds, shown
from navet.payments.forms import RefundForm, SettleForm, StateForm
from navet.payments.models import Difference, Dispute, Order, Payment, Reconciliation, Refund

PER_PAGE = 50
DAYS = 31  # of reconciliations shown


@require_safe
@staff_page("payments.view")
def overview(request: HttpRequest) -> HttpResponse:
    """Newest first, by state."""
    form = StateForm(request.GET)
    chosen = form.cleaned_data["lage"] if form.is_valid() else ""
    found = Payment.objects.select_related("order").order_by("-begun_at", "-pk")
    found = found.annotate(
        refunded_ore=Sum("refunds__amount_ore", filter=~Q(refunds__state=Refund.State.FAILED))
    )
    page = Paginator(found.filter(state=chosen) if chosen else found, PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "payments": page,
        "open_differences": Difference.objects.filter(settled_at__isnull=True).count(),
        "open_disputes": Dispute.objects.exclude(status__in=Dispute.OVER).count(),
    }
    return render(request, "payments/staff/overview.html", context, status=200 if form.is_valid() else 400)


@require_safe
@staff_page("payments.view")
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order whole: lines, payments, refunds, disputes."""
    it = get_object_or_404(Order, code=code)
    paid = it.payments.order_by("begun_at", "pk").prefetch_related("refunds__by", "disputes")
    context = shown.bill(it) | {
        "payments": paid,
        "may_refund": actor.of(request).has_capability("payments.refund"),
    }
    return render(request, "payments/staff/order.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("payments.refund")
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """How much of one payment goes back."""
    payment = get_object_or_404(Payment.objects.select_related("order"), pk=pk)
    form = RefundForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _given(request, payment, form):
        messages.success(request, _("The refund is on its way."))
        return redirect("payments:order", code=payment.order.code)
    context = {"payment": payment, "refundable_ore": payment.refundable_ore(), "form": form}
    return render(request, "payments/staff/refund.html", context, status=422 if form.errors else 200)


def _given(request: HttpRequest, payment: Payment, form: RefundForm) -> bool:
    said = form.cleaned_data
    amount_ore = money.ore_from_kronor(said["amount"])
    try:
        refunds.give(payment, amount_ore, note=said["note"], by=actor.of(request), at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("payments.view")
def all_differences(request: HttpRequest) -> HttpResponse:
    """What Stripe and our books do not agree about, and which days were held against each other."""
    form = SettleForm(request.POST or None)
    may_settle = actor.of(request).has_capability("payments.refund")
    if request.method == "POST" and may_settle and form.is_valid():
        found = get_object_or_404(Difference, pk=form.cleaned_data["difference"])
        differences.settle(found, note=form.cleaned_data["note"], by=actor.of(request), at=timezone.now())
        messages.success(request, _("It is settled."))
        return redirect("payments:differences")
    context = {
        "open": Difference.objects.filter(settled_at__isnull=True)
        .select_related("payment__order")
        .order_by("found_at"),
        "settled": Difference.objects.filter(settled_at__isnull=False)
        .select_related("payment__order", "settled_by")
        .order_by("-settled_at")[:PER_PAGE],
        "days": Reconciliation.objects.order_by("-day")[:DAYS],
        "may_settle": may_settle,
        "form": form,
    }
    return render(request, "payments/staff/differences.html", context, status=422 if form.errors else 200)
