"""What an auditor opens: whether the ledger adds up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from navet.accounts.doors import staff_page
from visitors.models import LedgerCheck

CHECKS_SHOWN = 30


@require_GET
@staff_page("ledger.view_checks")
def ledger_checks(request: HttpRequest) -> HttpResponse:
    """The latest additions of the whole ledger, and what the last one found."""
    latest = list(LedgerCheck.objects.order_by("-started_at", "-pk")[:CHECKS_SHOWN])
    context = {"checks": latest, "last": latest[0] if latest else None}
    return render(request, "visitors/ledger_checks.html", context)
