"""What planners fill in for clubs and their groups, and leaders for messages. Shapes only: every rule is an operation's."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField, MomentField, TimeField
from bookings.common.forms import KronorField, LineField
from bookings.leisure.models import Club
from navet import periods
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.house.models import Room
from navet.money import ore_from_kronor
from navet.pages.forms import offer

RESERVED = {"anmal", "anmalan", "lottning", "ny", "nytt-kollo", "grupp", "traff"}  # addresses of other pages
MOST_MEETINGS = 40


class ClubForm(forms.ModelForm):
    """A club or camp whole, in both languages; which of the two it is, is decided where it is made."""

    class Meta:
        model = Club
        fields = [
            "slug", "title_sv", "title_en", "summary_sv", "summary_en", "text_sv", "text_en", "meals_sv", "meals_en",
            "bring_sv", "bring_en", "youngest", "oldest", "is_published",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].label = _("Address")
        self.fields["slug"].help_text = _(
            "Small letters, digits and hyphens; the last part of the page's address."
        )
        self.fields["youngest"].help_text = _("The age the child turns in the year of the first meeting.")

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("That address is taken by another page."), code="reserved")
        return slug

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        youngest, oldest = said.get("youngest"), said.get("oldest")
        if youngest is not None and oldest is not None and not 3 <= youngest <= oldest <= 25:
            self.add_error("oldest", _("Ages from 3 to 25, the lower one first."))
        return said


class DatesField(forms.CharField):
    """Dates, one on each line or parted by commas: "2026-03-03, 2026-03-10"."""

    def clean(self, value: Any) -> set[dt.date]:
        text = super().clean(value) or ""
        field = DateField()
        return {
            day for part in text.replace(",", " ").replace(";", " ").split() if (day := field.clean(part))
        }


class TimesForm(forms.Form):
    """What a club's group and a camp's days have alike: time of day, rooms, leaders, places, fee and window."""

    begins = TimeField(label=_("Begins"))
    ends = TimeField(label=_("Ends"))
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(), label=_("Rooms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    educators = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Led by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)
    fee = KronorField(
        label=_("Fee for all meetings, kronor"), initial=0, help_text=_("VAT included. 0 is free of charge.")
    )
    opens_at = MomentField(label=_("Opens"), required=False, help_text=_("Left empty: from now on."))
    closes_at = MomentField(
        label=_("Draw among those who apply until"),
        required=False,
        help_text=_("Places are drawn half an hour later. Left empty: who comes first."),
    )
    override_reason = LineField(
        label=_("Reason for an exception"),
        max_length=200,
        required=False,
        help_text=_("Only for a time when the house is closed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rooms", Room.objects.active().order_by("slug"))
        leaders = User.objects.filter(is_active=True, roles__contains=[Role.EDUCATOR])
        offer(self, "educators", leaders.order_by("name"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        said: dict[str, Any] = self.cleaned_data
        if said.get("begins") and said.get("ends") and said["ends"] <= said["begins"]:
            self.add_error("ends", _("It ends after it begins."))
        return said

    def _wish(self, days: Iterable[tuple[dt.date, dt.time, dt.time]]) -> dict[str, Any]:
        """What the operation takes, but for who plans and when: of each day, from when until when."""
        said = self.cleaned_data
        kept = ("rooms", "educators", "capacity", "opens_at", "closes_at", "override_reason")
        return {
            **{name: said[name] for name in kept},
            "meetings": [(periods.at(day, begins), periods.at(day, ends)) for day, begins, ends in days],
            "fee_ore": ore_from_kronor(said["fee"]),
        }


class GroupForm(TimesForm):
    """A club's meetings, a week apart."""

    first_date = DateField(label=_("First meeting"))
    meetings = forms.IntegerField(label=_("How many meetings"), min_value=1, max_value=MOST_MEETINGS)
    without = DatesField(
        label=_("Not on these dates"),
        required=False,
        max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Holidays for instance, as 2026-03-03, 2026-03-10. There are as many meetings all the same."
        ),
    )

    def wish(self) -> dict[str, Any]:
        """Of the first date and those a week apart after it, without the ones excepted."""
        said = self.cleaned_data
        weeks = (said["first_date"] + dt.timedelta(weeks=n) for n in range(MOST_MEETINGS * 3))
        days = (day for day in weeks if day not in said["without"])
        met = itertools.islice(days, said["meetings"])
        return self._wish((day, said["begins"], said["ends"]) for day in met)


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)


class ReasonForm(forms.Form):
    """Why; it is told to those concerned."""

    reason = LineField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Is sent to the guardians. Nothing about anybody's health."),
    )


class MessageForm(forms.Form):
    """A mail to all guardians of a group."""

    subject = LineField(label=_("Subject"), max_length=80)
    text = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "All guardians get the same mail. Name no child, and write nothing about anybody's health."
        ),
    )
