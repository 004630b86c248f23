"""What planners fill in for courses and their rounds. Shapes only: every rule is an operation's."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField, MomentField, TimeField
from bookings.common.forms import VAT, KronorField, LineField
from bookings.courses.models import Course
from navet import periods
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.directory.grades import Form
from navet.house.models import Room
from navet.money import kronor, ore_from_kronor
from navet.pages.forms import offer

RESERVED = {"anmal", "anmalan", "intyg", "ny", "omgang", "onskemal"}  # addresses of other pages
MOST_DAYS = 12


class CourseForm(forms.ModelForm):
    """A course whole, in both languages."""

    price = KronorField(
        label=_("Price per person, kronor"),
        initial=0,
        help_text=_("For schools outside the agreements, VAT included. 0 is free of charge for all."),
    )
    vat_permille = forms.TypedChoiceField(label=_("VAT"), coerce=int, choices=VAT, initial=250)
    forms = forms.MultipleChoiceField(
        label=_("For educators in"), choices=Form.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Course
        fields = [
            "slug", "title_sv", "title_en", "summary_sv", "summary_en", "text_sv", "text_en", "field", "forms",
            "is_published",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].label = _("Address")
        self.fields["slug"].help_text = _(
            "Small letters, digits and hyphens; the last part of the page's address."
        )
        if self.instance.pk:
            self.initial["price"] = kronor(self.instance.price_ore)
            self.initial["vat_permille"] = self.instance.vat_permille

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("That address is taken by another page."), code="reserved")
        return slug

    def save(self, commit: bool = True) -> Course:
        self.instance.price_ore = ore_from_kronor(self.cleaned_data["price"])
        self.instance.vat_permille = self.cleaned_data["vat_permille"]
        return super().save(commit)


class DaysField(forms.CharField):
    """Dates, one on each line or parted by commas: "2026-03-03, 2026-03-10"."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[dt.date]:
        text = super().clean(value)
        field = DateField()
        days = [field.clean(part) for part in text.replace(",", " ").replace(";", " ").split()]
        if not 1 <= len(set(days)) <= MOST_DAYS:
            raise forms.ValidationError(_("Give one to twelve dates."), code="days")
        return sorted({day for day in days if day})


class RoundForm(forms.Form):
    """The days of a round, all at the same time of day, in the same rooms and with the same educators."""

    days = DaysField(label=_("Dates"), max_length=400, help_text=_("One on each line, as 2026-03-03."))
    begins = TimeField(label=_("Begins"))
    ends = TimeField(label=_("Ends"))
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(), label=_("Rooms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    educators = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Led by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)
    least = forms.IntegerField(
        label=_("Persons at least"),
        min_value=1,
        max_value=500,
        initial=1,
        help_text=_("With fewer, you decide by the date below whether it takes place."),
    )
    decide_by = DateField(
        label=_("To be decided by"), required=False, help_text=_("Left empty: a week before the first day.")
    )
    opens_at = MomentField(
        label=_("Opens for registration"), required=False, help_text=_("Left empty: from now on.")
    )
    override_reason = LineField(
        label=_("Reason for an exception"),
        max_length=200,
        required=False,
        help_text=_("Only for a time when the house is closed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rooms", Room.objects.active().order_by("slug"))
        offer(
            self,
            "educators",
            User.objects.filter(is_active=True, roles__contains=[Role.EDUCATOR]).order_by("name"),
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        if said.get("begins") and said.get("ends") and said["ends"] <= said["begins"]:
            self.add_error("ends", _("It ends after it begins."))
        if said.get("least") and said.get("capacity") and said["least"] > said["capacity"]:
            self.add_error("least", _("No more than there are places."))
        return said

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who plans and when."""
        said = self.cleaned_data
        days = [(periods.at(day, said["begins"]), periods.at(day, said["ends"])) for day in said["days"]]
        kept = ("rooms", "educators", "capacity", "least", "decide_by", "opens_at", "override_reason")
        return {**{name: said[name] for name in kept}, "days": days}


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)


class SureForm(forms.Form):
    """Nothing to fill in."""


class ReasonForm(forms.Form):
    """Why; it is told to those concerned."""

    reason = LineField(
        label=_("Reason"), max_length=200, help_text=_("Is sent to those who are registered or wait.")
    )
