"""The API of school programmes."""

from django.urls import path

from bookings.schools.api import bookings, contacts, programmes, series, sessions

finding_and_planning = [
    path("programmes/", programmes.ProgrammesView.as_view(), name="api-programmes"),
    path("programmes/<slug:slug>/", programmes.ProgrammeView.as_view(), name="api-programme"),
    path("sessions/", sessions.SessionsView.as_view(), name="api-sessions"),
    path("sessions/<int:pk>/", sessions.SessionView.as_view(), name="api-session"),
    path("sessions/<int:pk>/move/", sessions.MoveView.as_view(), name="api-session-move"),
    path(
        "sessions/<int:pk>/cancellation/",
        sessions.CancellationView.as_view(),
        name="api-session-cancellation",
    ),
]
session_series = [
    path("session-series/", series.SeriesListView.as_view(), name="api-session-series-list"),
    path("session-series/preview/", series.PreviewView.as_view(), name="api-session-series-preview"),
    path("session-series/<int:pk>/", series.SeriesView.as_view(), name="api-session-series"),
]
school_bookings = [
    path("school-bookings/", bookings.Bookings.as_view(), name="api-school-bookings"),
    path("school-bookings/<str:code>/", bookings.BookingView.as_view(), name="api-school-booking"),
    path(
        "school-bookings/<str:code>/confirmation/",
        bookings.ConfirmationView.as_view(),
        name="api-school-booking-confirm",
    ),
    path(
        "school-bookings/<str:code>/cancellation/",
        bookings.CancellationView.as_view(),
        name="api-school-booking-cancel",
    ),
    path(
        "school-bookings/<str:code>/contact/",
        contacts.ContactView.as_view(),
        name="api-school-booking-contact",
    ),
    path(
        "school-bookings/<str:code>/contact/confirmation/",
        contacts.ContactConfirmationView.as_view(),
        name="api-school-booking-contact-confirm",
    ),
    path("school-bookings/<str:code>/offer/", bookings.OfferView.as_view(), name="api-school-booking-offer"),
    path("school-bookings/<str:code>/move/", bookings.MoveView.as_view(), name="api-school-booking-move"),
]

# Held against one after the other: what is asked most comes first.
urlpatterns = [*school_bookings, *finding_and_planning, *session_series]
