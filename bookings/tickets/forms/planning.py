"""What planners fill in for events and their slots. Shapes only: every rule is an operation's."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import WEEKDAYS, DateField, MomentField, TimesField
from bookings.common.forms import VAT, KronorField, LineField
from bookings.tickets.models import Event, TicketKind, TicketPrice
from navet.house.models import Room
from navet.money import kronor, ore_from_kronor
from navet.pages.forms import offer

RESERVED = {"boka", "bokning", "nytt", "tid"}  # addresses of other pages
PRICED = (TicketKind.ADULT, TicketKind.CHILD)


class EventForm(forms.ModelForm):
    """An event whole, in both languages, with its prices. A price left empty: that kind is not sold."""

    adult = KronorField(label=_("Price of an adult ticket, kronor"), required=False)
    child = KronorField(label=_("Price of a child ticket, kronor"), required=False)
    companion = forms.BooleanField(label=_("Companions come free"), required=False)
    vat_permille = forms.TypedChoiceField(label=_("VAT"), coerce=int, choices=VAT, initial=60)

    class Meta:
        model = Event
        fields = [
            "slug",
            "title_sv",
            "title_en",
            "summary_sv",
            "summary_en",
            "text_sv",
            "text_en",
            "ages_sv",
            "ages_en",
            "length_minutes",
            "capacity",
            "most_tickets",
            "rooms",
            "is_published",
        ]
        widgets = {"rooms": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].label = _("Address")
        self.fields["slug"].help_text = _(
            "Small letters, digits and hyphens; the last part of the page's address."
        )
        offer(self, "rooms", Room.objects.active().order_by("slug"))
        for name, most in (("length_minutes", 600), ("capacity", 1000), ("most_tickets", 100)):
            field = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=field.label, min_value=1, max_value=most, initial=field.initial
            )
        for price in self.instance.prices.all() if self.instance.pk else ():
            priced = price.kind in PRICED
            self.initial[price.kind] = kronor(price.price_ore) if priced else True
            self.initial["vat_permille"] = price.vat_permille

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("That address is taken by another page."), code="reserved")
        return slug

    def clean(self) -> dict[str, Any]:
        super().clean()
        if all(self.cleaned_data.get(kind) is None for kind in PRICED) and not self.errors:
            self.add_error("adult", _("Give at least one price; 0 is free of charge."))
        return self.cleaned_data

    def prices(self) -> list[TicketPrice]:
        """Unsaved prices of the kinds that are sold, of a valid form."""
        said = self.cleaned_data
        sold = {kind: said[kind] for kind in PRICED if said[kind] is not None}
        sold |= {TicketKind.COMPANION: 0} if said["companion"] else {}
        return [
            TicketPrice(kind=kind, price_ore=ore_from_kronor(price), vat_permille=said["vat_permille"])
            for kind, price in sold.items()
        ]


class SlotsForm(forms.Form):
    """One slot, or the same times on chosen weekdays of a stretch of days."""

    first = DateField(label=_("First date"))
    last = DateField(label=_("Last date"), required=False, help_text=_("Left empty: only that day."))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    times = TimesField(label=_("Times"), help_text=_("One or more, as 09:00, 10:45."), max_length=200)
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(), label=_("Rooms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=1000)
    sale_from = MomentField(
        label=_("Can be booked from"), required=False, help_text=_("Left empty: from now on.")
    )
    override_reason = LineField(
        label=_("Reason for an exception"),
        max_length=200,
        required=False,
        help_text=_("Only for a time when the house is closed to the public."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rooms", event.rooms.active().order_by("slug"))
        self.fields["capacity"].help_text = _("Left empty: %(n)s.") % {"n": event.capacity}

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and not dt.timedelta(0) <= last - first <= dt.timedelta(days=200):
            self.add_error("last", _("The last date is after the first, at most 200 days."))
        return self.cleaned_data


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=1000)


class ReasonForm(forms.Form):
    """Why; it is told to those concerned."""

    reason = LineField(label=_("Reason"), max_length=200, help_text=_("Is sent to those who hold tickets."))
