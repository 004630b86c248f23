"""The pages that belong to no room of the house: start, what the law asks for, and what went wrong."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from navet import periods
from navet.api.problems import page_problem
from navet.house.calendar import PUBLIC, HouseCalendar
from navet.house.models import OpeningHours
from navet.pages import charts, context
from navet.retention import decisions, rules

MY_DATA = "/mina-bokningar/uppgifter/"

DAYS_TOLD = 7  # of opening hours


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the house offers: a card for each room that exists."""
    rooms = {link.url.strip("/"): link for link in context.links(context.ROOMS.items(), here="/")}
    own_pages = context.links(context.OWN_PAGES.items(), here="/")
    return render(request, "pages/start.html", {"rooms": rooms, "own_pages": own_pages})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long and what remains: as the rules say, which is what happens."""
    return render(
        request,
        "pages/privacy.html",
        {"kept": rules.by_about(decisions.in_force()), "my_data": MY_DATA if context.exists(MY_DATA) else ""},
    )


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the house, and when it is open to the public on the days to come, closures and holidays included."""
    today = periods.local_day(timezone.now())
    end = today + dt.timedelta(days=DAYS_TOLD)
    week = HouseCalendar.between(today, end)
    days = [week.day(date, PUBLIC) for date in periods.dates(today, end)]
    rows = OpeningHours.objects.filter(audience=PUBLIC, days__overlap=DateRange(today, end, "[)"))
    known = list(rows.values_list("is_demo", flat=True))
    return render(request, "pages/contact.html", {"days": days if known else [], "is_demo": any(known)})


# --- What went wrong ------------------------------------------------------------------------------------------
def _trouble(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error, or problem details for an address of the API."""
    return page_problem(request, status) or render(request, f"{status}.html", status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Without context: whatever broke may be what the context needs."""
    return page_problem(request, 500) or HttpResponse(get_template("500.html").render(), status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page_problem(request, 403) or render(request, "403_csrf.html", status=403)


# --- The style guide ------------------------------------------------------------------------------------------
class SpecimenForm(forms.Form):
    """Every kind of control, for looking at."""

    school = forms.CharField(label="Skola", help_text="Namn eller skolenhetskod.", max_length=80)
    email = forms.EmailField(label="E-post", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    pupils = forms.IntegerField(label="Elever", min_value=1, max_value=35, help_text="Högst 35.")
    day = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    grade = forms.ChoiceField(label="Årskurs", choices=[("", "Välj"), ("4", "4"), ("5", "5"), ("6", "6")])
    language = forms.ChoiceField(
        label="Språk", choices=[("sv", "Svenska"), ("en", "Engelska")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="Behov",
        choices=[("wheelchair", "Rullstol"), ("loop", "Hörslinga"), ("calm", "Lugn plats")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Bara antal och behov, aldrig namn.",
    )
    message = forms.CharField(label="Meddelande", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    terms = forms.BooleanField(label="Vi har läst villkoren", help_text="De står ovanför.")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page, where the house runs for looking at; elsewhere it does not exist."""
    if not (settings.DEBUG or settings.EMBEDDED):
        raise Http404
    return render(request, "pages/styleguide.html", _specimens())


def _specimens() -> dict[str, Any]:
    faulty = SpecimenForm(
        {
            "faulty-school": "Horsbyskolan",
            "faulty-email": "anna@skolan",
            "faulty-pupils": "60",
            "faulty-grade": "5",
        },
        prefix="faulty",
    )
    months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    outcome = [1420, 1910, 2230, 1890, 2050, 640, 120, 780, 2240, 2310, None, None]
    last_year = [1380, 1720, 2110, 1980, 1940, 700, 90, 810, 2100, 2280, 2010, 940]
    by_month = charts.Chart(
        title="Elever per månad",
        description="Utfall i år mot förra året.",
        labels=months,
        series=[charts.Series("I år", outcome), charts.Series("Förra året", last_year)],
        target=1500,
        target_name="Mål per månad",
    )
    return {
        "form": SpecimenForm(),
        "faulty": faulty,
        "chart": by_month,
        "line": charts.Chart("Besök hittills", months, by_month.series, "Samma tal som linje.", key="line"),
        "page": Paginator(range(90), 20).page(2),
        "now": timezone.now(),
    }
