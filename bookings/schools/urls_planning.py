"""The addresses of finding a programme and of planning sessions."""

from django.urls import path, re_path

from bookings.schools import planning_exports, planning_pages, programme_pages, series_pages

urlpatterns = [
    path("skolprogram/", programme_pages.programmes, name="programmes"),
    path("skolprogram/kalender/", programme_pages.calendar, name="calendar"),
    path("skolprogram/<slug:slug>/", programme_pages.programme, name="programme"),
    path("planering/", planning_pages.week, name="planning"),
    path("planering/ko/", planning_pages.queue, name="queue"),
    path("planering/mina-dagar/", planning_pages.my_days, name="my_days"),
    path("planering/program/", planning_pages.programmes, name="plan_programmes"),
    path("planering/program/nytt/", series_pages.programme, name="new_programme"),
    path("planering/program/<slug:slug>/", series_pages.programme, name="edit_programme"),
    path("planering/tillfalle/nytt/", planning_pages.create, name="plan_session"),
    path("planering/tillfalle/<int:pk>/", planning_pages.session, name="session"),
    path("planering/tillfalle/<int:pk>/flytta/", planning_pages.move, name="move_session"),
    path("planering/tillfalle/<int:pk>/andra/", planning_pages.change, name="change_session"),
    path("planering/tillfalle/<int:pk>/stall-in/", planning_pages.cancel, name="cancel_session"),
    path("planering/serie/ny/", series_pages.create, name="plan_series"),
    path("planering/serie/<int:pk>/", series_pages.series, name="series"),
    path("planering/serie/<int:pk>/slapp/", series_pages.release, name="release_series"),
    path("planering/serie/<int:pk>/stall-in/", series_pages.cancel, name="cancel_series"),
    path("planering/serie/lucka/<int:pk>/", series_pages.fill, name="fill_gap"),
    re_path(r"^planering/tillfallen\.(?P<kind>csv|xlsx)$", planning_exports.sessions, name="export_sessions"),
    re_path(r"^planering/bokningar\.(?P<kind>csv|xlsx)$", planning_exports.bookings, name="export_bookings"),
]
