"""The shape of what is added to a conference that has begun, or taken off it. Shapes only."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.common.forms import NUMBER, LineField
from bookings.conferences.forms.change import DayForm, Shelf
from bookings.conferences.forms.count import DietsForm
from bookings.conferences.models import Reservation
from bookings.conferences.models.reservations import MOST_PERSONS
from bookings.conferences.wishes import ConferenceWish, DayWish


class AdjustForm(DietsForm):
    """What is of the whole: how many come, what they eat, a day more, and why."""

    reason = LineField(
        label=_("Reason"),
        max_length=120,
        help_text=_("Stands on the guest's page, mail and invoice. Not about anybody's health."),
    )
    more = DateField(
        label=_("One day more"), required=False, help_text=_("Like the last day, whatever you change below.")
    )
    shown = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, reservation: Reservation, has_days_to_come: bool) -> None:
        super().__init__(data, reservation=reservation)
        if has_days_to_come:
            self.fields["persons"].label = _("Persons on days to come")
        elif reservation.days.count() > 1:
            del self.fields["persons"]


class BegunDayForm(DayForm):
    """A day that has begun: its date and rooms stay. Of several each has its own number of persons."""

    has_begun = True

    def __init__(self, *args: Any, shelf: Shelf, stands: DayWish, heads: int | None, **kwargs: Any) -> None:
        super().__init__(*args, shelf=shelf, stands=stands, is_only=True, **kwargs)
        self.stands = stands
        for name in ["date", *(f"room_{one.room.slug}" for one in self.offers)]:
            del self.fields[name]
        self.offers = []
        part = next(one for one in shelf.parts if one.slug == stands.part)
        alike = {one.slug for one in shelf.parts if one.starts == part.starts}
        part_field: Any = self.fields["part"]
        part_field.choices = [one for one in part_field.choices if one[0] in alike]
        if heads is not None:
            self.fields["persons"] = forms.IntegerField(
                label=_("Persons this day"),
                min_value=1,
                max_value=MOST_PERSONS,
                initial=heads,
                widget=forms.NumberInput(attrs=NUMBER),
            )

    def wish(self) -> DayWish:
        self.cleaned_data["date"] = self.stands.date
        return replace(super().wish(), rooms=self.stands.rooms, persons=self.cleaned_data.get("persons"))


def adjusted(stands: ConferenceWish, who: AdjustForm, days: Sequence[DayForm]) -> ConferenceWish:
    """What stands, with what the valid forms say instead."""
    said = who.cleaned_data
    kept = [day.wish() for day in days if not day.cleaned_data.get("leave_out")]
    if said["more"]:
        kept.append(replace(stands.days[-1], date=said["more"], persons=None))
    by_date = tuple(sorted(kept, key=lambda day: day.date))
    # Where all days have begun the number of the last of them is the conference's.
    persons = said["persons"] if "persons" in said else by_date[-1].persons or stands.persons
    return ConferenceWish(stands.title, persons, by_date, who.diets(), stands.message)
