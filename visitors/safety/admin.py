"""The limit of the house and the lines of the evacuation list, which Navet owns; and what was done, which nobody edits."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from navet.house.admin_dates import DaysAdminMixin, shown
from visitors.admin import ReadOnlyAdmin
from visitors.safety.models import AssemblyNote, EvacuationListing, HouseLimit, LimitOverride


@admin.register(HouseLimit)
class HouseLimitAdmin(DaysAdminMixin, admin.ModelAdmin):
    list_display = ["heads", "warn_percent", "first_to_last_valid", "note", "is_demo"]
    ordering = ["-valid"]

    @admin.display(description=_("valid"), ordering="valid")
    def first_to_last_valid(self, row: HouseLimit) -> str:
        return shown(row.valid)


@admin.register(AssemblyNote)
class AssemblyNoteAdmin(admin.ModelAdmin):
    list_display = ["position", "text_sv", "text_en", "is_demo"]


@admin.register(LimitOverride)
class LimitOverrideAdmin(ReadOnlyAdmin):
    list_display = ["at", "who", "coming", "heads", "limit", "reason"]
    list_select_related = ["by", "device"]
    ordering = ["-pk"]


@admin.register(EvacuationListing)
class EvacuationListingAdmin(ReadOnlyAdmin):
    list_display = ["at", "who", "heads"]
    list_select_related = ["by", "device"]
    ordering = ["-pk"]
