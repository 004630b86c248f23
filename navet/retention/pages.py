"""`/dataskydd/`: the rules, what is due, and what was done, for data protection. Numbers only."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from navet.retention import decisions, engine, rules
from navet.retention.forms import DecisionForm
from navet.retention.models import Decision, Run

PER_PAGE = 20


@require_safe
@staff_page("retention.view")
def overview(request: HttpRequest) -> HttpResponse:
    """`prova` counts what is due now, and changes nothing."""
    tried = "prova" in request.GET
    due = engine.due(at=timezone.now()) if tried else {}
    runs = Run.objects.newest_first().select_related("by").prefetch_related("outcomes")
    context = {
        "groups": [
            (about, [(rule, due.get(rule.key)) for rule in of])
            for about, of in rules.by_about(decisions.in_force())
        ],
        "tried": tried,
        "total": sum(due.values()),
        "runs": Paginator(runs, PER_PAGE).get_page(request.GET.get("page")),
        "last_night": Run.objects.newest_first().filter(why=Run.Why.NIGHT, finished_at__isnull=False).first(),
    }
    return render(request, "retention/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("retention.decide")
def decide(request: StaffRequest, *, key: str) -> HttpResponse:
    """How many days, by which decision; those before it are listed."""
    rule = next((one for one in decisions.in_force() if one.key == key), None)
    if rule is None:
        raise Http404
    form = DecisionForm(request.POST or None, initial={"days": rule.kept_days})
    if request.method == "POST" and form.is_valid():
        try:
            decisions.decide(rule, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("It is decided, and holds from the next night."))
            return redirect("retention:overview")
    made = Decision.objects.filter(rule=key).select_related("by").order_by("-pk")[:PER_PAGE]
    context = {"rule": rule, "form": form, "decisions": made}
    return render(request, "retention/decide.html", context, status=422 if form.errors else 200)
