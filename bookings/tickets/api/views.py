"""The API's doors of tickets: one operation each."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.common import access
from bookings.common import refusals as common
from bookings.common.api import CODE, NOT_CHANGEABLE, CancelView, ConfirmView, OwnView, language
from bookings.common.models import Status
from bookings.tickets import search
from bookings.tickets.api import serializers as shapes
from bookings.tickets.line import LINE
from bookings.tickets.models import Slot, TicketBooking, TicketLine
from bookings.tickets.operations import booking, refusals, selling
from navet import periods
from navet.accounts import actor
from navet.api import etags
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import INT_MAX, parsed
from navet.api.views import CreateView, ListView
from visitors.limits import HouseFull

TAGS = ["tickets"]
SALES = (
    refusals.NotOnSale, refusals.SlotFull, refusals.NoSuchTicket, refusals.TooManyTickets, refusals.OnlyCompanions,
    common.Cancelled,
)  # fmt: skip


class SlotFilter(django_filters.FilterSet):
    event = extend_schema_field({"type": "string", "minLength": 1, "maxLength": 50})(
        django_filters.CharFilter(field_name="event__slug", max_length=50, help_text="The event's slug.")
    )
    first = django_filters.DateFilter(method="from_day", help_text="First day.")
    last = django_filters.DateFilter(method="to_day", help_text="Last day.")

    def from_day(self, slots: QuerySet, _name: str, day: Any) -> QuerySet:
        return slots.filter(occasion__period__startswith__gte=periods.day_bounds(day)[0])

    def to_day(self, slots: QuerySet, _name: str, day: Any) -> QuerySet:
        return slots.filter(occasion__period__startswith__lt=periods.day_bounds(day)[1])


class Slots(ListView):
    required_capability = None
    serializer_class = shapes.TicketSlotSerializer
    filterset_class = SlotFilter
    ordering = ("occasion_id",)
    queryset = Slot.objects.none()

    def get_queryset(self) -> QuerySet[Slot]:
        return search.slots(timezone.now()).prefetch_related("event__prices").order_by()

    @extend_schema(operation_id="ticket_slots_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Times of public events that can be booked, sold-out ones too."""
        return super().get(request)


class BookingFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=Status.choices)
    slot = extend_schema_field({"type": "integer", "minimum": 1, "maximum": INT_MAX})(
        django_filters.NumberFilter(field_name="occasion", min_value=1, max_value=INT_MAX)
    )


class Bookings(IdempotentCreateMixin, ListView):
    required_capability = {"GET": "tickets.view_bookings", "POST": None}
    serializer_class = shapes.TicketBookingSerializer
    filterset_class = BookingFilter
    throttle_scope = {"POST": "booking"}
    refusals = (*SALES, common.Began, common.TooManyHolds)
    ordering = ("created_at", "pk")
    queryset = TicketBooking.objects.none()

    def get_queryset(self) -> QuerySet[TicketBooking]:
        return TicketBooking.objects.whole().visible_to(access.actor(self.request, at=timezone.now()))

    @extend_schema(operation_id="ticket_bookings_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """All ticket bookings, for staff."""
        return super().get(request)

    @extend_schema(
        operation_id="ticket_bookings_create",
        tags=TAGS,
        request=shapes.NewTicketBookingSerializer,
        responses={201: shapes.TicketBookingSerializer},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask for tickets: held while the mailed code is entered, or confirmed at once for a proved address and staff."""
        return super().post(request, *args, **kwargs)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = shapes.NewTicketBookingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        at = timezone.now()
        by = access.actor(request, at=at)
        made = booking.request(
            **asked.validated_data, mail_language=language(), verified_email=by.email or None, by=by, at=at
        )
        return _created(made)


class BookingView(OwnView):
    line, shape = LINE, shapes.TicketBookingSerializer
    serializer_class = shapes.TicketBookingSerializer
    if_match = {"PATCH": "required"}
    refusals = (
        refusals.SlotFull, refusals.NoSuchTicket, refusals.TooManyTickets, refusals.OnlyCompanions, *NOT_CHANGEABLE,
    )  # fmt: skip

    @extend_schema(operation_id="ticket_bookings_retrieve", tags=TAGS, parameters=[CODE])
    def get(self, request: Request, code: str) -> Response:
        """One booking, with the version to send back as If-Match."""
        return self.answer(self.found(request, code)[0])

    @extend_schema(
        operation_id="ticket_bookings_change",
        tags=TAGS,
        parameters=[CODE],
        request=shapes.TicketChangesSerializer,
        responses=shapes.TicketBookingSerializer,
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change the tickets before it begins: more while places last, fewer always; the answer has the new price."""
        it, by = self.found(request, code)
        version = etags.expected_version(request)
        said = parsed(shapes.TicketChangesSerializer, request.data)
        tickets = said.get("tickets") or dict(
            TicketLine.objects.filter(booking=it.pk).values_list("kind", "count")
        )
        return self.answer(
            booking.change(it.code, tickets=tickets, version=version, by=by, at=timezone.now())
        )


class ConfirmationView(ConfirmView):
    line, shape = LINE, shapes.TicketBookingSerializer

    @extend_schema(
        operation_id="ticket_bookings_confirm",
        tags=TAGS,
        parameters=[CODE],
        responses={200: shapes.TicketBookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Enter the mailed code. The answer's session cookie proves the address from now on."""
        return self.confirm(request, code)


class CancellationView(CancelView):
    line, shape = LINE, shapes.TicketBookingSerializer

    @extend_schema(
        operation_id="ticket_bookings_cancel",
        tags=TAGS,
        parameters=[CODE],
        responses={200: shapes.TicketBookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Cancel, free of charge before it begins; cancelling again changes nothing."""
        return self.cancel(request, code)


class Sales(CreateView):
    required_capability = "tickets.sell"
    serializer_class = shapes.TicketSaleSerializer
    refusals = (*SALES, refusals.NotToday, HouseFull)

    @extend_schema(
        operation_id="ticket_sales_create",
        tags=TAGS,
        request=shapes.TicketSaleSerializer,
        responses={201: shapes.TicketBookingSerializer},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sell tickets at the desk, from the same places that are booked online."""
        return super().post(request, *args, **kwargs)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = self.validated(request)
        return _created(selling.sell(**said, by=actor.of(request), at=timezone.now()))


def _created(made: TicketBooking) -> Response:
    location = reverse("api-ticket-booking", args=[made.code])
    headers = {"Location": location, **etags.header(made.version)}
    return Response(
        shapes.TicketBookingSerializer(made).data, status=status.HTTP_201_CREATED, headers=headers
    )
