"""The house as staff set it up. Occasions are planned on the planning pages; here they are only looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from navet.house.admin_dates import DaysAdminMixin
from navet.house.models import Cell, Closure, Duty, Furnishing, Occasion, OpeningHours, Room, RoomUse


@admin.register(Cell)
class CellAdmin(admin.ModelAdmin):
    search_fields = ["name"]
    ordering = ["name"]


class FurnishingInline(admin.TabularInline):
    model = Furnishing
    extra = 0


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["name_sv", "name_en", "turnaround_minutes", "is_lunch_room", "step_free", "is_active"]
    list_filter = ["is_active", "is_lunch_room", "step_free", "hearing_loop", "is_demo"]
    search_fields = ["name_sv", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_sv"]}
    filter_horizontal = ["cells"]
    ordering = ["name_sv"]
    inlines = [FurnishingInline]


@admin.register(OpeningHours)
class OpeningHoursAdmin(DaysAdminMixin, admin.ModelAdmin):
    list_display = ["season", "audience", "first_to_last", "weekday", "opens", "closes", "is_demo"]
    list_filter = ["audience", "weekday", "season", "is_demo"]
    search_fields = ["season"]
    ordering = ["-days", "audience", "weekday", "opens"]


@admin.register(Closure)
class ClosureAdmin(DaysAdminMixin, admin.ModelAdmin):
    list_display = ["first_to_last", "reason", "room", "is_demo"]
    list_filter = ["room", "is_demo"]
    list_select_related = ["room"]
    search_fields = ["reason", "room__name_sv"]
    ordering = ["-days"]


class _ReadOnly:
    """Rooms and educators are held by operations, under locks; a form would go around them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoomUseInline(_ReadOnly, admin.TabularInline):
    model = RoomUse
    fields = ["room", "cell", "period", "holds"]


class DutyInline(_ReadOnly, admin.TabularInline):
    model = Duty
    fields = ["educator", "period", "holds"]


@admin.register(Occasion)
class OccasionAdmin(_ReadOnly, admin.ModelAdmin):
    list_display = ["title_sv", "kind", "period", "capacity", "status"]
    list_filter = ["kind", "status"]
    search_fields = ["title_sv", "title_en"]
    ordering = ["-period"]
    inlines = [RoomUseInline, DutyInline]
