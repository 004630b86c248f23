"""The addresses of bookings of any line; before the lines' own."""

from django.urls import path

from bookings import front, rights

urlpatterns = [
    path("bokning/<str:code>/", front.booking, name="booking"),
    path("mina-bokningar/", front.mine, name="mine"),
    path("mina-bokningar/uppgifter/", rights.overview, name="my-data"),
    path("mina-bokningar/uppgifter/fil/", rights.file, name="my-data-file"),
    path("mina-bokningar/uppgifter/pdf/", rights.pdf, name="my-data-pdf"),
    path("mina-bokningar/uppgifter/radera/", rights.forget, name="my-data-forget"),
]
