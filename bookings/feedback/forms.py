"""The shape of an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import LineField
from bookings.feedback import questions
from bookings.feedback.models import LONGEST_REMARK


class AnswerForm(forms.Form):
    """Radio buttons under each statement, "no opinion" until one is chosen, and a line to write on."""

    def __init__(self, *args: Any, is_of_a_course: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = questions.asked_of(is_of_a_course=is_of_a_course)
        choices = [*questions.AGREES, ("", _("No opinion"))]
        for perspective, statement in self.asked:
            self.fields[perspective.value] = forms.TypedChoiceField(
                label=statement,
                choices=choices,
                coerce=int,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["remark"] = LineField(
            label=_("What should we keep, or do otherwise?"),
            required=False,
            max_length=LONGEST_REMARK,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "Write no names and nothing about anybody's health, neither yours nor a pupil's. At most 300 characters."
            ),
        )

    def scores(self) -> dict[str, int]:
        """Those that were chosen."""
        given = {one.perspective.value: self.cleaned_data[one.perspective.value] for one in self.asked}
        return {name: value for name, value in given.items() if value}
