"""When a course is over: certificates, whether one is genuine, and the material that planners hand out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.common import access, own
from bookings.common.doors import answer, attempt, form_page
from bookings.common.lines import Line
from bookings.courses import certificate_pdf, certificates
from bookings.courses.forms.after import CheckForm, MaterialForm
from bookings.courses.models import Material, Registration
from bookings.courses.operations import material as operations
from bookings.courses.pages.public import find_round
from navet.accounts import actor
from navet.accounts.actor import Actor
from navet.accounts.doors import staff_page


@require_safe
@own.whose_it_is
def certificate(request: HttpRequest, line: Line, it: Registration, by: Actor, pk: int) -> HttpResponse:
    """One person's, for the registration's contact and staff."""
    for one in certificates.of_registration(it, timezone.now()):
        if one.participant.pk == pk:
            file = certificate_pdf.attachment(it, one)
            answered = HttpResponse(file.content, content_type=file.content_type)
            answered["Content-Disposition"] = f'inline; filename="{file.name}"'
            return answered
    raise Http404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is ours: yes or no, and nothing more."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    is_genuine = None
    if request.method == "POST":
        if not access.may_guess(request):
            return render(request, "429.html", status=429)
        if form.is_valid():
            is_genuine = certificates.is_genuine(**form.cleaned_data, at=timezone.now())
    return answer(request, "courses/public/check.html", form, {"is_genuine": is_genuine})


@form_page
@staff_page("courses.plan")
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of a round, by day; one more, or one less."""
    found = find_round(pk, timezone.now())
    by = actor.of(request)
    removed = request.POST.get("remove", "")
    if removed.isascii() and removed.isdigit() and len(removed) < 18:
        operations.remove(found.pk, material_id=int(removed), by=by)
        messages.success(request, _("The link is removed."))
        return redirect("courses:material", found.pk)
    form = MaterialForm(request.POST if request.method == "POST" else None, days=list(found.days.all()))
    if request.method == "POST" and form.is_valid():
        added = attempt(form, lambda: operations.add(found.pk, **form.cleaned_data, by=by))
        if added is not None:
            messages.success(request, _("Saved."))
            return redirect("courses:material", found.pk)
    there = Material.objects.filter(day__round=found).select_related("day__occasion")
    context = {"round": found, "material": there.order_by("day__occasion__period", "pk")}
    return answer(request, "courses/planning/material.html", form, context)
