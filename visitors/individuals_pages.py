"""Possible doubles of a year: staff look at two names and say whether they are one person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from visitors import doubles, individuals
from visitors.forms import year_in
from visitors.models import Individual, IndividualDecision

PAGE = 25
YEARS_BACK = 2
WHY = {
    doubles.Reason.NAME: gettext_lazy("The same name at one school, two addresses"),
    doubles.Reason.SPELLING: gettext_lazy("Nearly the same name at one school, two addresses"),
    doubles.Reason.ADDRESS: gettext_lazy("Nearly the same address"),
    doubles.Reason.MAILBOX: gettext_lazy("The same name, and the same before the @"),
    doubles.Reason.SHARED: gettext_lazy("One address, two names"),
    doubles.Reason.GUARDIANS: gettext_lazy("Nearly the same child and the same year of birth, two guardians"),
    doubles.Reason.CHILD: gettext_lazy("One guardian, nearly the same child"),
}


@dataclass(frozen=True)
class Shown:
    """Two persons, why they are shown, and what was decided ("" while nothing is)."""

    pair: doubles.Pair
    verdict: str

    @property
    def why(self) -> str:
        return str(WHY[self.pair.reason])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("individuals.decide")
def possible_doubles(request: StaffRequest) -> HttpResponse:
    """Those nobody has decided on, and those decided while names are still known."""
    this_year = periods.local_day(timezone.now()).year
    year = year_in(request.GET.get("ar", ""), this_year)
    here = f"{reverse('visitors:doubles')}?ar={year}"
    if request.method == "POST":
        return _decide(request, year, here)
    shown = list(_shown(year))
    context = {
        "year": year,
        "years": range(this_year, this_year - YEARS_BACK - 1, -1),
        "page": Paginator([one for one in shown if not one.verdict], PAGE).get_page(request.GET.get("page")),
        "decided": [one for one in shown if one.verdict],
        "decisions": len(individuals.standing(year)),
        "verdicts": IndividualDecision.Verdict,
    }
    return render(request, "visitors/doubles.html", context)


def _shown(year: int) -> Iterator[Shown]:
    """A fixed number of queries, whatever there is."""
    people = [one for name in settings.PERSON_SOURCES for one in import_string(name)(year)]
    verdicts = individuals.standing(year)
    as_whom = dict(Individual.objects.filter(year=year).values_list("person", "counts_as"))
    for pair in doubles.pairs(people):
        first, second = sorted((pair.one.pseudonym, pair.other.pseudonym))
        verdict = verdicts.get((first, second), "")
        is_one = as_whom.get(first, first) == as_whom.get(second, second)
        if verdict or is_one == (pair.reason == doubles.Reason.SHARED):
            yield Shown(pair, verdict)


def _decide(request: HttpRequest, year: int, here: str) -> HttpResponse:
    sent = {name: request.POST.get(name, "")[:64] for name in ("one", "other", "verdict")}
    if sent["verdict"] not in IndividualDecision.Verdict.values:
        messages.error(request, _("Say whether they are one person or two."))
        return redirect(here)
    try:
        individuals.decide(
            sent["one"],
            sent["other"],
            year=year,
            verdict=sent["verdict"],
            by=actor.of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Decided. The year's figures go by it."))
    return redirect(here)
