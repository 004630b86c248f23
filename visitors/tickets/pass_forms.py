"""The shape of issuing, using and blocking annual passes."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visitors.forms import TapForm, heads
from visitors.tickets.forms import date_field, plausible
from visitors.tickets.models import MOST_PERSONS, AnnualPass


class IssueForm(TapForm):
    kind = forms.ChoiceField(label=_("Pass for"), choices=AnnualPass.Kind.choices, widget=forms.RadioSelect)
    persons = forms.IntegerField(label=_("People it admits"), min_value=1, max_value=MOST_PERSONS, initial=1)
    first_date = date_field(_("Valid from"))
    holder_name = forms.CharField(
        label=_("Holder"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("May be left empty. With a name or an address a lost pass can be found again."),
    )
    holder_email = forms.EmailField(
        label=_("Holder's e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("With an address the holder is reminded once by mail before the pass expires."),
    )
    mail_language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        required=False,
    )

    def clean_mail_language(self) -> str:
        return self.cleaned_data["mail_language"] or settings.LANGUAGE_CODE

    def clean_first_date(self) -> dt.date | None:
        return plausible(self.cleaned_data["first_date"])


class UseForm(TapForm):
    persons = heads(_("How many are here"), min=1)
    again = forms.BooleanField(label=_("They are others than those of earlier today"), required=False)

    def __init__(self, *args: Any, asked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            self.fields["again"].widget = forms.HiddenInput()


class BlockForm(forms.Form):
    reason = forms.CharField(label=_("Why it is blocked"), max_length=200)


class PassSearchForm(forms.Form):
    sok = forms.CharField(label=_("Code, name or e-mail address"), max_length=200, required=False)
