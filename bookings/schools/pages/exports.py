"""Sessions and bookings as files. Head counts and schools; contact data only in the list of bookings, for those who may see it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.schools import lists, search
from bookings.schools.forms import planning as forms
from bookings.schools.models import SchoolBooking, Session
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.money import kronor
from navet.pages import exports
from navet.pages.formats import local


@require_safe
@staff_page("schools.plan")
def sessions(request: HttpRequest, kind: str) -> HttpResponse:
    """The sessions of a period, one a row."""
    form = forms.PeriodForm(request.GET)
    if not form.is_valid():
        return planning_form_fault(form)
    chosen = lists.Filter(**form.cleaned_data)
    found = search.with_people(lists.sessions(chosen, at=timezone.now()))
    heading = [_("Date"), _("Starts"), _("Ends"), _("Programme"), _("Rooms"), _("Educators"), _("Language")]
    heading += [
        _("Places"),
        _("Taken"),
        _("Free"),
        _("Groups"),
        _("Waiting parties"),
        _("Status"),
        _("Can be booked from"),
    ]
    name = _("sessions") + f"-{chosen.first}-{chosen.last}"
    return exports.download(kind, name=name, heading=heading, rows=_session_rows(found))


def _session_rows(found: Iterable[Session]) -> Iterator[list[Any]]:
    for one in found:
        starts, ends = local(one.occasion.starts_at), local(one.occasion.ends_at)
        yield [
            starts.date(),
            starts.time(),
            ends.time(),
            one.programme.title,
            ", ".join(str(room) for room in search.rooms_of(one)),
            ", ".join(str(educator) for educator in search.educators_of(one)),
            one.get_language_display(),
            one.occasion.capacity,
            one.held_places,
            one.free_places,
            one.held_groups,
            one.waiting,
            one.occasion.get_status_display(),
            one.release_at,
        ]


@require_safe
@staff_page("schools.view_bookings")
def bookings(request: HttpRequest, kind: str) -> HttpResponse:
    """The bookings of a period's sessions, one a row."""
    form = forms.PeriodForm(request.GET)
    if not form.is_valid():
        return planning_form_fault(form)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    found = (
        SchoolBooking.objects.visible_to(actor.of(request))
        .filter(
            session__occasion__period__startswith__gte=periods.day_bounds(first)[0],
            session__occasion__period__startswith__lt=periods.day_bounds(last)[1],
        )
        .whole()
        .order_by("session__occasion__period", "pk")
    )
    heading = [_("Code"), _("Starts"), _("Programme"), _("School"), _("Municipality"), _("Class"), _("Grade")]
    heading += [_("Language")]
    heading += [
        _("Pupils"),
        _("Adults"),
        _("Status"),
        _("Price, kronor"),
        _("Owed, kronor"),
        _("Invoice reference"),
    ]
    heading += [_("Contact"), _("E-mail address"), _("Telephone")]
    name = _("bookings") + f"-{first}-{last}"
    return exports.download(kind, name=name, heading=heading, rows=_booking_rows(found))


def _booking_rows(found: Iterable[SchoolBooking]) -> Iterator[list[Any]]:
    for one in found:
        yield [
            one.code,
            one.session.occasion.starts_at,
            one.session.programme.title,
            one.school.name,
            one.school.municipality.name,
            one.class_name,
            one.get_grade_display(),
            one.get_language_display(),
            one.pupils,
            one.adults,
            one.get_status_display(),
            kronor(one.price_ore),
            kronor(one.owed_ore),
            one.invoice_reference,
            one.contact_name,
            one.contact_email,
            one.contact_phone,
        ]


def planning_form_fault(form: forms.PeriodForm) -> HttpResponse:
    """A file has no form to show its faults on: they are said in words."""
    lines = [f"{form.fields[name].label}: {text}" for name, texts in form.errors.items() for text in texts]
    return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
