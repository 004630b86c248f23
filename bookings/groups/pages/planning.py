"""Planners' pages of groups: the packages, their prices, who comes, and calling one off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.common.models import Status
from bookings.groups.forms import planning as forms
from bookings.groups.models import GroupBooking, GroupPackage
from bookings.groups.operations import booking as operations
from bookings.groups.operations import planning
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page

planner = staff_page("groups.plan")
PAGE = 50


@require_safe
@planner
def packages(request: HttpRequest) -> HttpResponse:
    """All packages, and the groups that come."""
    at = timezone.now()
    coming = GroupBooking.objects.whole().holding(at).filter(occasion__period__endswith__gt=at)
    coming = coming.prefetch_related("occasion__room_uses__room", "occasion__duties__educator")
    today = periods.local_day(at)
    listed = GroupPackage.objects.order_by("kind", "title_sv").prefetch_related("prices")
    context = {
        "packages": [(one, one.price_on(today)) for one in listed],
        "page": Paginator(coming.order_by("occasion__period", "pk"), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "groups/planning/packages.html", context)


@form_page
@planner
def package(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new package, or an old one."""
    found = get_object_or_404(GroupPackage, slug=slug) if slug else None
    form = forms.PackageForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        if not saved.prices.exists():
            return redirect("groups:price", saved.slug)
        return redirect("groups:edit_package", saved.slug)
    return answer(request, "groups/planning/package_form.html", form, {"package": found})


@form_page
@planner
def price(request: HttpRequest, slug: str) -> HttpResponse:
    """What the package costs from a day on, beside what it has cost."""
    found = get_object_or_404(GroupPackage, slug=slug)
    form = forms.PriceForm(request.POST or None, initial={"from_date": periods.local_day(timezone.now())})
    if request.method == "POST" and form.is_valid():
        planning.set_price(found, form.price())
        messages.success(request, _("Saved."))
        return redirect("groups:price", found.slug)
    context = {"package": found, "prices": found.prices.all()}
    return answer(request, "groups/planning/price_form.html", form, context)


@form_page
@planner
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    """Navet cannot receive the group: it is told why."""
    found = get_object_or_404(GroupBooking.objects.whole(), code=code, status=Status.CONFIRMED)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        if attempt(form, lambda: operations.call_off(code, **form.cleaned_data, by=by, at=at)):
            messages.success(request, _("It is called off, and the group is told."))
            return redirect("groups:planning")
    return answer(
        request, "groups/planning/call_off.html", form, {"booking": found, "occasion": found.occasion}
    )
