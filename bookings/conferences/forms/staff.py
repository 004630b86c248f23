"""The shape of what staff do with a reservation. Shapes only."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.common.forms import NUMBER, LineField
from bookings.conferences.forms.booking import GuestForm
from bookings.conferences.forms.change import VersionForm
from bookings.conferences.models import RoomOffer, Status, Wish
from bookings.conferences.terms import OPTION_CLOCK
from navet import periods
from navet.pages.forms import offer
from navet.payments.models import Settlement


class UntilForm(VersionForm):
    """Until five in the afternoon of a day; the house's usual number of days where none is said."""

    until = DateField(label=_("Until, 17:00"), required=False, help_text=_("Empty: as many days as usual."))

    def until_at(self) -> dt.datetime | None:
        day = self.cleaned_data["until"]
        return periods.at(day, OPTION_CLOCK) if day else None


class CallerForm(GuestForm):
    """Whoever rings: the same that a guest writes, and what staff may say besides."""

    until = DateField(
        label=_("Until, 17:00"),
        required=False,
        help_text=_("Of an option or a quote. Empty: as many days as usual."),
    )
    mail_language = forms.ChoiceField(label=_("Mails in"), choices=settings.LANGUAGES, initial="sv")
    note = LineField(
        label=_("Note for the house"),
        max_length=500,
        required=False,
        help_text=_("The guest never sees it. Not about anybody's health."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_name"].label = _("Contact")
        self.fields["contact_email"].help_text = _("What is agreed is sent to it.")
        self.fields["contact_phone"].help_text = _("Where we reach the guest on the day.")
        self.fields["asked"].label = _("The reservation becomes")
        self.fields["customer_type"].label = _("Customer")
        asked = [(Wish.OPTION, _("Option")), (Wish.QUOTE, _("Quote")), (Wish.BOOK, _("Confirmed at once"))]
        offer(self, "asked", asked)

    def until_at(self) -> dt.datetime | None:
        day = self.cleaned_data["until"]
        return periods.at(day, OPTION_CLOCK) if day else None


class ConfirmForm(VersionForm):
    settlement = forms.ChoiceField(
        label=_("Payment"),
        required=False,
        choices=[("", _("Invoice where we may, else card or Swish")), *Settlement.choices],
    )


class DiscountForm(VersionForm):
    percent = forms.IntegerField(
        label=_("Per cent"),
        min_value=0,
        max_value=100,
        help_text=_("0 takes the discount away."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    reason = LineField(
        label=_("Reason"),
        max_length=120,
        required=False,
        help_text=_("Stands on the guest's quote and invoice."),
    )


class NoteForm(VersionForm):
    note = LineField(
        label=_("Note for the house"),
        max_length=500,
        required=False,
        help_text=_("The guest never sees it. Not about anybody's health."),
    )


class LeaveForm(VersionForm):
    """Who it is that leaves decides what it costs."""

    who = forms.ChoiceField(
        label=_("Who cancels"),
        widget=forms.RadioSelect,
        choices=[
            ("guest", _("The guest, on the terms above")),
            ("waived", _("The guest, and we charge nothing")),
            ("house", _("Navet cannot keep it: the guest pays nothing")),
        ],
    )
    reason = LineField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("The guest sees it. Needed unless the terms are followed."),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        if found.get("who") in ("waived", "house") and "reason" in found and not found["reason"]:
            self.add_error("reason", _("Say why: it is sent to the guest."))
        return found


class FilterForm(forms.Form):
    """What the list shows; nothing said shows everything that is to come."""

    q = LineField(label=_("Search"), max_length=100, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    first = DateField(label=_("From"), required=False)
    last = DateField(label=_("To"), required=False)
    room = forms.ChoiceField(label=_("Room"), required=False)
    lacks = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[("", _("All")), ("payment", _("Not paid")), ("count", _("Without a final count"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = RoomOffer.objects.select_related("room").order_by("room__slug")
        offer(self, "status", [("", _("What holds rooms")), *Status.choices])
        offer(self, "room", [("", _("All")), *((one.room.slug, str(one)) for one in rooms)])
