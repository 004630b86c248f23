"""The address of a booking of any line; before the lines' own."""

from django.urls import path

from bookings import front

urlpatterns = [path("bokning/<str:code>/", front.booking, name="booking")]
