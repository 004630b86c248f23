"""The house's addresses, and one where everything goes wrong that can."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from navet.pages import pages
from navet.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

FAULTS = {"400": SuspiciousOperation, "403": PermissionDenied, "413": RequestDataTooBig, "500": RuntimeError}


def trouble(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "403_csrf":
        return pages.csrf_failure(request)
    if kind == "429":
        return render(request, "429.html", status=429)
    raise FAULTS[kind]("made to go wrong")


urlpatterns = [path("fel/<str:kind>/", trouble), path("", include("navet.urls"))]
