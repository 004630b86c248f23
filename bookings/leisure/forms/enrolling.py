"""What a guardian writes about a child, and how the fee is paid. Nothing about health is asked, and beside free text it says so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import ContactForm, LineField, PhoneField
from bookings.leisure.models import Club, Enrolment, Group, PaidBy, Payer
from bookings.leisure.operations.fees import Address
from navet.directory.models import Municipality
from navet.pages.forms import offer

PROTECTED_HELP = _(
    "Then names and contact details are shown to nobody but the leader, on the day. You need not say why."
)
NO_HEALTH = _("Write nothing about anybody's health. What the leader has to know, say it to her.")


class SearchForm(forms.Form):
    """Which clubs."""

    sort = forms.ChoiceField(label=_("What"), required=False)
    alder = forms.IntegerField(label=_("Age this year"), required=False, min_value=3, max_value=25)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "sort", [("", _("All")), *Club.Kind.choices])


class EmergencyFields(forms.Form):
    """Whom to call on the day, and what is shown."""

    emergency_name = LineField(
        label=_("Whom we call if anything happens"), max_length=120, help_text=NO_HEALTH
    )
    emergency_phone = PhoneField(
        label=_("Telephone to call"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("The leader sees it on the day of each meeting only."),
    )
    is_protected = forms.BooleanField(
        label=_("Do not show the child's details"), required=False, help_text=PROTECTED_HELP
    )
    with_siblings = forms.BooleanField(
        label=_("Together with siblings, or not at all"),
        required=False,
        help_text=_("Tick it for each sibling that you enrol in this group with the same e-mail address."),
    )


class EnrolmentForm(ContactForm, EmergencyFields):
    """A child, whom to call, and her guardian."""

    child_name = LineField(
        label=_("The child's first and last name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Municipality where the child lives"),
        required=False,
        empty_label=_("Another, or not said"),
        help_text=_("For our figures of how many come from where."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "municipality", Municipality.objects.filter(in_sjuharad=True).order_by("name"))
        years = group.year - group.club.oldest, group.year - group.club.youngest
        self.fields["birth_year"].help_text = _("%(first)s to %(last)s.") % {
            "first": years[0],
            "last": years[1],
        }
        self.fields["contact_phone"].required = False
        self.fields["contact_email"].help_text = _(
            "A guardian's. We send a code to it, and all news of the group."
        )
        if group.is_first_come():
            del self.fields["with_siblings"]

    def clean_birth_year(self) -> int:
        year = self.cleaned_data["birth_year"]
        if not 1900 < year < 2100:
            raise forms.ValidationError(_("Write the year with four digits."), code="year")
        return year

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who asks and when."""
        said = self.cleaned_data
        return {name: said[name] for name in said.keys() - {"shown_price", "token"}}


class ChangeForm(EmergencyFields):
    """Whom to call, and what is shown."""

    contact_phone = PhoneField(label=_("Your telephone"), max_length=30, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        known = {name: getattr(enrolment, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": known, **kwargs})
        if enrolment.group.is_first_come():
            del self.fields["with_siblings"]


class PayerField(forms.ModelChoiceField):
    """Who else pays, with what its reference is called."""

    def label_from_instance(self, obj: Payer) -> str:
        return f"{obj.name} ({obj.reference_is_called})"


class FeeForm(forms.Form):
    """How the fee is paid."""

    paid_by = forms.ChoiceField(label=_("How do you pay?"), choices=PaidBy.choices, widget=forms.RadioSelect)
    street = LineField(label=_("Street"), required=False, max_length=120)
    postal_code = LineField(label=_("Postal code"), required=False, max_length=10)
    city = LineField(label=_("Town"), required=False, max_length=60)
    payer = PayerField(Payer.objects.none(), label=_("Who pays"), required=False, empty_label=_("Choose"))
    reference = LineField(
        label=_("Reference"),
        required=False,
        max_length=60,
        help_text=_("The number that the payer gave you."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payers = Payer.objects.filter(is_active=True).order_by("name")
        offer(self, "payer", payers)
        if not payers:
            offer(self, "paid_by", [one for one in PaidBy.choices if one[0] != PaidBy.OTHER])

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who asks and when."""
        said = self.cleaned_data
        address = Address(said["street"], said["postal_code"], said["city"])
        return {
            "paid_by": said["paid_by"],
            "address": address,
            "payer": said["payer"],
            "reference": said["reference"],
        }
