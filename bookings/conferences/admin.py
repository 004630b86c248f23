"""What is on offer to conferences and what it costs from when; bookings are changed by the operations alone."""

from itertools import combinations
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bookings.conferences.models import (
    AddOn,
    AddOnPrice,
    ConferencePackage,
    DayPart,
    PackagePrice,
    RoomOffer,
    RoomPrice,
)
from bookings.conferences.models.catalogue import TWO_PRICES


class PricesFormSet(BaseInlineFormSet):
    """Each price is held against those in the database by its constraint; here against those that come with it."""

    def clean(self) -> None:
        super().clean()
        new = [
            (form, form.cleaned_data["valid"])
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("valid") and not form.cleaned_data.get("DELETE")
        ]
        for (_form, time), (form, its) in combinations(new, 2):
            if _have_a_day_in_common(time, its):
                form.add_error("valid", TWO_PRICES)


class Prices(admin.TabularInline):
    formset = PricesFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "valid":
            kwargs["help_text"] = _("From its first day until the day after its last; empty for no end.")
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RoomPrices(Prices):
    model = RoomPrice


class PackagePrices(Prices):
    model = PackagePrice


class AddOnPrices(Prices):
    model = AddOnPrice


class CatalogueAdmin(admin.ModelAdmin):
    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What is one of some words is ticked, not spelt."""
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=db_field.base_field.choices,
                required=not db_field.blank,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(DayPart)
class DayPartAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "kind", "starts", "ends", "is_active", "is_demo"]


@admin.register(RoomOffer)
class RoomOfferAdmin(CatalogueAdmin):
    """Its pictures are the host's, at `/planering/konferenser/lokaler/`."""

    list_display = ["__str__", "set_up_minutes", "clearing_minutes", "is_published", "is_demo"]
    list_select_related = ["room"]
    inlines = [RoomPrices]


@admin.register(ConferencePackage)
class ConferencePackageAdmin(CatalogueAdmin):
    list_display = ["title_sv", "part_kind", "min_persons", "max_persons", "is_published", "is_demo"]
    inlines = [PackagePrices]


@admin.register(AddOn)
class AddOnAdmin(CatalogueAdmin):
    list_display = ["title_sv", "kind", "min_persons", "max_persons", "is_published", "is_demo"]
    filter_horizontal = ["rooms", "educators"]
    inlines = [AddOnPrices]


def _have_a_day_in_common(one: DateRange, other: DateRange) -> bool:
    """Both begin on a day; `upper` is the first day after, None for no end."""
    return _is_before(one.lower, other.upper) and _is_before(other.lower, one.upper)


def _is_before(first: Any, end: Any) -> bool:
    return first is None or end is None or first < end
