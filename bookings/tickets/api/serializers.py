"""The API's shapes of tickets."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.common.serializers import HeldBookingSerializer, NewContactSerializer, PhoneField
from bookings.tickets.models import TicketKind
from navet.api.fields import MoneyField
from navet.api.serializers import INT_MAX, StrictSerializer

MOST = 100
ID: dict[str, Any] = {"min_value": 1, "max_value": INT_MAX}


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            kind: {"type": "integer", "minimum": 1, "maximum": MOST} for kind in TicketKind.values
        },
        "additionalProperties": False,
        "minProperties": 1,
        "example": {"adult": 2, "child": 3},
    }
)
class TicketsField(serializers.Field):
    """Kind of ticket -> how many: `{"adult": 2, "child": 3}`."""

    default_error_messages = {
        "invalid_tickets": _("Tickets are known kinds with how many of each, at least one.")
    }

    def to_internal_value(self, data: Any) -> dict[str, int]:
        if not isinstance(data, dict) or not data:
            self.fail("invalid_tickets")
        for kind, many in data.items():
            if kind not in TicketKind.values or not _is_whole(many) or not 1 <= many <= MOST:
                self.fail("invalid_tickets")
        return {kind: int(many) for kind, many in data.items()}

    def to_representation(self, value: Any) -> dict[str, int]:
        return {line.kind: line.count for line in value.all()}


def _is_whole(many: Any) -> bool:
    """JSON knows one kind of number: 7.0 is a whole one."""
    if isinstance(many, float):
        return many.is_integer()
    return isinstance(many, int) and not isinstance(many, bool)


class TicketPriceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(TicketKind.choices)
    price = MoneyField(source="price_ore")
    vat_permille = serializers.IntegerField()


class TicketSlotSerializer(serializers.Serializer):
    """A time that can be booked. `free_places` is true at the moment of the answer; the booking decides."""

    id = serializers.IntegerField(source="pk")
    event = serializers.SlugField(source="event.slug")
    title = serializers.CharField(source="event.title")
    starts_at = serializers.DateTimeField(source="occasion.starts_at")
    ends_at = serializers.DateTimeField(source="occasion.ends_at")
    capacity = serializers.IntegerField(source="occasion.capacity")
    free_places = serializers.IntegerField(source="free")
    most_tickets = serializers.IntegerField(source="event.most_tickets")
    prices = TicketPriceSerializer(source="event.prices", many=True)


class NewTicketBookingSerializer(NewContactSerializer):
    slot = serializers.IntegerField(**ID, source="slot_id")
    tickets = TicketsField()
    contact_phone = PhoneField(max_length=30, required=False, allow_blank=True, default="")


class TicketBookingSerializer(HeldBookingSerializer):
    """Every ticket takes a place."""

    tickets = TicketsField(source="lines")
    places = serializers.IntegerField()


class TicketChangesSerializer(StrictSerializer):
    """Other tickets, all of them: a kind that is left out is given up. Nothing sent changes nothing."""

    tickets = TicketsField(required=False)


class TicketSaleSerializer(StrictSerializer):
    """Sold at the desk; with `check_in` the party is received at once."""

    slot = serializers.IntegerField(**ID, source="slot_id")
    tickets = TicketsField()
    check_in = serializers.BooleanField(default=False)
