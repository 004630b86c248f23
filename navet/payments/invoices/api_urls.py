"""The API of invoices."""

from django.urls import path

from navet.payments.invoices import api

urlpatterns = [path("invoices/", api.Invoices.as_view(), name="api-invoices")]
