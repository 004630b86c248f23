"""The shape of letting people in beyond the limit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visitors import walk_ins
from visitors.forms import TapForm, heads

WALK_IN = "walk_in"


class BeyondForm(TapForm):
    """A party that waits, by its code, or a walk-in of a category; how many; and why."""

    who = forms.ChoiceField(label=_("Who"))
    participants = heads(_("Pupils, participants or visitors"))
    adults = heads(_("Adults with a party"), min=0)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept with your name, and shown here."),
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(category.value, str(category.label)) for category in walk_ins.CATEGORIES]
        groups = [(_("Walk-ins"), kinds)]
        if parties:
            groups.insert(0, (_("Parties that wait"), parties))
        self.fields["who"].choices = groups  # type: ignore[attr-defined]  # a field of choices
        self.fields["adults"].required = False
        self.fields["participants"].initial = 1
        self.fields["adults"].initial = 0
