"""The shape of changes to a conference, the same for guests and staff. Shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField, TimeField
from bookings.common.forms import NUMBER, LineField
from bookings.conferences import availability
from bookings.conferences.models import AddOn, ConferencePackage, DayPart
from bookings.conferences.models.reservations import MOST_PERSONS
from bookings.conferences.wishes import AddOnWish, ConferenceWish, DayWish, RoomWish
from navet.pages.forms import offer


class VersionForm(forms.Form):
    """What is sent says what it was written about."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class WhoForm(VersionForm):
    """What is the same on all days."""

    title = LineField(label=_("Name of the conference"), max_length=100)
    persons = forms.IntegerField(
        label=_("Persons"), min_value=1, max_value=MOST_PERSONS, widget=forms.NumberInput(attrs=NUMBER)
    )
    shown = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class DayForm(forms.Form):
    """One day whole: a furnishing for each room that is wanted, a time and a number for each add-on."""

    date = DateField(label=_("Date"))
    part = forms.ChoiceField(label=_("Time"))
    extra_hours = forms.IntegerField(
        label=_("Extra hours"), min_value=0, max_value=6, initial=0, widget=forms.NumberInput(attrs=NUMBER)
    )
    package = forms.ChoiceField(label=_("Package"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.add_ons = availability.offers(), _add_ons()
        parts = DayPart.objects.filter(is_active=True)
        offer(self, "part", [(one.slug, f"{one} {one.starts:%H:%M}–{one.ends:%H:%M}") for one in parts])
        packages = ConferencePackage.objects.published().order_by("title_sv")
        offer(self, "package", [("", _("No package")), *((one.slug, str(one)) for one in packages)])
        for let in self.offers:
            seats = [
                (one.kind, f"{one.get_kind_display()} ({one.capacity})") for one in let.room.furnishings.all()
            ]
            self.fields[f"room_{let.room.slug}"] = forms.ChoiceField(
                label=str(let), required=False, choices=[("", _("Not wanted")), *seats]
            )
        for add_on in self.add_ons:
            self._offer(add_on)

    def _offer(self, add_on: AddOn) -> None:
        self.fields[f"add_{add_on.slug}"] = forms.BooleanField(label=str(add_on), required=False)
        if add_on.length_minutes:
            self.fields[f"at_{add_on.slug}"] = TimeField(
                label=_("%(what)s, begins") % {"what": add_on}, required=False, initial=add_on.usual
            )
        self.fields[f"for_{add_on.slug}"] = forms.IntegerField(
            label=_("%(what)s, persons") % {"what": add_on},
            required=False,
            min_value=1,
            max_value=MOST_PERSONS,
            help_text=_("Empty: everybody."),
            widget=forms.NumberInput(attrs=NUMBER),
        )

    @property
    def room_fields(self) -> list[forms.BoundField]:
        return [self[f"room_{one.room.slug}"] for one in self.offers]

    @property
    def add_on_fields(self) -> list[list[forms.BoundField]]:
        """Of each add-on: whether, when, for how many."""
        names = [[f"{part}_{one.slug}" for part in ("add", "at", "for")] for one in self.add_ons]
        return [[self[name] for name in row if name in self.fields] for row in names]

    def wish(self) -> DayWish:
        """Of a valid form."""
        said = self.cleaned_data
        rooms = [(one.room.slug, said[f"room_{one.room.slug}"]) for one in self.offers]
        return DayWish(
            date=said["date"],
            part=said["part"],
            rooms=tuple(RoomWish(slug, kind) for slug, kind in rooms if kind),
            extra_hours=said["extra_hours"],
            package=said["package"],
            add_ons=tuple(
                AddOnWish(one.slug, said.get(f"at_{one.slug}"), said[f"for_{one.slug}"])
                for one in self.add_ons
                if said[f"add_{one.slug}"]
            ),
        )

    @staticmethod
    def initial_of(day: DayWish) -> dict[str, Any]:
        """What the form begins with to say the same."""
        found: dict[str, Any] = {
            "date": day.date, "part": day.part, "extra_hours": day.extra_hours, "package": day.package
        }  # fmt: skip
        found |= {f"room_{one.room}": one.furnishing for one in day.rooms}
        for one in day.add_ons:
            found |= {f"add_{one.add_on}": True, f"for_{one.add_on}": one.persons}
            if one.starts:
                found[f"at_{one.add_on}"] = one.starts
        return found


def _add_ons() -> list[AddOn]:
    return list(AddOn.objects.published().order_by("kind", "title_sv"))


def changed(stands: ConferenceWish, who: WhoForm, days: list[DayForm]) -> ConferenceWish:
    """What stands, with what the valid forms say instead."""
    said = who.cleaned_data
    return ConferenceWish(
        said["title"], said["persons"], tuple(day.wish() for day in days), stands.diets, stands.message
    )
