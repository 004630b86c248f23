"""What finance enters. Shapes only; the operations decide."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from navet import money
from navet.pages.forms import offer
from navet.payments.invoices import identifiers, reference_patterns
from navet.payments.invoices.models import Customer, Schedule, State, Way
from navet.payments.models import Treatment

FIRST_YEAR, LAST_YEAR = 2000, 2100
ORDERS_ALONE = (Schedule.AT_ONCE, Schedule.AFTER_EVENT)
MOST_KRONOR = 100_000_000
RATES = [(250, _("25 %")), (120, _("12 %")), (60, _("6 %")), (0, _("0 % or exempt"))]


class LineField(forms.CharField):
    """One line, its spaces drawn together."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _plausible(day: dt.date) -> None:
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise forms.ValidationError(_("The year must be between 2000 and 2099."), code="year")


def date_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, input_formats=["%Y-%m-%d"], widget=widget, validators=[_plausible], **more
    )


def kronor_field(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0.01, max_value=MOST_KRONOR, decimal_places=2, **more)


class InvoiceFilter(forms.Form):
    """Which invoices are listed."""

    lage = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("overdue", _("Overdue")), *State.choices],
    )
    sok = LineField(label=_("Number, OCR or customer"), required=False, max_length=80)


class SearchForm(forms.Form):
    sok = LineField(label=_("Name or organisation number"), required=False, max_length=80)


class ReferenceForm(forms.Form):
    reference = LineField(label=_("Reference"), required=False, max_length=60)


class PaymentForm(forms.Form):
    """Money that came some other way than by the bank's file."""

    kronor = kronor_field(_("Amount, kronor"))
    paid_date = date_field(_("Paid"))
    text = LineField(label=_("Message"), required=False, max_length=200)
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_kronor(self) -> int:
        """In öre."""
        return money.ore_from_kronor(self.cleaned_data["kronor"])


class CreditForm(forms.Form):
    """Which lines are taken back."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Lines to credit"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    note = LineField(label=_("What the customer is told"), required=False, max_length=200)


class ReasonForm(forms.Form):
    reason = LineField(label=_("Reason"), max_length=200)


class FileForm(forms.Form):
    """The bank's file."""

    file = forms.FileField(label=_("File from the bank (BgMax)"), max_length=200)


class SettleForm(forms.Form):
    """To which invoice unknown money belongs."""

    number = forms.IntegerField(label=_("Invoice number"), min_value=1, max_value=10**9)


class CarryForm(SettleForm):
    """To which invoice what was paid too much is moved."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)


class PeriodForm(forms.Form):
    """Days within one year."""

    fran = date_field(_("From"))
    till = date_field(_("To"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("fran"), given.get("till")
        if first and last and last < first:
            self.add_error("till", _("The last day must not be before the first."))
        elif first and last and first.year != last.year:
            self.add_error("till", _("Choose days of one year; each accounting year has its own file."))
        return given


class VatRuleForm(forms.Form):
    """A rate from a date on."""

    treatment = forms.ChoiceField(label=_("What is sold"), choices=Treatment.choices)
    vat_permille = forms.TypedChoiceField(label=_("VAT"), choices=[("", _("Choose")), *RATES], coerce=int)
    exemption = LineField(
        label=_("Why it is exempt"),
        required=False,
        max_length=200,
        help_text=_("Only where there is no VAT; it is written on the invoice."),
    )
    exemption_code = LineField(
        label=_("Code of the exemption"),
        required=False,
        max_length=30,
        help_text=_("VATEX, such as VATEX-EU-135-1."),
    )
    revenue_account = forms.RegexField(r"^\d{4,6}$", label=_("Revenue account"), required=False)
    first_date = date_field(_("From date"))
    source = LineField(label=_("Decision or source"), max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("vat_permille") == 0 and not given.get("exemption"):
            self.add_error("exemption", _("What is exempt from VAT has to say why."))
        if given.get("vat_permille") and (given.get("exemption") or given.get("exemption_code")):
            self.add_error("exemption", _("What has VAT has no reason to be exempt."))
        return given


class CustomerForm(forms.ModelForm):
    """A payer, with what it wants on its invoices."""

    class Meta:
        model = Customer
        fields = [
            "name", "organisation_number", "vat_number", "street", "postal_code", "city", "email", "language", "way",
            "endpoint_scheme", "endpoint_id", "reference_pattern", "reference_example", "reference_is_order",
            "terms_days", "charges_schedule", "orders_schedule",
        ]  # fmt: skip
        help_texts = {
            "reference_pattern": _(
                "Letters and digits; \\d is any digit, {4} so many of it. YY\\d{4} takes YY1234."
            ),
            "endpoint_id": _("Digits only: the organisation number, or a GLN."),
            "vat_number": _("SE and twelve digits."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As people write it, with a dash; the century of a sole trader is no part of it.
        self.fields["organisation_number"] = LineField(
            label=_("Organisation number"), required=False, max_length=13
        )
        offer(self, "charges_schedule", [one for one in Schedule.choices if one[0] not in ORDERS_ALONE])
        offer(self, "orders_schedule", [one for one in Schedule.choices if one[0] in ORDERS_ALONE])
        self.fields["terms_days"] = forms.IntegerField(
            label=_("Days to pay"), min_value=0, max_value=90, initial=30
        )

    def clean_organisation_number(self) -> str:
        number = identifiers.digits(self.cleaned_data["organisation_number"])
        if number and not identifiers.is_organisation_number(number):
            raise forms.ValidationError(_("This is no organisation number; check the digits."), code="number")
        return number

    def clean_vat_number(self) -> str:
        number = identifiers.digits(self.cleaned_data["vat_number"]).upper()
        if number.startswith("SE") and not identifiers.is_vat_number(number):
            raise forms.ValidationError(_("This is no Swedish VAT number; check the digits."), code="number")
        return number

    def clean_reference_pattern(self) -> str:
        pattern = self.cleaned_data["reference_pattern"]
        if pattern and not reference_patterns.is_pattern(pattern):
            raise forms.ValidationError(_("The pattern cannot be read; see the hint."), code="pattern")
        return pattern

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        self._check_endpoint(found)
        if found.get("way") == Way.MAIL and not found.get("email"):
            self.add_error("email", _("An invoice by mail needs an address."))
        pattern, example = found.get("reference_pattern"), found.get("reference_example")
        if pattern and example:
            try:
                reference_patterns.check(example, pattern=pattern, example="")
            except reference_patterns.ReferenceWrong:
                self.add_error("reference_example", _("The example does not fit the pattern."))
        return found

    def _check_endpoint(self, found: dict[str, Any]) -> None:
        scheme, number = found.get("endpoint_scheme"), found.get("endpoint_id") or ""
        if found.get("way") == Way.E_INVOICE and not (scheme and number):
            self.add_error("endpoint_id", _("An e-invoice needs an electronic address."))
        elif scheme == "0088" and not identifiers.is_gln(number):
            self.add_error("endpoint_id", _("A GLN is thirteen digits; check them."))
        elif scheme == "0007" and not identifiers.is_organisation_number(number):
            self.add_error("endpoint_id", _("This is no organisation number; check the digits."))
