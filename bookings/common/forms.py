"""What every booking form asks alike: lines of text, telephone numbers, the code of a mail; and its guard against being sent twice."""

from typing import Any

import phonenumbers
from django import forms
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking
from navet import codes
from navet.accounts.actor import Actor
from navet.pages import formats

NUMBER = {"inputmode": "numeric"}
VAT = [(250, "25 %"), (120, "12 %"), (60, "6 %"), (0, "0 %")]  # rates in per mille


class LineField(forms.CharField):
    """One line of text without control characters, its spaces drawn together."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


class PhoneField(LineField):
    """A telephone number as people write it, kept as E.164; Swedish unless it says otherwise."""

    default_error_messages = {"invalid_phone": _("Write a telephone number, such as 070-174 06 05.")}

    def prepare_value(self, value: Any) -> Any:
        """What is kept is shown as people write it; what was written stands as it was."""
        return formats.phone(value) if isinstance(value, str) and value.startswith("+") else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        number = e164(text)
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid_phone"], code="invalid_phone")
        return number


def e164(text: str) -> str | None:
    """`070-174 06 05` -> `+46701740605`; None for what is no telephone number."""
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class KronorField(forms.DecimalField):
    """Kronor on the page, öre inside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=9, decimal_places=2, **options)


class PinForm(forms.Form):
    """The six digits of the mail."""

    pin = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9 ]*", "size": "8"}
        ),
    )

    def clean_pin(self) -> str:
        digits = "".join(self.cleaned_data["pin"].split())
        if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("The code is six digits."), code="invalid_pin")
        return digits


class EmailForm(forms.Form):
    """Whose bookings."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class CancelForm(forms.Form):
    """Leaving; a reason helps the planners and is not asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    reason = LineField(
        label=_("Reason"), required=False, max_length=200, help_text=_("Not about anybody's health.")
    )


class NumbersForm(forms.Form):
    """Other numbers for what is booked; the sum they lead to is seen before they are saved."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    shown_price = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    after_ore: int | None = None  # the sum to look at, where it has to be seen first

    def numbers(self) -> dict[str, Any]:
        """What the line's operation takes, but for the version, who asks and when."""
        own = self.cleaned_data.keys() - {"version", "shown_price"}
        return {name: self.cleaned_data[name] for name in own}

    def must_see(self, after_ore: int, booking: HeldBooking) -> bool:
        """Whether another sum than before was not shown yet: then the form is shown once more, with it."""
        is_new = after_ore != booking.price_ore and self.cleaned_data["shown_price"] != str(after_ore)
        if not is_new or self.cleaned_data["version"] != booking.version:
            return False
        self.after_ore = after_ore
        if isinstance(self.data, QueryDict):
            self.data = sent = self.data.copy()
            sent["shown_price"] = str(after_ore)
        return True


class ContactFields(forms.Form):
    """Who books: whom we write to, and call on the day."""

    contact_name = LineField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a code to it, and what you need to know of the visit."),
    )
    contact_phone = PhoneField(
        label=_("Telephone"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        help_text=_("Where we reach you on the day."),
    )


class ContactForm(ContactFields):
    """Who books, and a token that makes the form sent twice one booking."""

    shown_price = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    review = False  # set where the price has to be seen before anything is booked

    def show_again(self, *, price_ore: int | None) -> None:
        """A form that was sent carries, when it is shown once more, the price that it shows and its token."""
        if isinstance(self.data, QueryDict):
            self.data = sent = self.data.copy()
            sent["shown_price"] = "" if price_ore is None else str(price_ore)
            sent["token"] = sent.get("token") or new_token()

    def must_see(self, price_ore: int, *, by: Actor) -> bool:
        """Who books in one step, without a code page that shows it, has to have seen the price: then the form is shown once more."""
        if not by.email or self.cleaned_data["contact_email"].lower() != by.email:
            return False
        self.review = self.cleaned_data["shown_price"] != str(price_ore)
        return self.review


def new_token() -> str:
    """A fresh booking code, signed: the form that carries it can be sent twice and books once."""
    return _signer().sign(codes.new_code())


def code_of(token: str) -> str:
    """The code in a token of ours; a fresh one for anything else."""
    try:
        return _signer().unsign(token)
    except BadSignature:
        return codes.new_code()


def _signer() -> Signer:
    return Signer(salt="bookings.form")
