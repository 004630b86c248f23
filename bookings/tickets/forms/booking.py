"""The shape of what somebody writes to book tickets, or the desk to sell them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.common.forms import NUMBER, ContactForm, NumbersForm
from bookings.tickets.models import Event, TicketBooking, TicketKind
from navet.pages import formats
from visitors.forms import TapForm


class TicketsMixin(forms.Form):
    """A field for each kind of ticket the event sells: how many."""

    def add_kinds(self, event: Event) -> None:
        listed = {price.kind: price.price_ore for price in event.prices.all()}
        for kind in TicketKind:
            if kind in listed:
                self.fields[kind] = forms.IntegerField(
                    label=kind.label,
                    help_text=formats.money(listed[kind]) if kind != TicketKind.COMPANION else "",
                    required=False,
                    min_value=0,
                    max_value=event.most_tickets,
                    widget=forms.NumberInput(attrs=NUMBER),
                )

    def kind_fields(self) -> list[forms.BoundField]:
        return [self[kind] for kind in TicketKind if kind in self.fields]

    def tickets(self) -> dict[str, int]:
        """Kind -> how many, of a valid form."""
        return {str(kind): many for kind in TicketKind if (many := self.cleaned_data.get(kind))}


class BookingForm(TicketsMixin, ContactForm):
    """Tickets for one slot."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_phone"].required = False
        self.add_kinds(event)

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who asks and when."""
        kept = ("contact_name", "contact_email", "contact_phone")
        return {**{name: self.cleaned_data[name] for name in kept}, "tickets": self.tickets()}


class ChangeForm(TicketsMixin, NumbersForm):
    """Other numbers; a kind that was booked keeps its price."""

    def __init__(self, *args: Any, booking: TicketBooking, **kwargs: Any) -> None:
        booked = {line.kind: line for line in booking.lines.all()}
        known = {kind: line.count for kind, line in booked.items()} | {"version": booking.version}
        super().__init__(*args, **{"initial": known, **kwargs})
        self.add_kinds(booking.event)
        for kind, line in booked.items():
            self.fields[kind] = forms.IntegerField(
                label=line.get_kind_display(),
                help_text=formats.money(line.each_ore) if line.each_ore else "",
                required=False,
                min_value=0,
                max_value=max(line.count, booking.event.most_tickets),
                widget=forms.NumberInput(attrs=NUMBER),
            )
        self.order_fields(list(TicketKind))

    def numbers(self) -> dict[str, Any]:
        return {"tickets": self.tickets()}


class SaleForm(TicketsMixin, TapForm):
    """Tickets sold at the desk."""

    check_in = forms.BooleanField(label=_("They are here: check them in at once"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_kinds(event)


class DaysForm(forms.Form):
    """From which day, to which, tickets are looked for."""

    fran = DateField(label=_("From date"), required=False)
    till = DateField(label=_("To date"), required=False)
