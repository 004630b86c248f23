"""How many come and what they eat: numbers, never names."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import NUMBER
from bookings.conferences.models import Diet, Reservation
from bookings.conferences.models.reservations import MOST_PERSONS


class DietsForm(forms.Form):
    """The persons, and a count for each special diet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    persons = forms.IntegerField(
        label=_("Persons"), min_value=1, max_value=MOST_PERSONS, widget=forms.NumberInput(attrs=NUMBER)
    )

    def __init__(self, data: QueryDict | None, *, reservation: Reservation) -> None:
        super().__init__(data, initial={"version": reservation.version, "persons": reservation.persons})
        for diet in Diet:
            self.fields[f"diet_{diet}"] = forms.IntegerField(
                label=diet.label,
                required=False,
                min_value=0,
                max_value=MOST_PERSONS,
                initial=reservation.diets.get(diet.value) or None,
                widget=forms.NumberInput(attrs=NUMBER),
            )

    @property
    def diet_fields(self) -> list[forms.BoundField]:
        return [self[f"diet_{diet}"] for diet in Diet]

    def diets(self) -> dict[str, int]:
        """Of a valid form; a diet that nobody has is left out."""
        found = {diet.value: self.cleaned_data.get(f"diet_{diet}") or 0 for diet in Diet}
        return {diet: count for diet, count in found.items() if count}


class CountForm(DietsForm):
    """How many come and what they eat, and whether it is the last word."""

    is_final = forms.BooleanField(
        label=_("This is our final number"),
        required=False,
        help_text=_("It is what we cook and charge for, and cannot be changed here afterwards."),
    )

    def __init__(self, data: QueryDict | None, *, reservation: Reservation, may_end: bool) -> None:
        super().__init__(data, reservation=reservation)
        if not may_end:
            del self.fields["is_final"]
