"""What planners fill in. Shapes only: every rule is an operation's."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import WEEKDAYS, DateField, MomentField, TimeField, TimesField
from bookings.schools.forms.search import ProgrammeChoice
from bookings.schools.models import Language, Programme
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.directory.models import Municipality, SwedishOrder
from navet.house.models import Room
from navet.pages.forms import offer


def educators() -> Any:
    """Everybody who may lead something."""
    return User.objects.active().with_role(Role.EDUCATOR).order_by("name", "pk")


class ResourcesForm(forms.Form):
    """Rooms and educators: the programme's own or, for an exception, all with a reason."""

    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(), label=_("Rooms"), widget=forms.CheckboxSelectMultiple
    )
    educators = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Educators"), widget=forms.CheckboxSelectMultiple, required=False
    )
    override_reason = forms.CharField(
        label=_("Reason for an exception"),
        max_length=200,
        required=False,
        help_text=_(
            "Only for other rooms and educators than the programme's, or a time when the house is closed."
        ),
    )

    def __init__(self, *args: Any, programme: Programme, everything: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.active() if everything else programme.rooms.active()
        offer(self, "rooms", rooms.order_by("slug"))
        able = (
            educators() if everything else programme.educators.filter(is_active=True).order_by("name", "pk")
        )
        offer(self, "educators", able)


class SizeForm(forms.Form):
    """Places, groups, language, release."""

    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=1000)
    max_groups = forms.IntegerField(label=_("Groups at most"), required=False, min_value=1, max_value=50)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    release_at = MomentField(
        label=_("Can be booked from"), required=False, help_text=_("Left empty: from now on.")
    )

    def offer_languages_of(self, programme: Programme) -> None:
        choices = [choice for choice in Language.choices if choice[0] in programme.languages]
        offer(self, "language", choices)


class SessionForm(SizeForm, ResourcesForm):
    """One session."""

    date = DateField(label=_("Date"))
    time = TimeField(label=_("Time"))
    field_order = ["date", "time", "rooms", "educators", "capacity", "max_groups", "language", "release_at"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self.offer_languages_of(programme)


class MoveForm(ResourcesForm):
    """A new time, new rooms, new educators."""

    date = DateField(label=_("Date"))
    time = TimeField(label=_("Time"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    field_order = ["date", "time", "rooms", "educators"]


class ChangeForm(SizeForm):
    """What does not move a session."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_languages_of(programme)
        for name in ("capacity", "max_groups", "release_at"):
            self.fields[name].required = True
        self.fields["release_at"].help_text = ""


class ReasonForm(forms.Form):
    """Why; it is told to those concerned."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Is sent to the schools that have booked or wait, and to the educators."),
    )


class ReleaseForm(forms.Form):
    release_at = MomentField(label=_("Can be booked from"))


class SeriesForm(SizeForm, ResourcesForm):
    """A term of sessions."""

    first_date = DateField(label=_("First date"))
    last_date = DateField(label=_("Last date"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    times = TimesField(label=_("Times"), help_text=_("One or more, as 09:00, 10:45."), max_length=200)
    week_interval = forms.TypedChoiceField(
        label=_("Weeks"),
        coerce=int,
        choices=[
            (1, _("Every week")),
            (2, _("Every second week")),
            (3, _("Every third week")),
            (4, _("Every fourth week")),
        ],
    )
    skip_breaks_of = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Leave out the school breaks of"),
        required=False,
        empty_label=_("No municipality: plan through the breaks"),
        help_text=_("The days between its terms, Christmas and summer, are left out too."),
    )
    breaks_of = forms.IntegerField(widget=forms.HiddenInput, required=False)
    breaks = forms.TypedMultipleChoiceField(coerce=int, required=False)
    field_order = [
        "first_date",
        "last_date",
        "weekdays",
        "times",
        "week_interval",
        "skip_breaks_of",
        "rooms",
        "educators",
    ]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self.offer_languages_of(programme)
        del self.fields["override_reason"]
        nearby = Municipality.objects.filter(in_sjuharad=True).order_by(SwedishOrder("name"))
        offer(self, "skip_breaks_of", nearby)
        if self.is_bound and hasattr(self.data, "getlist"):
            known = [
                value
                for value in self.data.getlist(self.add_prefix("breaks"))
                if value.isascii() and value.isdigit()
            ]
            offer(self, "breaks", [(value, value) for value in known if len(value) < 10])

    def breaks_to_skip(self) -> list[int] | None:
        """The breaks ticked for the chosen municipality; None (all) when they have not been shown yet."""
        municipality = self.cleaned_data["skip_breaks_of"]
        shown = municipality is not None and self.cleaned_data["breaks_of"] == municipality.pk
        return self.cleaned_data["breaks"] if shown else None


class FilterForm(forms.Form):
    """What of the week a planner looks at."""

    ONLY = [
        ("", _("All sessions")),
        ("free", _("With free places")),
        ("waiting", _("With a waiting list")),
        ("unstaffed", _("Without educator")),
        ("cancelled", _("Cancelled")),
    ]
    programme = ProgrammeChoice(label=_("Programme"), required=False, empty_label=_("All programmes"))
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("All rooms")
    )
    educator = forms.ModelChoiceField(
        User.objects.none(), label=_("Educator"), required=False, empty_label=_("All educators")
    )
    only = forms.ChoiceField(label=_("Show"), choices=ONLY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", Programme.objects.order_by("title_sv"))
        offer(self, "room", Room.objects.active().order_by("slug"))
        offer(self, "educator", educators())


class PeriodForm(forms.Form):
    """From and to of a list or an export."""

    first = DateField(label=_("From date"))
    last = DateField(label=_("To date"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if first and last and not dt.timedelta(0) <= last - first <= dt.timedelta(days=400):
            self.add_error("last", _("The last date is after the first, at most 400 days."))
        return found


class StartForm(forms.Form):
    """From which day on."""

    first = DateField(label=_("From date"), required=False)
