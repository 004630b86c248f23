"""The shape of what a teacher writes to book; what is allowed is decided by the operations."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings.common import school_choice
from bookings.common.forms import NUMBER, ContactFields, LineField, new_token
from bookings.schools.forms import choices
from bookings.schools.forms.fields import (
    MOST_ADULTS,
    MOST_PUPILS,
    InvoiceReferenceField,
    NeedsMixin,
    TimeField,
    lunch_words,
)
from bookings.schools.models import Language, Session
from bookings.schools.operations import places
from navet.directory.grades import Grade
from navet.directory.models import SchoolUnit
from navet.errors import Refused
from navet.pages.forms import offer


class BookingForm(NeedsMixin):
    """A class books a session. The school is a choice among those that its text may mean."""

    unit: SchoolUnit | None
    choices: list[SchoolUnit]

    school_text = LineField(
        label=_("School"), max_length=80, help_text=_("Part of its name, or its school unit code.")
    )
    school = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    class_name = LineField(
        label=_("Class"), max_length=40, help_text=_("For example 5A. No names of pupils.")
    )
    grade = forms.ChoiceField(label=_("Grade"))
    pupils = forms.IntegerField(
        label=_("Pupils"), min_value=1, max_value=MOST_PUPILS, widget=forms.NumberInput(attrs=NUMBER)
    )
    adults = forms.IntegerField(
        label=_("Accompanying adults"),
        min_value=0,
        max_value=MOST_ADULTS,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    language = forms.ChoiceField(label=_("Language of the programme"))
    bus_at = TimeField(
        label=_("Bus arrives"), required=False, help_text=_("If you come by a bus of your own.")
    )
    lunch = forms.ChoiceField(label=_("Lunch"), required=False, help_text=_("For pupils and adults."))
    contact_name = ContactFields.base_fields["contact_name"]
    contact_email = ContactFields.base_fields["contact_email"]
    contact_phone = ContactFields.base_fields["contact_phone"]
    invoice_reference = InvoiceReferenceField()
    override_reason = LineField(label=_("Reason for an exception"), required=False, max_length=200)
    waiting_list = forms.BooleanField(label=_("Put the class on the waiting list"), required=False)
    review = False  # set where the price has to be seen before anything is booked
    shown_price = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, session: Session, at: dt.datetime, may_override: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme = session.programme
        listed = [
            (grade, label) for grade, label in Grade.choices if may_override or grade in programme.grades
        ]
        offer(self, "grade", [("", _("Choose a grade")), *listed])
        names = dict(Language.choices)
        offer(self, "language", [(code, names[code]) for code in programme.languages])
        self.fields["language"].initial = session.language
        if len(programme.languages) == 1:
            self.fields["language"].widget = forms.HiddenInput()
        sittings = choices.lunch_choices(session.occasion, at, lunch_words)
        offer(self, "lunch", [("", _("No lunch at Navet")), *sittings])
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
        super().clean()
        cleaned = self.cleaned_data
        self.unit, self.choices = school_choice.school_of(
            cleaned.get("school", ""), cleaned.get("school_text", "")
        )
        if self.unit is None and cleaned.get("school_text"):
            text = (
                _("Choose your school in the list.")
                if self.choices
                else _("We find no such school. Try its name or its code.")
            )
            self.add_error("school_text", forms.ValidationError(text, code="school"))
        if self.errors and cleaned.get("pupils") and not cleaned.get("override_reason"):
            self._judge_size(cleaned["pupils"])
        return cleaned

    def _judge_size(self, pupils: int) -> None:
        """Said with the other faults, so that nobody mends those first and hears of this one after."""
        for require in (places.require_minimum, places.require_maximum):
            try:
                require(pupils, self.programme)
            except Refused as refused:
                self.add_error("pupils", forms.ValidationError(str(refused), code=refused.code))

    @property
    def chosen_school(self) -> SchoolUnit:
        """Of a valid form; ValueError before."""
        if self.unit is None:
            raise ValueError("the form names no school")
        return self.unit

    def show_again(self, *, price: str) -> None:
        """A form that was sent carries, when it is shown once more, the price that it shows and its token."""
        if isinstance(self.data, QueryDict):
            self.data = sent = self.data.copy()
            sent["shown_price"] = price
            sent["token"] = sent.get("token") or new_token()

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who asks and when."""
        said = self.cleaned_data
        kept = (
            "class_name", "grade", "pupils", "adults", "language", "bus_at", "invoice_reference", "waiting_list",
            "contact_name", "contact_email", "contact_phone",
        )  # fmt: skip
        return {
            **{name: said[name] for name in kept},
            "school_id": self.chosen_school.pk,
            "needs": self.needs(),
            "lunch_id": int(said["lunch"]) if said["lunch"] else None,
            "override_reason": said.get("override_reason", ""),
        }
