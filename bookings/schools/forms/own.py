"""What whoever booked writes afterwards: the code of the mail, the count, changes, a move, leaving."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bookings.common import forms as common
from bookings.common.forms import NUMBER, ContactFields, LineField
from bookings.schools.forms import choices
from bookings.schools.forms.fields import (
    MOST_ADULTS,
    MOST_PUPILS,
    InvoiceReferenceField,
    NeedsMixin,
    TimeField,
    lunch_words,
)
from bookings.schools.models import Language, SchoolBooking
from bookings.schools.operations.contact import Contact
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
    """What a booker may change of the visit; the contact has a form of its own."""

    KEPT = ("pupils", "adults", "class_name", "language", "bus_at", "invoice_reference")

    class_name = LineField(label=_("Class"), max_length=40)
    language = forms.ChoiceField(label=_("Language of the programme"))
    lunch = forms.ChoiceField(label=_("Lunch"), required=False)
    bus_at = TimeField(label=_("Bus arrives"), required=False)
    invoice_reference = InvoiceReferenceField()

    def __init__(self, *args: Any, booking: SchoolBooking, at: dt.datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(booking, name) for name in ("version", *self.KEPT)} | {
            "lunch": str(booking.lunch_id or ""),
        }
        super().__init__(*args, **kwargs)
        names, spoken = dict(Language.choices), booking.session.programme.languages
        offered = list(
            dict.fromkeys([booking.language, *spoken])
        )  # what was agreed stays, whatever is offered now
        offer(self, "language", [(code, names[code]) for code in offered])
        if len(offered) == 1:
            self.fields["language"].widget = forms.HiddenInput()
        sittings = choices.lunch_choices(booking.session.occasion, at, lunch_words, besides=booking)
        offer(self, "lunch", [("", _("No lunch at Navet")), *sittings])
        self.add_needs(booking.needs)

    def changes(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        lunch_id = int(said["lunch"]) if said["lunch"] else None
        return {**{name: said[name] for name in self.KEPT}, "lunch_id": lunch_id, "needs": self.needs()}


class ContactForm(ContactFields):
    """Whom we write to and call, and in which language."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    mail_language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, booking: SchoolBooking, **kwargs: Any) -> None:
        names = ("version", "contact_name", "contact_email", "contact_phone", "mail_language")
        kwargs["initial"] = {name: getattr(booking, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["contact_name"].label = _("Name")
        self.fields["contact_email"].help_text = _(
            "We send a code to a new address, and mails go there once it is entered."
        )

    def contact(self) -> Contact:
        """Of a valid form."""
        said = self.cleaned_data
        return Contact(
            name=said["contact_name"],
            email=said["contact_email"],
            phone=said["contact_phone"],
            mail_language=said["mail_language"],
        )


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
