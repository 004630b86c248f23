"""What finance writes about payments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from navet.payments.models import Payment


class StateForm(forms.Form):
    """Which payments are shown."""

    lage = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Payment.State.choices]
    )


class RefundForm(forms.Form):
    """How much goes back, and why."""

    amount = forms.DecimalField(
        label=_("Amount, kronor"), max_digits=10, decimal_places=2, min_value=0, localize=True
    )
    note = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("Kept with the refund; write no personal data.")
    )


class SettleForm(forms.Form):
    """Why a difference is as it is."""

    difference = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    note = forms.CharField(label=_("How it was settled"), max_length=200)
