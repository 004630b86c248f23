"""A school's wish for a course of its own, and the planner's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import LineField
from bookings.courses.forms.planning import RoundForm
from bookings.courses.forms.registering import OfASchoolForm
from bookings.courses.models import Course
from navet.pages.forms import offer


class WishForm(OfASchoolForm):
    """What, how many, when. The course is one on the list, or what they write."""

    course = forms.ModelChoiceField(
        Course.objects.none(), label=_("Course"), required=False, empty_label=_("Something else")
    )
    what = LineField(
        label=_("What it is to be about"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it is none of our courses. Do not write about single persons."),
    )
    persons = forms.IntegerField(label=_("How many come"), min_value=1, max_value=500)
    when = LineField(
        label=_("When it would suit"), max_length=200, help_text=_("Weeks or dates, and time of day.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "course", Course.objects.published().order_by("title_sv", "pk"))
        self.fields["contact_phone"].required = False
        self.fields["contact_phone"].help_text = ""
        self.fields["contact_email"].help_text = _("We answer to it.")

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for its code, who asks and when."""
        kept = ("course", "what", "persons", "when", "contact_name", "contact_email", "contact_phone")
        return {**{name: self.cleaned_data[name] for name in kept}, "school": self.unit}


class OwnRoundForm(RoundForm):
    """A round of any course, published or not."""

    course = forms.ModelChoiceField(Course.objects.none(), label=_("Course"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "course", Course.objects.order_by("title_sv", "pk"))

    def wish(self) -> dict[str, Any]:
        return {**super().wish(), "course": self.cleaned_data["course"]}


class DeclineForm(forms.Form):
    """Why it cannot be; it is sent to the school."""

    reason = LineField(label=_("Reason"), max_length=300, help_text=_("Is sent to whoever asked."))
