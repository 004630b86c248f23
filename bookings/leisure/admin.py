"""Clubs and payers in the administration; groups and enrolments are changed by the operations alone."""

from django.contrib import admin

from bookings.leisure.models import Club, Payer


@admin.register(Club)
class ClubAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "kind", "is_published", "is_demo"]


@admin.register(Payer)
class PayerAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation_number", "is_active"]
