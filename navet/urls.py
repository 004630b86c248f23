"""Every address of the house. Apps are named by string: the kernel imports none of them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("navet.pages.urls")),
    path("", include("navet.accounts.urls")),
    path("", include("navet.api.health_urls")),
    path("", include("navet.outbox.urls")),
    path("", include("navet.house.urls")),
    path("", include("bookings.urls")),
    path("", include("bookings.tickets.urls")),
    path("", include("bookings.groups.urls")),
    path("", include("bookings.schools.urls")),
    path("", include("visitors.safety.urls")),  # before the desk, whose addresses end in codes
    path("", include("visitors.tickets.urls")),
    path("", include("visitors.urls")),
    path("", include("visitors.counters.urls")),
    path("", include("worker.urls")),
    path("konto/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("navet.api.urls")),
    path("api/v1/", include("navet.directory.api_urls")),
    path("api/v1/", include("bookings.schools.api_urls")),
    path("api/v1/", include("bookings.tickets.api_urls")),
    path("api/v1/", include("bookings.groups.api_urls")),
    path("api/v1/", include("visitors.api_urls")),
    path("api/v1/", include("visitors.counters.api_urls")),
    path("admin/", admin.site.urls),
]

handler400 = "navet.pages.pages.bad_request"
handler403 = "navet.pages.pages.forbidden"
handler404 = "navet.pages.pages.not_found"
handler500 = "navet.pages.pages.server_error"
