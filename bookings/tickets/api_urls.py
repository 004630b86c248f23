"""The API of tickets."""

from django.urls import path

from bookings.tickets.api import views

urlpatterns = [
    path("ticket-slots/", views.Slots.as_view(), name="api-ticket-slots"),
    path("ticket-bookings/", views.Bookings.as_view(), name="api-ticket-bookings"),
    path("ticket-bookings/<str:code>/", views.BookingView.as_view(), name="api-ticket-booking"),
    path(
        "ticket-bookings/<str:code>/confirmation/",
        views.ConfirmationView.as_view(),
        name="api-ticket-booking-confirm",
    ),
    path(
        "ticket-bookings/<str:code>/cancellation/",
        views.CancellationView.as_view(),
        name="api-ticket-booking-cancel",
    ),
    path("ticket-sales/", views.Sales.as_view(), name="api-ticket-sales"),
]
