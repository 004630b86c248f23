"""The fields that the forms of a class's booking share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.common.forms import NUMBER, LineField
from bookings.schools.models import Need

MOST_PUPILS, MOST_ADULTS = 500, 100
NEED = "need_"


class TimeField(forms.TimeField):
    """A time of day in the browser's own picker."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **options)


class InvoiceReferenceField(LineField):
    """Where the invoice goes; asked for where there is one."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Invoice reference"),
            required=False,
            max_length=60,
            help_text=_("What whoever pays wants to see on the invoice: a reference code or a cost centre."),
        )


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
                widget=forms.NumberInput(attrs=NUMBER),
            )

    def need_fields(self) -> list[forms.BoundField]:
        return [self[f"{NEED}{need}"] for need in Need]

    def has_needs(self) -> bool:
        """Whether the needs should be open on the page: some are filled in, or wrong."""
        return any(field.value() or field.errors for field in self.need_fields())

    def needs(self) -> dict[str, int]:
        return {str(need): many for need in Need if (many := self.cleaned_data.get(f"{NEED}{need}"))}


def lunch_words(time: str, free: int) -> str:
    """A sitting as a choice."""
    if not free:
        return _("%(time)s (full)") % {"time": time}
    return ngettext("%(time)s (%(free)s free seat)", "%(time)s (%(free)s free seats)", free) % {
        "time": time,
        "free": free,
    }
