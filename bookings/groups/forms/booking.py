"""The shape of what a group writes to book, and of what the desk writes when one comes unannounced."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.common.forms import NUMBER, ContactForm, LineField, NumbersForm
from bookings.groups.models import GroupBooking, GroupKind, GroupPackage
from navet.directory.models import Municipality, SwedishOrder
from navet.pages.forms import offer
from visitors.forms import TapForm

MOST_HEADS, MOST_ADULTS = 500, 200


class MunicipalityMixin(forms.Form):
    """Where most of the group come from; asked for the count, never needed."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        empty_label=_("Not said"),
        help_text=_("Where most of you live; we count it and keep no names."),
    )

    def offer_municipalities(self) -> None:
        nearby = SwedishOrder("name")
        offer(self, "municipality", Municipality.objects.order_by("-in_sjuharad", nearby))


class OrganisationMixin(forms.Form):
    """Whether the name of the group is a private person's; only another's stays on the devices of the desk."""

    is_organisation = forms.BooleanField(
        label=_("We are an association, a company or another organisation"),
        required=False,
        help_text=_(
            "Then the reception sees the name also when its network is down. A private group's name it does not keep."
        ),
    )


class BookingForm(OrganisationMixin, MunicipalityMixin, ContactForm):
    """A group books a time."""

    group_name = LineField(
        label=_("Name of the group"),
        max_length=80,
        help_text=_("The association, or whose party it is: a first name is enough."),
    )
    heads = forms.IntegerField(label=_("Participants"), widget=forms.NumberInput(attrs=NUMBER))
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("They pay nothing."),
    )
    field_order = ["group_name", "is_organisation", "heads", "adults", "municipality"]
    nearest: list[dt.datetime] = []  # free times to propose where the chosen one is taken

    def __init__(self, *args: Any, package: GroupPackage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heads"] = forms.IntegerField(
            label=_("Participants"),
            min_value=1,
            max_value=MOST_HEADS,
            widget=forms.NumberInput(attrs=NUMBER),
            help_text=_("%(least)s to %(most)s.") % {"least": package.min_heads, "most": package.max_heads},
        )
        if package.kind == GroupKind.PARTY:
            del self.fields["is_organisation"]
        self.offer_municipalities()
        self.order_fields(self.field_order)

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for which time, who asks and when."""
        said = self.cleaned_data
        kept = ("group_name", "heads", "municipality", "contact_name", "contact_email", "contact_phone")
        return {
            **{name: said[name] for name in kept},
            "is_organisation": said.get("is_organisation", False),
            "adults": said["adults"] or 0,
        }


class ChangeForm(NumbersForm):
    """Another number of participants, or of those who come along."""

    heads = forms.IntegerField(
        label=_("Participants"), min_value=1, max_value=MOST_HEADS, widget=forms.NumberInput(attrs=NUMBER)
    )
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("They pay nothing."),
    )

    def __init__(self, *args: Any, booking: GroupBooking, **kwargs: Any) -> None:
        known = {"heads": booking.heads, "adults": booking.adults, "version": booking.version}
        super().__init__(*args, **{"initial": known, **kwargs})
        size = {"least": booking.package.min_heads, "most": booking.package.max_heads}
        self.fields["heads"].help_text = _("%(least)s to %(most)s.") % size

    def numbers(self) -> dict[str, Any]:
        return {"heads": self.cleaned_data["heads"], "adults": self.cleaned_data["adults"] or 0}


class MonthForm(forms.Form):
    """From which day free times are looked for."""

    fran = DateField(label=_("From date"), required=False)


class TimeForm(forms.Form):
    """Which time was chosen: ISO with its offset, as our own links write it."""

    tid = forms.CharField(max_length=40)

    def clean_tid(self) -> dt.datetime:
        try:
            moment = dt.datetime.fromisoformat(self.cleaned_data["tid"])
        except ValueError:
            raise forms.ValidationError(_("There is no such time."), code="time") from None
        if moment.tzinfo is None or not 2000 <= moment.year < 2100:
            raise forms.ValidationError(_("There is no such time."), code="time")
        return moment


class ReceiveForm(OrganisationMixin, MunicipalityMixin, TapForm):
    """A group at the desk."""

    kind = forms.ChoiceField(label=_("Kind of group"), choices=GroupKind.choices)
    group_name = LineField(label=_("Name of the group"), max_length=80)
    heads = forms.IntegerField(
        label=_("Participants"), min_value=1, max_value=MOST_HEADS, widget=forms.NumberInput(attrs=NUMBER)
    )
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    field_order = ["kind", "group_name", "is_organisation", "heads", "adults", "municipality"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_municipalities()
        self.fields["municipality"].help_text = ""
        self.fields["is_organisation"].label = _("An association, a company or another organisation")
        self.fields["is_organisation"].help_text = _("Its name stays on the tablet also without a network.")
