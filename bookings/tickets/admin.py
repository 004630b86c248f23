"""Ticket bookings for reading, where nobody else can look; the operations change them."""

from django.contrib import admin

from bookings.tickets.models import Event, TicketPrice


class PriceInline(admin.TabularInline):
    model = TicketPrice
    extra = 0


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "length_minutes", "capacity", "is_published", "is_demo"]
    inlines = [PriceInline]
