"""The pages of the year wheel."""

from django.urls import path

from bookings.wheel import pages

app_name = "wheel"
urlpatterns = [
    path("planering/arshjul/", pages.wheel, name="wheel"),
    path("planering/arshjul/ny/", pages.entry, name="new"),
    path("planering/arshjul/<int:pk>/", pages.entry, name="change"),
    path("planering/arshjul/<int:pk>/ta-bort/", pages.remove, name="remove"),
    path("kalender/arshjul/<slug:token>.ics", pages.feed_file, name="feed"),
]
