"""A decision on disposal, as data protection enters it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from navet.retention.models import MOST_DAYS


class DecisionForm(forms.Form):
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=MOST_DAYS)
    reference = forms.CharField(
        label=_("Decision"), max_length=200, help_text=_("Number and date of the decision on disposal.")
    )
