"""The addresses of finding a programme and of planning sessions."""

from django.urls import path

from bookings.schools import programme_pages

urlpatterns = [
    path("skolprogram/", programme_pages.programmes, name="programmes"),
    path("skolprogram/kalender/", programme_pages.calendar, name="calendar"),
    path("skolprogram/<slug:slug>/", programme_pages.programme, name="programme"),
]
