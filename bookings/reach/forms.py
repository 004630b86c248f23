"""Which units to look at, and whom at a unit to write to."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import LineField
from bookings.reach import reach
from bookings.reach.reach import Wish
from navet import school_years
from navet.directory.grades import Form
from navet.directory.models import Municipality
from navet.pages.forms import offer

FIRST_YEAR, LAST_YEAR = 2000, 2100


class WishForm(forms.Form):
    """All may be left empty: every unit, the present school year."""

    lasar = forms.TypedChoiceField(label=_("School year"), coerce=int, required=False)
    kommun = forms.ChoiceField(label=_("Municipality"), required=False)
    form = forms.ChoiceField(label=_("School form"), required=False)
    besok = forms.ChoiceField(
        label=_("Visits"),
        required=False,
        choices=[
            ("", _("All")),
            (reach.NOT_THIS_YEAR, _("None this school year")),
            (reach.NEVER, _("Never")),
            (reach.CAME, _("Came this school year")),
        ],
    )
    passar_till = forms.DateField(
        label=_("To invite to places through"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Have not been here this school year, are not expected and not invited this term."),
    )

    def __init__(self, *args: Any, years: range, **options: Any) -> None:
        super().__init__(*args, **options)
        self.present = years[0]
        offer(self, "lasar", [(one, school_years.name(one)) for one in years])
        places = Municipality.objects.order_by("name").values_list("code", "name")
        offer(self, "kommun", [("", _("All")), *places])
        offer(self, "form", [("", _("All")), *Form.choices])

    def clean_passar_till(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["passar_till"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
        return day

    def wish(self) -> Wish:
        """Of a valid form."""
        asked = self.cleaned_data
        return Wish(
            year=asked["lasar"] or self.present,
            municipality=asked["kommun"],
            form=asked["form"],
            came=asked["besok"],
        )


class ContactForm(forms.Form):
    """Somebody at the unit who agreed to be written to."""

    name = LineField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    mail_language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    invitations = forms.BooleanField(
        label=_("Wants invitations"),
        required=False,
        help_text=_(
            "Only when she said so. Without a contact who does, the unit's own public address is used."
        ),
    )
