"""The API of finding and planning."""

from django.urls import path

from bookings.schools import programmes_api, series_api

urlpatterns = [
    path("programmes/", programmes_api.ProgrammesView.as_view(), name="api-programmes"),
    path("programmes/<slug:slug>/", programmes_api.ProgrammeView.as_view(), name="api-programme"),
    path("sessions/", programmes_api.SessionsView.as_view(), name="api-sessions"),
    path("sessions/<int:pk>/", programmes_api.SessionView.as_view(), name="api-session"),
    path("sessions/<int:pk>/move/", programmes_api.MoveView.as_view(), name="api-session-move"),
    path(
        "sessions/<int:pk>/cancellation/",
        programmes_api.CancellationView.as_view(),
        name="api-session-cancellation",
    ),
    path("session-series/", series_api.SeriesListView.as_view(), name="api-session-series-list"),
    path("session-series/preview/", series_api.PreviewView.as_view(), name="api-session-series-preview"),
    path("session-series/<int:pk>/", series_api.SeriesView.as_view(), name="api-session-series"),
    path("capacity/", programmes_api.CapacityView.as_view(), name="api-capacity"),
]
