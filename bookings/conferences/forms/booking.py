"""The shape of what a guest writes: what the conference is to be, and who books and pays."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.common.forms import NUMBER, ContactForm, LineField
from bookings.conferences import repeating
from bookings.conferences.models import AddOn, ConferencePackage, CustomerType, DayPart, RoomOffer, Wish
from bookings.conferences.models.reservations import MOST_PERSONS
from bookings.conferences.wishes import AddOnWish, ConferenceWish, Customer, DayWish, RoomWish
from navet.house.models import Furnishing
from navet.pages.forms import offer
from navet.payments.models import Settlement


class DatesField(forms.Field):
    """Dates that are ticked in a table; one that is no day of the conference leaves nothing out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[dt.date]:
        found = [DateField().clean(one) for one in (value or [])[: 2 * repeating.MOST_DAYS]]
        return [one for one in found if one]


class ConferenceForm(forms.Form):
    """When, on one day or several, how many, where and with what; the same on all of its days."""

    date = DateField(label=_("Date"))
    repeat = forms.ChoiceField(label=_("How many days"), choices=repeating.Rule.choices, required=False)
    last = DateField(label=_("Last day"), required=False, help_text=_("Of several days: fourteen at most."))
    left_out = DatesField(required=False)
    part = forms.ChoiceField(label=_("Time"))
    persons = forms.IntegerField(
        label=_("Persons"), min_value=1, max_value=MOST_PERSONS, widget=forms.NumberInput(attrs=NUMBER)
    )
    furnishing = forms.ChoiceField(label=_("Furnishing"), choices=Furnishing.Kind.choices)
    rooms = forms.MultipleChoiceField(label=_("Rooms"), widget=forms.CheckboxSelectMultiple)
    package = forms.ChoiceField(label=_("Package"), required=False)
    add_ons = forms.MultipleChoiceField(
        label=_("Add-ons"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = DayPart.objects.filter(is_active=True)
        offer(self, "part", [(one.slug, _part_label(one)) for one in parts])
        rooms = RoomOffer.objects.published().filter(room__is_active=True).select_related("room")
        rooms = rooms.prefetch_related("pictures__renditions")
        offer(self, "rooms", [(one.room.slug, str(one)) for one in rooms])
        self.pictured = [(one, one.pictures.all()[0]) for one in rooms if one.pictures.all()]
        packages = ConferencePackage.objects.published().order_by("title_sv")
        offer(self, "package", [("", _("No package")), *((one.slug, str(one)) for one in packages)])
        add_ons = AddOn.objects.published().order_by("kind", "title_sv")
        offer(self, "add_ons", [(one.slug, _add_on_label(one)) for one in add_ons])

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        first, last = found.get("date"), found.get("last")
        if found.get("repeat") and "last" in found:
            if last is None:
                self.add_error("last", _("Say which day is the last one."))
            elif first and last < first:
                self.add_error("last", _("The last day is before the first one."))
        return found

    def dates(self) -> list[dt.date]:
        """Of a valid form, those that are left out too."""
        said = self.cleaned_data
        return repeating.dates(said["repeat"], said["date"], said["last"])

    def wish(self, title: str = "") -> ConferenceWish:
        """Of a valid form."""
        said = self.cleaned_data
        days = tuple(
            DayWish(
                date=date,
                part=said["part"],
                rooms=tuple(RoomWish(slug, said["furnishing"]) for slug in said["rooms"]),
                package=said["package"],
                add_ons=tuple(AddOnWish(slug) for slug in said["add_ons"]),
            )
            for date in self.dates()
            if date not in said["left_out"] or not said["repeat"]
        )
        return ConferenceWish(title=title, persons=said["persons"], days=days)


def _part_label(part: DayPart) -> str:
    return f"{part.title} {part.starts:%H:%M}–{part.ends:%H:%M}"


def _add_on_label(add_on: AddOn) -> str:
    return f"{add_on.title} {_clock(add_on.usual)}" if add_on.length_minutes else add_on.title


def _clock(time: dt.time) -> str:
    return f"({time:%H:%M})"


class GuestForm(ContactForm):
    """Who books and who pays, and what is to become of it."""

    title = LineField(label=_("Name of the conference"), max_length=100)
    customer_type = forms.ChoiceField(label=_("You book for"), choices=CustomerType.choices)
    organisation = LineField(label=_("Organisation"), max_length=120, required=False)
    organisation_number = LineField(
        label=_("Organisation number"), max_length=13, required=False, help_text=_("Ten digits.")
    )
    invoice_reference = LineField(label=_("Invoice reference"), max_length=60, required=False)
    street = LineField(label=_("Street"), max_length=120, required=False)
    postal_code = LineField(label=_("Postal code"), max_length=10, required=False)
    city = LineField(label=_("City"), max_length=60, required=False)
    asked = forms.ChoiceField(label=_("What next"), choices=Wish.choices, widget=forms.RadioSelect)
    settlement = forms.ChoiceField(
        label=_("Payment"),
        required=False,
        choices=[("", _("Invoice where we may, else card or Swish")), *Settlement.choices],
    )

    def clean_organisation_number(self) -> str:
        digits = self.cleaned_data["organisation_number"].replace("-", "").replace(" ", "")
        if digits and not (len(digits) == 10 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(
                _("An organisation number is ten digits."), code="organisation_number"
            )
        return digits

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        if found.get("customer_type") != CustomerType.PRIVATE:
            for name in ("organisation", "organisation_number"):
                if name in found and not found[name]:
                    self.add_error(name, _("Write it, or choose a private person."))
        return found

    def customer(self, language: str) -> Customer:
        names = (
            "contact_name", "contact_email", "contact_phone", "customer_type", "organisation", "organisation_number",
            "invoice_reference", "street", "postal_code", "city",
        )  # fmt: skip
        return Customer(**{name: self.cleaned_data[name] for name in names}, mail_language=language)
