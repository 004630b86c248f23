"""A course of a school's own: the form, and the planners' queue."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.common import access, school_choice
from bookings.common.doors import answer, attempt, form_page
from bookings.common.forms import code_of, new_token
from bookings.courses.forms.wishes import DeclineForm, OwnRoundForm, WishForm
from bookings.courses.models import Course, OwnCourse
from bookings.courses.operations import wishes as operations
from navet.accounts import actor
from navet.accounts.doors import staff_page

planner = staff_page("courses.plan")
PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What a school would like; nothing is booked by it."""
    at = timezone.now()
    by = access.actor(request, at=at)
    if request.method != "POST":
        chosen = request.GET.get("kurs", "")
        known: dict[str, Any] = {
            "token": new_token(),
            "contact_email": by.email,
            "course": Course.objects.published().filter(slug=chosen[:50]).first(),
        }
        return _show(request, WishForm(initial=known))
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    form = WishForm(request.POST)
    if form.is_valid():
        code, language = code_of(form.cleaned_data["token"]), (get_language() or "sv")[:2]
        made = attempt(
            form,
            lambda: operations.ask(**form.wish(), code=code, mail_language=language, by=by, at=at),
        )
        if made is not None:
            return redirect("courses:asked")
    return _show(request, form)


def _show(request: HttpRequest, form: WishForm) -> HttpResponse:
    unit, choices = (form.unit, form.choices) if form.is_bound else school_choice.school_of("", "")
    form.show_again(price_ore=None)
    return answer(request, "courses/public/ask.html", form, {"chosen": unit, "choices": choices})


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The wish is with the planners. Says nothing of whose."""
    return render(request, "courses/public/asked.html")


@require_safe
@planner
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first, and what was answered lately."""
    every = OwnCourse.objects.select_related("school__municipality", "course", "round__occasion")
    answered = every.exclude(status=OwnCourse.Status.ASKED).order_by("-answered_at", "-pk")
    context = {
        "waiting": every.waiting()[:200],
        "page": Paginator(answered, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "courses/planning/wishes.html", context)


@form_page
@planner
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A round of their own: all its days, or none."""
    wish = _found(pk)
    known = {"course": wish.course, "capacity": wish.persons}
    form = OwnRoundForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        made = attempt(form, lambda: operations.plan(wish.pk, **form.wish(), by=by, at=at))
        if made is not None:
            messages.success(request, _("The round is planned, and the school is told."))
            return redirect("courses:round", made.pk)
    return answer(request, "courses/planning/wish.html", form, {"wish": wish})


@form_page
@planner
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """It cannot be."""
    wish = _found(pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        if attempt(form, lambda: operations.decline(wish.pk, **form.cleaned_data, by=by, at=at)):
            messages.success(request, _("The school is told."))
            return redirect("courses:wishes")
    return answer(request, "courses/planning/wish_decline.html", form, {"wish": wish})


def _found(pk: int) -> OwnCourse:
    """Raises Http404."""
    wishes = OwnCourse.objects.select_related("school__municipality", "course")
    return get_object_or_404(wishes, pk=min(pk, 2**63 - 1))
