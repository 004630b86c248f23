"""Registers that staff keep: municipalities, organisers, agreements, schools, their calendars and contacts."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from navet.directory import search
from navet.directory.models import Agreement, Contact, Municipality, Organiser, SchoolPeriod, SchoolUnit
from navet.house.admin_dates import DaysAdminMixin, shown


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "organisation_number", "in_sjuharad"]
    list_filter = ["in_sjuharad"]
    search_fields = ["name", "code", "organisation_number"]
    ordering = ["name"]


@admin.register(Organiser)
class OrganiserAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation_number", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "organisation_number"]
    ordering = ["name"]


@admin.register(Agreement)
class AgreementAdmin(DaysAdminMixin, admin.ModelAdmin):
    list_display = ["__str__", "first_to_last_valid", "includes_independent", "note", "is_demo"]
    list_filter = ["includes_independent", "is_demo", "municipality"]
    list_select_related = ["municipality", "organiser"]
    search_fields = ["municipality__name", "organiser__name", "note"]
    autocomplete_fields = ["municipality", "organiser"]
    ordering = ["-valid"]

    @admin.display(description=_("valid"), ordering="valid")
    def first_to_last_valid(self, row: Agreement) -> str:
        return shown(row.valid)


class SchoolPeriodInline(DaysAdminMixin, admin.TabularInline):
    model = SchoolPeriod
    fields = ["kind", "name", "days"]
    extra = 0


@admin.register(SchoolUnit)
class SchoolUnitAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "kind", "municipality", "organiser", "status", "is_demo"]
    list_filter = ["status", "kind", "is_demo", "municipality"]
    list_select_related = ["municipality", "organiser"]
    search_fields = ["name", "code", "municipality__name", "organiser__name"]
    autocomplete_fields = ["municipality", "organiser"]
    ordering = ["name"]
    inlines = [SchoolPeriodInline]

    def save_model(self, request: HttpRequest, obj: SchoolUnit, form: ModelForm, change: bool) -> None:
        obj.code = obj.code or None  # a preschool has none, and "" is not none
        super().save_model(request, obj, form, change)
        transaction.on_commit(search.forget_names, robust=True)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A school is closed, never deleted: its bookings stay true."""
        return False


@admin.register(SchoolPeriod)
class SchoolPeriodAdmin(DaysAdminMixin, admin.ModelAdmin):
    list_display = ["name", "kind", "first_to_last", "municipality", "school", "is_demo"]
    list_filter = ["kind", "is_demo", "municipality"]
    list_select_related = ["municipality", "school"]
    search_fields = ["name", "municipality__name", "school__name"]
    autocomplete_fields = ["municipality", "school"]
    ordering = ["-days"]


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "school", "invitations", "last_seen_date"]
    list_filter = ["invitations", "school__municipality"]
    list_select_related = ["school"]
    search_fields = ["name", "email", "school__name"]
    autocomplete_fields = ["school"]
    date_hierarchy = "last_seen_date"
