"""What whoever booked writes afterwards: the code of the mail, the count, changes, a move, leaving."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common import forms as common
from bookings.common.forms import NUMBER, LineField, PhoneField
from bookings.schools.forms import choices
from bookings.schools.forms.fields import (
    MOST_ADULTS,
    MOST_PUPILS,
    InvoiceReferenceField,
    NeedsMixin,
    TimeField,
    lunch_words,
)
from bookings.schools.models import SchoolBooking
from navet.pages import formats
from navet.pages.forms import offer


class CountForm(forms.Form):
    """The final count."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    pupils = forms.IntegerField(
        label=_("Pupils"), min_value=1, max_value=MOST_PUPILS, widget=forms.NumberInput(attrs=NUMBER)
    )
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        widget=forms.NumberInput(attrs=NUMBER),
    )


class ChangeForm(CountForm, NeedsMixin):
    """Everything a booker may change of a booking."""

    class_name = LineField(label=_("Class"), max_length=40)
    contact_name = LineField(
        label=_("Contact"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_phone = PhoneField(
        label=_("Telephone"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    lunch = forms.ChoiceField(label=_("Lunch"), required=False)
    bus_at = TimeField(label=_("Bus arrives"), required=False)
    invoice_reference = InvoiceReferenceField()

    def __init__(self, *args: Any, booking: SchoolBooking, at: dt.datetime, **kwargs: Any) -> None:
        names = (
            "version",
            "pupils",
            "adults",
            "class_name",
            "contact_name",
            "bus_at",
            "invoice_reference",
        )
        kwargs["initial"] = {name: getattr(booking, name) for name in names} | {
            "contact_phone": formats.phone(booking.contact_phone),
            "lunch": str(booking.lunch_id or ""),
        }
        super().__init__(*args, **kwargs)
        sittings = choices.lunch_choices(booking.session.occasion, at, lunch_words, besides=booking)
        offer(self, "lunch", [("", _("No lunch at Navet")), *sittings])
        self.add_needs(booking.needs)

    def changes(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        kept = (
            "pupils",
            "adults",
            "class_name",
            "contact_name",
            "contact_phone",
            "bus_at",
            "invoice_reference",
        )
        lunch_id = int(said["lunch"]) if said["lunch"] else None
        return {**{name: said[name] for name in kept}, "lunch_id": lunch_id, "needs": self.needs()}


class MoveForm(forms.Form):
    """Another session; which is checked by the operation."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    session = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    lunch = forms.ChoiceField(label=_("Lunch"), required=False)
    invoice_reference = InvoiceReferenceField()

    def __init__(self, *args: Any, sittings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lunch", [("", _("No lunch at Navet")), *sittings])


class CancelForm(common.CancelForm):
    """Leaving. Where it costs, the invoice needs a reference, which a class inside an agreement was never asked for."""

    invoice_reference = InvoiceReferenceField()
    waive_fee = forms.BooleanField(label=_("Waive the fee"), required=False)

    def __init__(self, *args: Any, may_waive: bool = False, costs: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_waive:
            del self.fields["waive_fee"]
        if not costs:
            del self.fields["invoice_reference"]
