"""What nobody edits: tickets and prices are set under /kassa/, lines and passes by the desk. Here they can be read."""

from django.contrib import admin

from visitors.admin import ReadOnlyAdmin
from visitors.tickets.models import AnnualPass, Price, ReceiptLine, TicketKind


@admin.register(TicketKind)
class TicketKindAdmin(ReadOnlyAdmin):
    list_display = [
        *("position", "code", "name_sv", "party", "has_key", "valid"),
    ]
    ordering = ["position", "pk"]


@admin.register(Price)
class PriceAdmin(ReadOnlyAdmin):
    list_display = ["product", "price_ore", "vat_permille", "heads", "valid", "note", "is_demo"]
    list_filter = ["product", "is_demo"]
    ordering = ["product", "-valid"]


@admin.register(ReceiptLine)
class ReceiptLineAdmin(ReadOnlyAdmin):
    list_display = [
        "at",
        "product",
        "tickets",
        "unit_ore",
        "amount_ore",
        "vat_permille",
        "vat_ore",
        "reverses_id",
    ]
    list_filter = ["product", "vat_permille"]
    date_hierarchy = "day"
    ordering = ["-pk"]


@admin.register(AnnualPass)
class AnnualPassAdmin(ReadOnlyAdmin):
    """Without the holder: who looks for one has the desk's own page."""

    list_display = ["code", "kind", "persons", "created_at", "blocked_at", "is_demo"]
    exclude = ["holder_name", "holder_email"]
    ordering = ["-pk"]
