"""The API of booking."""

from django.urls import path

from bookings.schools import booking_api as api

urlpatterns = [
    path("school-bookings/", api.Bookings.as_view(), name="api-school-bookings"),
    path("school-bookings/<str:code>/", api.BookingView.as_view(), name="api-school-booking"),
    path(
        "school-bookings/<str:code>/confirmation/",
        api.ConfirmationView.as_view(),
        name="api-school-booking-confirm",
    ),
    path(
        "school-bookings/<str:code>/cancellation/",
        api.CancellationView.as_view(),
        name="api-school-booking-cancel",
    ),
    path("school-bookings/<str:code>/offer/", api.OfferView.as_view(), name="api-school-booking-offer"),
    path("school-bookings/<str:code>/move/", api.MoveView.as_view(), name="api-school-booking-move"),
]
