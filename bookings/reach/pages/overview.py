"""`/planering/rackvidd/`: which units came and which did not, with their share of the pupils; as a page and as files."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.reach import fitting, reach
from bookings.reach.forms import WishForm
from bookings.reach.operations import inviting
from bookings.reach.reach import Unit
from navet import periods, school_years
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.directory.grades import Form
from navet.pages import exports

reader = staff_page("reach.view")
YEARS = 5


def years() -> range:
    """The school years one can look at, the present one first."""
    present = school_years.of(periods.local_day(timezone.now()))
    return range(present, present - YEARS, -1)


@require_safe
@reader
def overview(request: HttpRequest) -> HttpResponse:
    """Shares of all units that meet municipality and form; below, those that meet the wish about visits too."""
    at, form = timezone.now(), _form(request)
    context: dict[str, Any] = {"form": form, "can_invite": actor.of(request).has_capability("reach.invite")}
    if not form.is_valid():
        return render(request, "reach/overview.html", context, status=400)
    wish = form.wish()
    units = reach.units(reach.Wish(wish.year, wish.municipality, wish.form), at=at)
    whole, by_municipality, by_form = reach.shares(units)
    context |= {
        "wish": wish,
        "year_name": school_years.name(wish.year),
        "whole": whole,
        "closed": sum(not one.school.is_open for one in units),
        "groups": [(_("Municipality"), by_municipality), (_("School form"), by_form)],
        "units": _asked(units, form, at),
        "forms": dict(Form.choices),
        "since": reach.since(),
        "most": inviting.MOST_AT_ONCE,
        "query": request.GET.urlencode(),
    }
    return render(request, "reach/overview.html", context)


@require_safe
@reader
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The units that meet the wish, one a row."""
    form = _form(request)
    if not form.is_valid():
        raise Http404
    wish = form.wish()
    heading = [
        _("Municipality"),
        _("School"),
        _("School unit code"),
        _("Kind"),
        _("School forms"),
        _("Organiser"),
    ]
    heading += [
        _("Pupils"),
        _("Classes that came"),
        _("Pupils who came"),
        _("Classes booked"),
        _("Last here"),
    ]
    heading += [_("Invited this term"), _("In the register")]
    name = f"{_('reach')}-{wish.year}-{wish.year + 1}"
    at = timezone.now()
    rows = _rows(_asked(reach.units(wish, at=at), form, at))
    return exports.download(kind, name=name, heading=heading, rows=rows)


def _form(request: HttpRequest) -> WishForm:
    return WishForm(request.GET, years=years())


def _asked(units: list[Unit], form: WishForm, at: dt.datetime) -> list[Unit]:
    """Those that meet the wish about visits and, where a day is asked for, fit free places through it."""
    through = form.cleaned_data["passar_till"]
    found = reach.meeting(units, form.wish().came)
    return fitting.units(found, through=through, at=at) if through else found


def _rows(units: list[Unit]) -> Iterator[list[Any]]:
    forms = dict(Form.choices)
    for one in units:
        school = one.school
        row: list[Any] = [school.municipality.name, school.name, school.code or "", school.get_kind_display()]
        row += [", ".join(str(forms[form]) for form in school.forms if form in forms), school.organiser.name]
        row += [school.pupils, one.classes, one.heads, one.to_come, one.last_date]
        yield [*row, _("yes") if one.is_invited else _("no"), school.get_status_display()]
