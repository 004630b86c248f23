"""Date ranges in the administration: two date fields, the last day included, stored half-open."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.postgres.forms import DateRangeField, RangeWidget
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

ONE_DAY = dt.timedelta(days=1)


class InclusiveDaysField(DateRangeField):
    """First and last day, both included; an empty last day means until further notice."""

    default_error_messages = {"bound_ordering": _("The last day must not be before the first.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = RangeWidget(AdminDateWidget)
        kwargs.setdefault("help_text", _("First and last day, both included. Empty: without limit."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """[first, end) as stored becomes first and last day; what somebody typed stays as typed."""
        if isinstance(value, DateRange) and value.upper:
            return [value.lower, value.upper - ONE_DAY]
        return super().prepare_value(value)

    def compress(self, values: Any) -> DateRange | None:
        if not values:
            return None
        first, last = values
        if first and last and last < first:
            raise ValidationError(self.error_messages["bound_ordering"], code="bound_ordering")
        try:
            return DateRange(first, last and last + ONE_DAY, "[)")
        except OverflowError:
            raise forms.ValidationError(_("The last day is too far away.")) from None


def shown(days: DateRange) -> str:
    """ "2026-07-01–2026-07-31", a single date, or with an open end "2026-07-01–"."""
    first = str(days.lower or "")
    last = str(days.upper - ONE_DAY) if days.upper else ""
    return first if first == last else f"{first}–{last}"


class DaysAdminMixin:
    """Every DateRangeField of the model is edited, and its `days` listed, as first and last day."""

    @admin.display(description=_("days"), ordering="days")
    def first_to_last(self, row: Any) -> str:
        return shown(row.days)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.get_internal_type() == "DateRangeField":
            return InclusiveDaysField(required=not db_field.blank, label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # the admin's, beside which it is mixed in
