"""Packages and their prices, where nobody else can look; bookings are changed by the operations alone."""

from django.contrib import admin

from bookings.groups.models import GroupPackage, PackagePrice


class PriceInline(admin.TabularInline):
    model = PackagePrice
    extra = 0


@admin.register(GroupPackage)
class GroupPackageAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "kind", "min_heads", "max_heads", "is_published", "is_demo"]
    inlines = [PriceInline]
