"""A conference put together and asked for, by guests and by staff alike: its price, what of it is taken, and then the reservation."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.common.forms import code_of, new_token
from bookings.conferences import availability, shown
from bookings.conferences.forms.booking import ConferenceForm, GuestForm
from bookings.conferences.models import AddOn, Reservation
from bookings.conferences.operations import choosing, occurrences, reserving, taking
from navet.accounts.actor import Actor
from navet.errors import Refused

# What an address may begin the form with.
BEGINS = ("date", "part", "furnishing", "persons")


@dataclass(frozen=True)
class Asked:
    """`guest` is who books; `is_sent`: it is asked for, and not only its price."""

    http: HttpRequest
    form: ConferenceForm
    guest: GuestForm
    is_sent: bool
    by: Actor
    at: dt.datetime
    refused: dict[str, Any] = field(default_factory=dict)  # the price and the days of what was refused

    def request(self, language: str, **more: Any) -> Reservation | None:
        """The reservation; None with the faults, or the refusal, on the form it concerns."""
        if not all([self.form.is_valid(), self.guest.is_valid()]):
            return None
        said = self.guest.cleaned_data
        try:
            return reserving.request(
                self.form.wish(said["title"]),
                asked=said["asked"],
                customer=self.guest.customer(language),
                settlement=said["settlement"],
                code=code_of(said["token"]),
                by=self.by,
                at=self.at,
                **more,
            )
        except Refused as refused:
            self.refused.update(priced(self.form, by=self.by, at=self.at) | {"why": ""})
            concerned = self.form if refused.field in self.form.fields else self.guest
            concerned.add_error(refused.field if refused.field in concerned.fields else None, str(refused))
        return None

    def show(self, template: str, **context: Any) -> HttpResponse:
        """The page; nothing that was written is lost."""
        faulty = self.guest.is_bound and bool(self.form.errors or self.guest.errors)
        found = self.refused or priced(self.form, by=self.by, at=self.at)
        return render(
            self.http,
            template,
            {"form": self.form, "guest": self.guest, **found, **context},
            status=422 if faulty else 200,
        )


def read(
    request: HttpRequest, who: type[GuestForm], *, begins: dict[str, Any], by: Actor, at: dt.datetime
) -> Asked:
    """What was chosen and written so far; what only asks for the price has no faults yet."""
    if request.method != "POST":
        chosen: dict[str, Any] = {"persons": "20", "rooms": request.GET.getlist("rooms")}
        chosen |= {name: request.GET[name] for name in BEGINS if name in request.GET}
        guest = who(initial={"token": new_token(), **begins})
        return Asked(request, ConferenceForm(initial=chosen), guest, False, by, at)
    form = ConferenceForm(request.POST)
    if "recalculate" in request.POST:
        said = {name: request.POST.get(name, "") for name in who.base_fields}
        guest = who(initial=said | {"token": said["token"] or new_token()})
        return Asked(request, form, guest, False, by, at)
    return Asked(request, form, who(request.POST), True, by, at)


def priced(form: ConferenceForm, *, by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The price, and of each day whether it is free; or why there is none."""
    if not form.is_bound or not form.is_valid():
        return {"price": None, "why": ""}
    wish = form.wish()
    found: dict[str, Any] = {"price": None, "why": "", "is_free": False}
    try:
        if len(form.dates()) > 1:
            found["days"] = _day_by_day(form, occurrences.look(wish, by=by, at=at))
        choice = choosing.choose(wish, by=by, at=at)
        found["price"] = shown.price(choice)
        taking.seats(choice, at=at)
    except Refused as refused:
        return found | {"why": str(refused)}
    return found | {"is_free": True, "suggested": _suggested(form)}


def _day_by_day(form: ConferenceForm, looked: list[occurrences.Occurrence]) -> list[tuple[dt.date, Any]]:
    """Every date, with what is known of it; None for one that is left out."""
    known = {one.date: one for one in looked}
    return [(date, known.get(date)) for date in form.dates()]


def _suggested(form: ConferenceForm) -> list[AddOn]:
    """Experiences that fit the size and the part of the day and are not chosen yet."""
    said = form.cleaned_data
    part = next(one for one in availability.parts() if one.slug == said["part"])
    found = AddOn.objects.published().filter(kind="experience").exclude(slug__in=said["add_ons"])
    return [one for one in found.order_by("title_sv") if one.fits(said["persons"], part.kind)][:3]
