"""Which units to look at, and whom at a unit to write to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import LineField
from bookings.reach import reach
from bookings.reach.reach import Wish
from navet import school_years
from navet.directory.grades import Form
from navet.directory.models import Municipality
from navet.pages.forms import offer


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

    def __init__(self, *args: Any, years: range, **options: Any) -> None:
        super().__init__(*args, **options)
        self.present = years[0]
        offer(self, "lasar", [(one, school_years.name(one)) for one in years])
        places = Municipality.objects.order_by("name").values_list("code", "name")
        offer(self, "kommun", [("", _("All")), *places])
        offer(self, "form", [("", _("All")), *Form.choices])

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
    invitations = forms.BooleanField(
        label=_("Wants invitations"),
        required=False,
        help_text=_(
            "Only when she said so. Without a contact who does, the unit's own public address is used."
        ),
    )
