"""The pages of reach."""

from django.urls import path, re_path

from bookings.reach.pages import inviting, overview, unit

app_name = "reach"
urlpatterns = [
    path("planering/rackvidd/", overview.overview, name="overview"),
    re_path(r"^planering/rackvidd/fil\.(?P<kind>csv|xlsx)$", overview.file, name="file"),
    path("planering/rackvidd/inbjudan/", inviting.invite, name="invite"),
    path("planering/rackvidd/<int:pk>/", unit.unit, name="unit"),
    path("planering/rackvidd/kontakt/<int:pk>/ta-bort/", unit.forget, name="forget"),
    path("inbjudan/<int:pk>-<str:key>/nej-tack/", inviting.opt_out, name="opt_out"),
]
