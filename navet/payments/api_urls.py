"""The API of orders and payments."""

from django.urls import path

from navet.payments import api

urlpatterns = [
    path("orders/", api.Orders.as_view(), name="api-orders"),
    path("payments/", api.Payments.as_view(), name="api-payments"),
]
