"""Every address of the house. Apps are named by string: the kernel imports none of them."""

from django.contrib import admin
from django.urls import include, path

API = [
    path("", include("visitors.api_urls")),
    path("", include("bookings.schools.api_urls")),
    path("", include("visitors.counters.api_urls")),
    path("", include("bookings.tickets.api_urls")),
    path("", include("bookings.groups.api_urls")),
    path("", include("bookings.leisure.api_urls")),
    path("", include("bookings.conferences.api_urls")),
    path("", include("bookings.reach.api_urls")),
    path("", include("bookings.capacity.api_urls")),
    path("", include("bookings.courses.api_urls")),
    path("", include("navet.payments.api_urls")),
    path("", include("navet.payments.invoices.api_urls")),
    path("", include("navet.api.urls")),
    path("", include("navet.directory.api_urls")),
]
# A request is held against one address after the other: the API, which machines queue for, comes before the pages.
urlpatterns = [
    path("api/v1/", include(API)),
    path("", include("navet.pages.urls")),
    path("", include("navet.accounts.urls")),
    path("", include("navet.api.health_urls")),
    path("", include("navet.outbox.urls")),
    path("", include("navet.retention.urls")),
    path("", include("navet.house.urls")),
    path("", include("navet.payments.urls")),
    path("", include("bookings.urls")),
    path("", include("bookings.tickets.urls")),
    path("", include("bookings.groups.urls")),
    path("", include("bookings.conferences.urls")),
    path("", include("bookings.courses.urls")),
    path("", include("bookings.feedback.urls")),
    path("", include("bookings.reach.urls")),
    path("", include("bookings.capacity.urls")),
    path("", include("bookings.leisure.urls")),
    path("", include("bookings.wheel.urls")),
    path("", include("bookings.schools.urls")),
    path("", include("visitors.safety.urls")),  # before the desk, whose addresses end in codes
    path("", include("visitors.tickets.urls")),
    path("", include("visitors.urls")),
    path("", include("visitors.counters.urls")),
    path("", include("visitors.tertials.urls")),
    path("", include("navet.payments.invoices.urls")),
    path("", include("worker.urls")),
    path("konto/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

handler400 = "navet.pages.pages.bad_request"
handler403 = "navet.pages.pages.forbidden"
handler404 = "navet.pages.pages.not_found"
handler500 = "navet.pages.pages.server_error"
