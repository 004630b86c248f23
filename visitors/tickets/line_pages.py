"""The receipt lines behind a sum of the till."""

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts.doors import staff_page
from visitors import leafing
from visitors.tickets import kinds
from visitors.tickets.forms import LinesForm
from visitors.tickets.models import ReceiptLine


@require_GET
@staff_page("till.view")
def lines(request: HttpRequest) -> HttpResponse:
    """Each line with the entry of the ledger or the pass it is for; they add up to the sum that was followed here."""
    form = LinesForm(request.GET)
    if not form.is_valid():
        return render(request, "till/lines.html", {"form": form}, status=400)
    first, last = form.days(periods.local_day(timezone.now()))
    found = _narrowed(ReceiptLine.objects.filter(day__gte=first, day__lte=last), form)
    leaf = leafing.leaf(
        found.select_related("visit__by", "visit__device", "pass_period__annual_pass"),
        by="day",
        after=form.cleaned_data["efter"],
    )
    following = request.GET.copy()
    following["efter"] = str(leaf.after or "")
    product, names = form.cleaned_data["produkt"], kinds.labels()
    context = {
        "lines": [(line, names[line.product]) for line in leaf.rows],
        "following": following.urlencode() if leaf.after else "",
        "product": names[product] if product else "",
        "first": first,
        "last": last,
        **found.aggregate(
            rows=Count("pk"), tickets=Sum("tickets", default=0), ore=Sum("amount_ore", default=0)
        ),
    }
    return render(request, "till/lines.html", context)


def _narrowed(found: QuerySet[ReceiptLine], form: LinesForm) -> QuerySet[ReceiptLine]:
    given = form.cleaned_data
    asked = {"product": given["produkt"] or None, "unit_ore": given["pris"], "vat_permille": given["moms"]}
    return found.filter(**{name: value for name, value in asked.items() if value is not None})
