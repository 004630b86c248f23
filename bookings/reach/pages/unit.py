"""`/planering/rackvidd/<id>/`: one unit, its visits, its invitations, and whom there we may write to."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.common.doors import answer, attempt, form_page
from bookings.reach import offers
from bookings.reach.forms import ContactForm
from bookings.schools.models import SchoolBooking
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.directory import operations as directory
from navet.directory.grades import Form
from navet.directory.models import Contact, SchoolUnit
from visitors.models import CheckIn

MOST_VISITS = 100
MAX_ID = 2**63


@form_page
@staff_page("reach.invite")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A contact is added here: nobody becomes one by booking."""
    found = get_object_or_404(
        SchoolUnit.objects.select_related("municipality", "organiser"), pk=min(pk, MAX_ID - 1)
    )
    at, form = timezone.now(), ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        contact = attempt(form, lambda: _add(found, form, request))
        if contact is not None:
            messages.success(request, _("The contact is saved."))
            return redirect("reach:unit", found.pk)
    received = CheckIn.objects.filter(arrival__code=OuterRef("code"), undone_at__isnull=True)
    visits = SchoolBooking.objects.annotate(heads=Subquery(received.values("participants")[:1])).filter(
        school=found, heads__isnull=False
    )
    visits = visits.select_related("session__programme", "session__occasion")
    forms = dict(Form.choices)
    context = {
        "unit": found,
        "forms": [forms[one] for one in found.forms if one in forms],
        "visits": visits.order_by("-session__occasion__period")[:MOST_VISITS],
        "invitations": found.invitations.select_related("sent_by").order_by("-sent_at"),
        "contacts": found.contacts.order_by("name", "pk"),
        "sessions": offers.offers([found], at=at)[found.pk],
    }
    return answer(request, "reach/unit.html", form, context)


@require_POST
@staff_page("reach.invite")
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a contact."""
    contact = get_object_or_404(Contact, pk=min(pk, MAX_ID - 1))
    directory.forget_contact(contact, by=actor.of(request))
    messages.success(request, _("The contact is removed."))
    return redirect("reach:unit", contact.school_id)


def _add(school: SchoolUnit, form: ContactForm, request: HttpRequest) -> Contact:
    by, today = actor.of(request), periods.local_day(timezone.now())
    asked = form.cleaned_data
    contact = directory.remember_contact(
        school,
        name=asked["name"],
        email=asked["email"],
        mail_language=asked["mail_language"],
        by=by,
        at=today,
    )
    directory.wish_for_invitations(contact, wanted=asked["invitations"], by=by)
    return contact
