"""The addresses of bookings of any line; before the lines' own."""

from django.urls import path

from bookings import front

urlpatterns = [
    path("bokning/<str:code>/", front.booking, name="booking"),
    path("mina-bokningar/", front.mine, name="mine"),
]
