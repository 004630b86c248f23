"""What planners fill in for clubs and their groups, and leaders for messages. Shapes only: every rule is an operation's."""

import datetime as dt
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

RESERVED = {"anmal", "anmalan", "lottning", "ny", "grupp", "traff"}  # addresses of other pages
MOST_MEETINGS = 40


class ClubForm(forms.ModelForm):
    """A club whole, in both languages."""

    class Meta:
        model = Club
        fields = [
            "slug", "kind", "title_sv", "title_en", "summary_sv", "summary_en", "text_sv", "text_en", "youngest",
            "oldest", "is_published",
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


class GroupForm(forms.Form):
    """A group's meetings, all at the same time of day, in the same rooms and with the same leaders."""

    first_date = DateField(label=_("First meeting"))
    meetings = forms.IntegerField(label=_("How many meetings"), min_value=1, max_value=MOST_MEETINGS)
    every = forms.ChoiceField(
        label=_("How often"), choices=[("7", _("Every week")), ("1", _("Every weekday, as a camp"))]
    )
    without = DatesField(
        label=_("Not on these dates"),
        required=False,
        max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Holidays for instance, as 2026-03-03, 2026-03-10. There are as many meetings all the same."
        ),
    )
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
        said = self.cleaned_data
        if said.get("begins") and said.get("ends") and said["ends"] <= said["begins"]:
            self.add_error("ends", _("It ends after it begins."))
        return said

    def wish(self) -> dict[str, Any]:
        """What the operation takes, but for who plans and when."""
        said = self.cleaned_data
        kept = ("rooms", "educators", "capacity", "opens_at", "closes_at", "override_reason")
        return {
            **{name: said[name] for name in kept},
            "meetings": [
                (periods.at(day, said["begins"]), periods.at(day, said["ends"])) for day in self.days()
            ],
            "fee_ore": ore_from_kronor(said["fee"]),
        }

    def days(self) -> list[dt.date]:
        """The first date and those after it, without the ones excepted and, of a camp, without weekends."""
        said = self.cleaned_data
        step, day, found = int(said["every"]), said["first_date"], []
        for _number in range(MOST_MEETINGS * 3):
            is_free_day = step == 1 and day.weekday() >= 5 and day != said["first_date"]
            if day not in said["without"] and not is_free_day:
                found.append(day)
            if len(found) == said["meetings"]:
                break
            day += dt.timedelta(days=step)
        return found


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
