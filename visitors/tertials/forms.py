"""What management writes of each indicator."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from visitors.models import Indicator
from visitors.tertials.operations import LONGEST, Words


class WordsForm(forms.Form):
    """A comment and an action for each indicator; `seen` is how many versions the writer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in Indicator:
            self.fields[f"comment_{code}"] = _text(_("Comment: %(indicator)s"), code)
            self.fields[f"action_{code}"] = _text(_("Action: %(indicator)s"), code)

    def of(self, code: str) -> tuple[BoundField, BoundField]:
        return self[f"comment_{code}"], self[f"action_{code}"]

    def words(self) -> dict[str, Words]:
        """Lines end in one way, whatever the browser sent."""
        return {
            code.value: Words(
                *(_lines(self.cleaned_data[f"{part}_{code}"]) for part in ("comment", "action"))
            )
            for code in Indicator
        }


def _text(label: Any, code: Indicator) -> forms.CharField:
    return forms.CharField(
        label=label % {"indicator": code.label},
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
