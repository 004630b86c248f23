"""The shape of what a teacher writes; what is allowed is decided by the operations."""

import datetime as dt
from typing import Any

import phonenumbers
from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.schools.forms import choices
from bookings.schools.models import Need, SchoolBooking, Session
from navet import codes
from navet.directory.grades import Grade

MOST_PUPILS, MOST_ADULTS = 500, 100
_NUMBER = {"inputmode": "numeric"}
NEED = "need_"


def lunch_words(time: str, free: int) -> str:
    """A sitting as a choice."""
    if not free:
        return _("%(time)s (full)") % {"time": time}
    return ngettext("%(time)s (%(free)s free seat)", "%(time)s (%(free)s free seats)", free) % {
        "time": time,
        "free": free,
    }


class LineField(forms.CharField):
    """One line of text without control characters, its spaces drawn together."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


class PhoneField(LineField):
    """A telephone number as people write it, kept as E.164; Swedish unless it says otherwise."""

    default_error_messages = {"invalid_phone": _("Write a telephone number, such as 070-174 06 05.")}

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


class TimeField(forms.TimeField):
    """A time of day in the browser's own picker."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **options)


class NeedsMixin(forms.Form):
    """A field for each coded need: how many have it."""

    def add_needs(self, initial: dict[str, int]) -> None:
        for need in Need:
            self.fields[f"{NEED}{need}"] = forms.IntegerField(
                label=need.label,
                required=False,
                min_value=0,
                max_value=MOST_PUPILS,
                initial=initial.get(need) or None,
                widget=forms.NumberInput(attrs=_NUMBER),
            )

    def need_fields(self) -> list[forms.BoundField]:
        return [self[f"{NEED}{need}"] for need in Need]

    def has_needs(self) -> bool:
        """Whether the needs should be open on the page: some are filled in, or wrong."""
        return any(field.value() or field.errors for field in self.need_fields())

    def needs(self) -> dict[str, int]:
        return {str(need): many for need in Need if (many := self.cleaned_data.get(f"{NEED}{need}"))}


class BookingForm(NeedsMixin):
    """A class books a session. The school is a choice among those that its text may mean."""

    school_text = LineField(
        label=_("School"), max_length=80, help_text=_("Part of its name, or its school unit code.")
    )
    school = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    class_name = LineField(
        label=_("Class"), max_length=40, help_text=_("For example 5A. No names of pupils.")
    )
    grade = forms.ChoiceField(label=_("Grade"))
    pupils = forms.IntegerField(
        label=_("Pupils"), min_value=1, max_value=MOST_PUPILS, widget=forms.NumberInput(attrs=_NUMBER)
    )
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    language = forms.ChoiceField(label=_("Language of the programme"))
    bus_at = TimeField(
        label=_("Bus arrives"), required=False, help_text=_("If you come by a bus of your own.")
    )
    lunch = forms.ChoiceField(label=_("Lunch"), required=False, help_text=_("For pupils and adults."))
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
    invoice_reference = LineField(label=_("Invoice reference"), required=False, max_length=60)
    override_reason = LineField(label=_("Reason for an exception"), required=False, max_length=200)
    waiting_list = forms.BooleanField(label=_("Put the class on the waiting list"), required=False)
    shown_price = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, session: Session, at: dt.datetime, may_override: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        programme = session.programme
        listed = [
            (grade, label) for grade, label in Grade.choices if may_override or grade in programme.grades
        ]
        self.fields["grade"].choices = [("", _("Choose a grade")), *listed]
        names = dict(SchoolBooking._meta.get_field("language").choices)
        self.fields["language"].choices = [(code, names[code]) for code in programme.languages]
        self.fields["language"].initial = session.language
        if len(programme.languages) == 1:
            self.fields["language"].widget = forms.HiddenInput()
        sittings = choices.lunch_choices(session.occasion, at, lunch_words)
        self.fields["lunch"].choices = [("", _("No lunch at Navet")), *sittings]
        if not sittings:
            self.fields["lunch"].widget = forms.HiddenInput()
        if not may_override:
            del self.fields["override_reason"]
        self.fields["pupils"].help_text = _("%(least)s to %(most)s.") % {
            "least": programme.min_pupils,
            "most": programme.max_pupils,
        }
        self.add_needs({})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.unit, self.choices = choices.school_of(cleaned.get("school", ""), cleaned.get("school_text", ""))
        if self.unit is None and cleaned.get("school_text"):
            text = (
                _("Choose your school in the list.")
                if self.choices
                else _("We find no such school. Try its name or its code.")
            )
            self.add_error("school_text", forms.ValidationError(text, code="school"))
        return cleaned

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who asks and when."""
        said = self.cleaned_data
        kept = (
            "class_name", "grade", "pupils", "adults", "language", "bus_at", "invoice_reference", "waiting_list",
            "contact_name", "contact_email", "contact_phone",
        )  # fmt: skip
        return {
            **{name: said[name] for name in kept},
            "school": self.unit,
            "needs": self.needs(),
            "lunch_id": int(said["lunch"]) if said["lunch"] else None,
            "override_reason": said.get("override_reason", ""),
        }


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


class CountForm(forms.Form):
    """The final count."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    pupils = forms.IntegerField(
        label=_("Pupils"), min_value=1, max_value=MOST_PUPILS, widget=forms.NumberInput(attrs=_NUMBER)
    )
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        widget=forms.NumberInput(attrs=_NUMBER),
    )


class ChangeForm(CountForm, NeedsMixin):
    """Everything a booker may change of a booking."""

    class_name = LineField(label=_("Class"), max_length=40)
    contact_name = LineField(
        label=_("Contact"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_phone = PhoneField(
        label=_("Telephone"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    lunch = forms.ChoiceField(label=_("Lunch"), required=False)
    bus_at = TimeField(label=_("Bus arrives"), required=False)
    invoice_reference = LineField(label=_("Invoice reference"), required=False, max_length=60)

    def __init__(self, *args: Any, booking: SchoolBooking, at: dt.datetime, **kwargs: Any) -> None:
        names = (
            "version",
            "pupils",
            "adults",
            "class_name",
            "contact_name",
            "contact_phone",
            "bus_at",
            "invoice_reference",
        )
        initial = {name: getattr(booking, name) for name in names} | {"lunch": str(booking.lunch_id or "")}
        super().__init__(*args, initial=initial, **kwargs)
        sittings = choices.lunch_choices(booking.session.occasion, at, lunch_words, besides=booking)
        self.fields["lunch"].choices = [("", _("No lunch at Navet")), *sittings]
        self.add_needs(booking.needs)

    def changes(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        kept = (
            "pupils",
            "adults",
            "class_name",
            "contact_name",
            "contact_phone",
            "bus_at",
            "invoice_reference",
        )
        lunch_id = int(said["lunch"]) if said["lunch"] else None
        return {**{name: said[name] for name in kept}, "lunch_id": lunch_id, "needs": self.needs()}


class MoveForm(forms.Form):
    """Another session; which is checked by the operation."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    session = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    lunch = forms.ChoiceField(label=_("Lunch"), required=False)
    invoice_reference = LineField(label=_("Invoice reference"), required=False, max_length=60)

    def __init__(self, *args: Any, sittings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lunch"].choices = [("", _("No lunch at Navet")), *sittings]


class CancelForm(forms.Form):
    """Leaving; a reason helps the planners and is not asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    reason = LineField(
        label=_("Reason"), required=False, max_length=200, help_text=_("Not about anybody's health.")
    )
    waive_fee = forms.BooleanField(label=_("Waive the fee"), required=False)

    def __init__(self, *args: Any, may_waive: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_waive:
            del self.fields["waive_fee"]


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
    return Signer(salt="bookings.schools.form")
