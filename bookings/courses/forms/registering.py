"""Who registers, from which school, and who comes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from bookings.common import school_choice
from bookings.common.forms import ContactForm, LineField, NumbersForm
from bookings.courses.models import MOST_AT_ONCE, Field, Registration
from bookings.courses.operations.registering import Person
from navet.directory.grades import Form
from navet.directory.models import SchoolUnit
from navet.pages.forms import offer


class PeopleField(forms.CharField):
    """Persons, one on each line: a name and an e-mail address, in any order, parted by comma, semicolon, tab or space.

    Gives a list of Person. What a teacher pastes from a list or a mail ("Ada Ek <ada@skola.se>") is understood.
    """

    widget = forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=400 * MOST_AT_ONCE, **options)

    def clean(self, value: Any) -> list[Person]:
        text = super().clean(value)
        people, faults = [], []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                people.append(_person(line))
            except ValidationError:
                said = {"number": number, "line": " ".join(line.split())[:60]}
                faults.append(_("Line %(number)s needs a name and an e-mail address: %(line)s") % said)
        if faults:
            raise ValidationError([ValidationError(fault, code="person") for fault in faults])
        return people

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{one.name}, {one.email}" for one in value)
        return value


def _person(line: str) -> Person:
    """Raises ValidationError."""
    words = line.replace(",", " ").replace(";", " ").replace("<", " ").replace(">", " ").split()
    addresses = [word for word in words if "@" in word]
    name = " ".join(word for word in words if "@" not in word and word.isprintable())
    if len(addresses) != 1 or not name or len(name) > 120 or len(addresses[0]) > 254:
        raise ValidationError(_("A name and an e-mail address."))
    validate_email(addresses[0])
    return Person(name, addresses[0].lower())


class SearchForm(forms.Form):
    """Which courses."""

    om = forms.ChoiceField(label=_("What it is about"), required=False)
    skolform = forms.ChoiceField(label=_("For educators in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("om", Field.choices), ("skolform", Form.choices)):
            offer(self, name, [("", _("All")), *choices])


class OfASchoolForm(ContactForm):
    """Who writes, of which school: a choice among those that its text may mean."""

    unit: SchoolUnit | None = None
    choices: list[SchoolUnit] = []

    school_text = LineField(
        label=_("School or preschool"),
        max_length=80,
        help_text=_("Part of its name, or its school unit code."),
    )
    school = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        self.unit, self.choices = school_choice.school_of(said.get("school", ""), said.get("school_text", ""))
        if self.unit is None and said.get("school_text"):
            text = (
                _("Choose your school in the list.")
                if self.choices
                else _("We find no such school. Try its name or its code.")
            )
            self.add_error("school_text", forms.ValidationError(text, code="school"))
        return said


class RegistrationForm(OfASchoolForm):
    """Persons of a school for one round."""

    participants = PeopleField(
        label=_("Who comes"),
        help_text=_("One person on each line: name, e-mail address. Write yourself too if you come."),
    )
    invoice_reference = LineField(
        label=_("Invoice reference"),
        required=False,
        max_length=60,
        help_text=_("Only for schools outside the agreements."),
    )
    waiting_list = forms.BooleanField(label=_("Put us on the waiting list if it is full"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_phone"].required = False
        self.fields["contact_email"].help_text = _(
            "We send a code to it, and what you need to know of the course."
        )

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who asks and when."""
        kept = (
            "contact_name", "contact_email", "contact_phone", "participants", "invoice_reference", "waiting_list",
        )  # fmt: skip
        return {**{name: self.cleaned_data[name] for name in kept}, "school": self.unit}


class ChangeForm(NumbersForm):
    """Others come."""

    participants = PeopleField(
        label=_("Who comes"), help_text=_("One person on each line: name, e-mail address.")
    )

    def __init__(self, *args: Any, booking: Registration, **kwargs: Any) -> None:
        people = [Person(one.name, one.email) for one in booking.participants.all()]
        known = {"participants": people, "version": booking.version}
        super().__init__(*args, **{"initial": known, **kwargs})
