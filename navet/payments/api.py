"""Orders and payments for finance and its systems; to read."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from navet.api.views import ListView
from navet.payments import serializers as shapes
from navet.payments.models import Order, Payment, Settlement


class OrderFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=Order.State.choices)
    settlement = django_filters.ChoiceFilter(choices=Settlement.choices)
    supplied_from = django_filters.DateFilter(
        field_name="supply_date", lookup_expr="gte", help_text="First date."
    )
    supplied_to = django_filters.DateFilter(
        field_name="supply_date", lookup_expr="lte", help_text="Last date."
    )


class PaymentFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=Payment.State.choices)
    paid_from = django_filters.IsoDateTimeFilter(field_name="paid_at", lookup_expr="gte")
    paid_before = django_filters.IsoDateTimeFilter(field_name="paid_at", lookup_expr="lt")


class Orders(ListView):
    required_capability = "payments.view"
    serializer_class = shapes.OrderSerializer
    filterset_class = OrderFilter
    ordering = ("created_at", "pk")
    queryset = Order.objects.all()

    @extend_schema(operation_id="orders_list", tags=["payments"])
    def get(self, request: Request) -> Response:
        """All orders, whatever they are settled by."""
        return super().get(request)


class Payments(ListView):
    required_capability = "payments.view"
    serializer_class = shapes.PaymentSerializer
    filterset_class = PaymentFilter
    ordering = ("begun_at", "pk")
    queryset = Payment.objects.none()

    def get_queryset(self) -> QuerySet[Payment]:
        return Payment.objects.with_what_left().select_related("order")

    @extend_schema(operation_id="payments_list", tags=["payments"])
    def get(self, request: Request) -> Response:
        """Every attempt to pay by card or Swish."""
        return super().get(request)
