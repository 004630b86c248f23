"""The pages of capacity."""

from django.urls import path, re_path

from bookings.capacity.pages import overview

app_name = "capacity"
urlpatterns = [
    path("ledning/kapacitet/", overview.overview, name="overview"),
    path("ledning/kapacitet/rader/", overview.rows, name="rows"),
    re_path(r"^ledning/kapacitet/rader\.(?P<ending>csv|xlsx)$", overview.rows_file, name="rows_file"),
]
