"""Invoices for the ledger and other systems of finance; to read."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from navet.api.views import ListView
from navet.payments.invoices import serializers as shapes
from navet.payments.invoices.models import Invoice, State


class InvoiceFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=State.choices)
    issued_from = django_filters.DateFilter(
        field_name="issue_date", lookup_expr="gte", help_text="First date."
    )
    issued_to = django_filters.DateFilter(field_name="issue_date", lookup_expr="lte", help_text="Last date.")


class Invoices(ListView):
    required_capability = "invoicing.view"
    serializer_class = shapes.InvoiceSerializer
    filterset_class = InvoiceFilter
    ordering = ("created_at", "pk")
    queryset = Invoice.objects.none()

    def get_queryset(self) -> QuerySet[Invoice]:
        return Invoice.objects.with_balance().select_related("customer")

    @extend_schema(operation_id="invoices_list", tags=["invoices"])
    def get(self, request: Request) -> Response:
        """All invoices, drafts too, for finance."""
        return super().get(request)
