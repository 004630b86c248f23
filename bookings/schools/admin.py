"""The administration's window on school programmes: programmes to edit, the rest to look at."""

from django.contrib import admin
from django.http import HttpRequest

from bookings.schools.models import Programme, SchoolBooking, Series, SeriesGap, Session


class ReadOnly:
    """Rows that only operations may change."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ("title_sv", "length_minutes", "min_pupils", "max_pupils", "is_published", "is_demo")
    list_filter = ("is_published", "is_demo")
    search_fields = ("title_sv", "title_en", "slug")
    filter_horizontal = ("rooms", "educators")


@admin.register(Session)
class SessionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "language", "release_at", "series")
    list_select_related = ("occasion", "programme", "series__programme")
    list_filter = ("language",)
    search_fields = ("programme__title_sv", "programme__slug")


class GapInline(ReadOnly, admin.TabularInline):
    model = SeriesGap
    fields = ("starts_at", "code", "reason")


@admin.register(Series)
class SeriesAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("programme", "first_date", "last_date", "created_by", "created_at")
    list_select_related = ("programme", "created_by")
    inlines = (GapInline,)


@admin.register(SchoolBooking)
class SchoolBookingAdmin(ReadOnly, admin.ModelAdmin):
    """Contact data are left out: whoever needs them has the booking's own page."""

    list_display = ("code", "school", "class_name", "grade", "pupils", "status", "session")
    list_select_related = ("school", "session__programme", "session__occasion")
    list_filter = ("status", "grade")
    search_fields = ("code", "school__name", "class_name")
    exclude = ("contact_name", "contact_email", "contact_phone")
