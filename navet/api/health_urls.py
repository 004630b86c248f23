"""Probes, outside the API's version."""

from django.urls import path

from navet.api import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
