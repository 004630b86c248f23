"""A package as planners edit it. Shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import WEEKDAYS, DateField, TimesField
from bookings.common.forms import VAT, KronorField, LineField
from bookings.groups.models import GroupPackage, PackagePrice
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.house.models import Room
from navet.money import ore_from_kronor
from navet.pages.forms import offer

RESERVED = {"bokning", "ny"}  # addresses of other pages
NUMBERS = {
    "length_minutes": (1, 600),
    "min_heads": (1, 500),
    "max_heads": (1, 500),
    "at_once": (1, 20),
    "notice_days": (0, 60),
    "horizon_days": (0, 730),
}


class PackageForm(forms.ModelForm):
    """A package whole, in both languages."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    times = TimesField(
        label=_("Times it begins"), max_length=200, help_text=_("One or more, as 09:00, 10:45.")
    )

    class Meta:
        model = GroupPackage
        fields = [
            "slug", "kind", "title_sv", "title_en", "summary_sv", "summary_en", "text_sv", "text_en", "included_sv",
            "included_en", "ages_sv", "ages_en", "length_minutes", "min_heads", "max_heads", "at_once", "weekdays",
            "times", "notice_days", "horizon_days", "rooms", "needs_educator", "educators", "is_published",
        ]  # fmt: skip
        widgets = {"rooms": forms.CheckboxSelectMultiple, "educators": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].label = _("Address")
        self.fields["slug"].help_text = _(
            "Small letters, digits and hyphens; the last part of the page's address."
        )
        offer(self, "rooms", Room.objects.active().order_by("slug"))
        offer(self, "educators", User.objects.active().with_role(Role.EDUCATOR).order_by("name", "pk"))
        if self.instance.pk:
            self.initial["times"] = ", ".join(f"{time:%H:%M}" for time in self.instance.times)
        for name, (least, most) in NUMBERS.items():
            field = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=field.label, min_value=least, max_value=most, initial=field.initial
            )

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("That address is taken by another page."), code="reserved")
        return slug

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        least, most = found.get("min_heads"), found.get("max_heads")
        if least and most and most < least:
            self.add_error("max_heads", _("The largest group is smaller than the smallest."))
        notice, horizon = found.get("notice_days"), found.get("horizon_days")
        if notice is not None and horizon is not None and horizon < notice:
            self.add_error("horizon_days", _("Then it could be booked on no day."))
        if found.get("needs_educator") and "educators" in found and not found["educators"]:
            self.add_error("educators", _("Choose who can lead it."))
        return found


class PriceForm(forms.Form):
    """What it costs from a day on."""

    from_date = DateField(label=_("From date"))
    per_head = KronorField(label=_("Per participant, kronor"))
    per_group = KronorField(label=_("Per group, kronor"))
    vat_permille = forms.TypedChoiceField(label=_("VAT"), coerce=int, choices=VAT, initial=60)

    def price(self) -> PackagePrice:
        """Unsaved, of a valid form."""
        said = self.cleaned_data
        return PackagePrice(
            from_date=said["from_date"],
            per_head_ore=ore_from_kronor(said["per_head"]),
            per_group_ore=ore_from_kronor(said["per_group"]),
            vat_permille=said["vat_permille"],
        )


class ReasonForm(forms.Form):
    """Why; it is told to the group."""

    reason = LineField(label=_("Reason"), max_length=200, help_text=_("Is sent to the group."))
