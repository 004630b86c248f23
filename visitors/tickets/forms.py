"""The shape of prices and of which days the till is asked about."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from navet import money
from visitors.forms import FIRST_YEAR, LAST_YEAR
from visitors.tickets import kinds
from visitors.tickets.models import DESK_CATEGORIES, MOST_HEADS

LONGEST_DAYS = 400
MOST_ORE = 10_000_000
VAT_CHOICES = [
    (250, _("25 %")),
    (120, _("12 %")),
    (60, _("6 %")),
    (0, _("0 % or exempt")),
]


def date_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "min": "2000-01-01", "max": "2100-12-31"}
    )
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget, **more)


def plausible(day: dt.date | None) -> dt.date | None:
    """Raises ValidationError for a date outside the years the house keeps."""
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
    return day


class PriceForm(forms.Form):
    product = forms.ChoiceField(label=_("Ticket or pass"), choices=kinds.to_price)
    kronor = forms.DecimalField(
        label=_("Price in kronor, VAT included"), min_value=0, max_value=100_000, decimal_places=2
    )
    vat_permille = forms.TypedChoiceField(
        label=_("VAT"),
        choices=[("", _("Choose")), *VAT_CHOICES],
        coerce=int,
        help_text=_("Which rate holds for tickets is decided by Navet's economist."),
    )
    heads = forms.IntegerField(
        label=_("People on a ticket"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=_(
            "1 as a rule: a ticket for several, a family's, says itself whom it admits. 2 where one price covers two."
        ),
    )
    first_date = date_field(_("From"))
    note = forms.CharField(label=_("Decision or source"), max_length=200, required=False)

    def clean_kronor(self) -> int:
        """In öre."""
        return money.ore_from_kronor(self.cleaned_data["kronor"])

    def clean_first_date(self) -> dt.date | None:
        return plausible(self.cleaned_data["first_date"])


class KeyForm(forms.Form):
    """Where a ticket's key is among the desk's."""

    position = forms.IntegerField(
        label=_("Place among the keys"),
        min_value=1,
        max_value=999,
        initial=50,
        help_text=_("The lowest number comes first."),
    )


class NameForm(forms.Form):
    """What a ticket is called."""

    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)


class TicketForm(KeyForm, NameForm):
    """A new ticket: what it is called and how many of each category it admits."""

    first_date = date_field(_("Sold from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for category in DESK_CATEGORIES:
            self.fields[f"heads_{category.value}"] = forms.IntegerField(
                label=category.label, min_value=0, max_value=MOST_HEADS, required=False
            )

    @property
    def party_fields(self) -> list[forms.BoundField]:
        return [self[f"heads_{category.value}"] for category in DESK_CATEGORIES]

    def terms(self) -> dict[str, Any]:
        """What the operation takes, of a valid form."""
        said = dict(self.cleaned_data)
        counts = {one.value: said.pop(f"heads_{one.value}") for one in DESK_CATEGORIES}
        return said | {"party": {category: heads for category, heads in counts.items() if heads}}

    def clean_first_date(self) -> dt.date | None:
        return plausible(self.cleaned_data["first_date"])


class ChangeForm(KeyForm, NameForm):
    """What changes of a ticket that is there."""

    has_key = forms.BooleanField(
        label=_("Has a key at the desk"),
        required=False,
        help_text=_("Without one it is sold no more, at once; what waits on a tablet still counts."),
    )
    last_date = date_field(_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def clean_last_date(self) -> dt.date | None:
        return plausible(self.cleaned_data["last_date"])


class DaysForm(forms.Form):
    """From which day to which; today where nothing is asked for."""

    fran = date_field(_("From"), required=False)
    till = date_field(_("To"), required=False)

    def clean_fran(self) -> dt.date | None:
        return plausible(self.cleaned_data["fran"])

    def clean_till(self) -> dt.date | None:
        return plausible(self.cleaned_data["till"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("fran"), given.get("till")
        if first and last and last < first:
            self.add_error("till", _("The last day must not be before the first."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("till", _("At most %(days)s days at a time.") % {"days": LONGEST_DAYS})
        return given

    def days(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """First and last day asked for; one alone stands for both."""
        given = self.cleaned_data if self.is_valid() else {}
        first, last = given.get("fran"), given.get("till")
        return first or last or today, last or first or today


def _products() -> list[tuple[str, Any]]:
    return [("", _("All")), *kinds.labels().items()]


class LinesForm(DaysForm):
    """Which lines are behind a sum: of a product, a price (öre) and a VAT rate (per mille); what is left out narrows nothing."""

    produkt = forms.ChoiceField(label=_("Product"), choices=_products, required=False)
    pris = forms.IntegerField(label=_("Price of one, öre"), min_value=0, max_value=MOST_ORE, required=False)
    moms = forms.TypedChoiceField(
        label=_("VAT"), choices=[("", _("All")), *VAT_CHOICES], coerce=int, empty_value=None, required=False
    )
    efter = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class BookedForm(DaysForm):
    """Which bookings are behind a sum: of what, a price (öre), a VAT rate (per mille) and where; what is left out narrows nothing."""

    produkt = forms.CharField(label=_("Product"), max_length=300, required=False)
    pris = forms.IntegerField(label=_("Price of one, öre"), min_value=0, max_value=MOST_ORE, required=False)
    moms = forms.IntegerField(label=_("VAT, per mille"), min_value=0, max_value=1000, required=False)
    var = forms.ChoiceField(
        label=_("Sold"), choices=[("", _("All")), ("online", _("Booked online")), ("desk", _("Sold at the desk"))], required=False,
    )  # fmt: skip


class CardForm(DaysForm):
    """Which movements at Stripe are behind a sum: of a kind and a VAT rate (per mille)."""

    slag = forms.ChoiceField(
        label=_("Kind"), required=False,
        choices=[("", _("All")), ("card", _("Card and Swish")), ("lost", _("Lost disputes")), ("owed_back", _("Paid too much, to go back")),
                 ("rounding", _("Rounding"))],
    )  # fmt: skip
    moms = forms.IntegerField(label=_("VAT, per mille"), min_value=0, max_value=1000, required=False)
