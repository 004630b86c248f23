"""The API of conferences."""

from django.urls import path

from bookings.conferences.api import views

urlpatterns = [
    path("conference-rooms/", views.Rooms.as_view(), name="api-conference-rooms"),
    path("conference-packages/", views.Packages.as_view(), name="api-conference-packages"),
    path("conference-add-ons/", views.AddOns.as_view(), name="api-conference-add-ons"),
    path("conference-availability/", views.Availability.as_view(), name="api-conference-availability"),
    path("conference-reservations/", views.Reservations.as_view(), name="api-conference-reservations"),
    path(
        "conference-reservations/<str:code>/",
        views.ReservationView.as_view(),
        name="api-conference-reservation",
    ),
]
