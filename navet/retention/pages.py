"""`/dataskydd/`: the rules, what is due, and what was done, for data protection. Numbers only."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from navet.accounts.doors import staff_page
from navet.retention import engine, rules
from navet.retention.models import Run

PER_PAGE = 20


@require_safe
@staff_page("retention.view")
def overview(request: HttpRequest) -> HttpResponse:
    """`prova` counts what is due now, and changes nothing."""
    tried = "prova" in request.GET
    due = engine.due(at=timezone.now()) if tried else {}
    runs = Run.objects.newest_first().select_related("by").prefetch_related("outcomes")
    context = {
        "groups": [(about, [(rule, due.get(rule.key)) for rule in of]) for about, of in rules.by_about()],
        "tried": tried,
        "total": sum(due.values()),
        "runs": Paginator(runs, PER_PAGE).get_page(request.GET.get("page")),
        "last_night": Run.objects.newest_first().filter(why=Run.Why.NIGHT, finished_at__isnull=False).first(),
    }
    return render(request, "retention/overview.html", context)
