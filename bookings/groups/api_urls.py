"""The API of groups."""

from django.urls import path

from bookings.groups.api import views

urlpatterns = [
    path("group-packages/", views.Packages.as_view(), name="api-group-packages"),
    path("group-times/", views.Times.as_view(), name="api-group-times"),
    path("group-bookings/", views.Bookings.as_view(), name="api-group-bookings"),
    path("group-bookings/<str:code>/", views.BookingView.as_view(), name="api-group-booking"),
    path(
        "group-bookings/<str:code>/confirmation/",
        views.ConfirmationView.as_view(),
        name="api-group-booking-confirm",
    ),
    path(
        "group-bookings/<str:code>/cancellation/",
        views.CancellationView.as_view(),
        name="api-group-booking-cancel",
    ),
    path("group-arrivals/", views.Arrivals.as_view(), name="api-group-arrivals"),
]
