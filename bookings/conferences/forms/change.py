"""The shape of changes to a conference, the same for guests and staff. Shapes only."""

from dataclasses import dataclass, replace
from typing import Any, Self

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField, TimeField
from bookings.common.forms import NUMBER, LineField
from bookings.conferences.models import AddOn, ConferencePackage, DayPart, RoomOffer
from bookings.conferences.models.reservations import MOST_PERSONS
from bookings.conferences.on_offer import Named
from bookings.conferences.wishes import AddOnWish, ConferenceWish, DayWish, RoomWish
from navet.house.models import Furnishing
from navet.pages.forms import offer


class VersionForm(forms.Form):
    """What is sent says what it was written about."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class WhoForm(VersionForm):
    """What is the same on all days, and a day more."""

    title = LineField(label=_("Name of the conference"), max_length=100)
    persons = forms.IntegerField(
        label=_("Persons"), min_value=1, max_value=MOST_PERSONS, widget=forms.NumberInput(attrs=NUMBER)
    )
    more = DateField(
        label=_("One day more"), required=False, help_text=_("Like the last day, whatever you change below.")
    )
    shown = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Shelf:
    """What a form of changes can offer, read once for all days: what is on offer, and what is booked already."""

    parts: list[DayPart]
    offers: list[RoomOffer]
    packages: list[ConferencePackage]
    add_ons: list[AddOn]

    @classmethod
    def read(cls, stands: ConferenceWish) -> Self:
        had = Named.of(stands)
        parts = DayPart.objects.filter(Q(is_active=True) | Q(slug__in=had.parts))
        offers = RoomOffer.objects.filter(
            Q(is_published=True, room__is_active=True) | Q(room__slug__in=had.rooms)
        )
        packages = ConferencePackage.objects.filter(Q(is_published=True) | Q(slug__in=had.packages))
        add_ons = AddOn.objects.filter(Q(is_published=True) | Q(slug__in=had.add_ons))
        whole = offers.select_related("room").prefetch_related("room__furnishings").order_by("room__slug")
        by_title = packages.order_by("title_sv")
        return cls(list(parts), list(whole), list(by_title), list(add_ons.order_by("kind", "title_sv")))


class DayForm(forms.Form):
    """One day whole: a furnishing for each room that is wanted, a time and a number for each add-on.

    What is booked and no longer on offer is there on the days that have it, so that it stays unless it is taken away.
    """

    leave_out = forms.BooleanField(label=_("Take this day away"), required=False)
    date = DateField(label=_("Date"))
    part = forms.ChoiceField(label=_("Time"))
    extra_hours = forms.IntegerField(
        label=_("Extra hours"), min_value=0, max_value=6, initial=0, widget=forms.NumberInput(attrs=NUMBER)
    )
    package = forms.ChoiceField(label=_("Package"), required=False)
    has_begun = False

    def __init__(self, *args: Any, shelf: Shelf, stands: DayWish, is_only: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": self.initial_of(stands)})
        if is_only:
            del self.fields["leave_out"]
        had = Named.of_days([stands])
        parts = [one for one in shelf.parts if one.is_active or one.slug in had.parts]
        offer(self, "part", [(one.slug, f"{one} {one.starts:%H:%M}–{one.ends:%H:%M}") for one in parts])
        packages = [one for one in shelf.packages if one.is_published or one.slug in had.packages]
        offer(self, "package", [("", _("No package")), *((one.slug, str(one)) for one in packages)])
        self.offers = [one for one in shelf.offers if one.is_offered or one.room.slug in had.rooms]
        self.add_ons = [one for one in shelf.add_ons if one.is_published or one.slug in had.add_ons]
        furnished = {one.room: one.furnishing for one in stands.rooms}
        for let in self.offers:
            self._let(let, furnished.get(let.room.slug, ""))
        for add_on in self.add_ons:
            self._offer(add_on)

    def _let(self, let: RoomOffer, furnishing: str) -> None:
        seats = {one.kind: f"{one.get_kind_display()} ({one.capacity})" for one in let.room.furnishings.all()}
        if furnishing:
            seats.setdefault(furnishing, str(Furnishing.Kind(furnishing).label))
        self.fields[f"room_{let.room.slug}"] = forms.ChoiceField(
            label=str(let), required=False, choices=[("", _("Not wanted")), *seats.items()]
        )

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


def changed(stands: ConferenceWish, who: WhoForm, days: list[DayForm]) -> ConferenceWish:
    """What stands, with what the valid forms say instead."""
    said = who.cleaned_data
    kept = [day.wish() for day in days if not day.cleaned_data.get("leave_out")]
    if said["more"]:
        kept.append(replace(stands.days[-1], date=said["more"]))
    by_date = tuple(sorted(kept, key=lambda day: day.date))
    return ConferenceWish(said["title"], said["persons"], by_date, stands.diets, stands.message)
