"""The pages of conferences."""

from django.urls import path

from bookings.common import own as common
from bookings.conferences.line import LINE
from bookings.conferences.pages import (
    booking,
    management,
    own,
    participants,
    pictures,
    planning,
    staff_asking,
    staff_booking,
    staff_day,
    under_way,
)

PREFIX = "konferens/bokning/"

app_name = "conferences"
urlpatterns = [
    path("konferens/", booking.start, name="start"),
    path("konferens/boka/", booking.book, name="book"),
    path("konferens/pris/", booking.price, name="price"),
    path("konferens/bild/<slug:digest>.webp", pictures.picture, name="picture"),
    path("konferens/program/<str:key>/", participants.program, name="participants"),
    *common.urls(LINE, PREFIX, booking=own.booking, cancel=own.cancel),
    path(f"{PREFIX}<str:code>/boka/", common.of_a_booking(LINE, own.book), name="book_it"),
    path(f"{PREFIX}<str:code>/offert.pdf", common.of_a_booking(LINE, own.quote), name="quote"),
    path(f"{PREFIX}<str:code>/andra/", common.of_a_booking(LINE, own.change), name="change"),
    path(f"{PREFIX}<str:code>/antal/", common.of_a_booking(LINE, own.count), name="count"),
    path(f"{PREFIX}<str:code>/ny-lank/", common.of_a_booking(LINE, own.replace_link), name="replace_link"),
    path("ledning/konferenser/", management.conferences, name="management"),
    path("planering/konferenser/", planning.coming, name="planning"),
    path("planering/konferenser/ny/", staff_asking.book, name="staff_book"),
    path("planering/konferenser/lokaler/", pictures.rooms, name="rooms"),
    path("planering/konferenser/lokaler/<slug:slug>/", pictures.room, name="room"),
    path("planering/konferenser/lokaler/<slug:slug>/bild/<int:pk>/", pictures.one, name="room_picture"),
    path(
        "planering/konferenser/lokaler/<slug:slug>/bild/<int:pk>/flytta/", pictures.move, name="move_picture"
    ),
    path(
        "planering/konferenser/lokaler/<slug:slug>/bild/<int:pk>/ta-bort/",
        pictures.remove,
        name="remove_picture",
    ),
    path("planering/konferenser/dag/<str:date>/", staff_day.of_day, name="day"),
    path("planering/konferenser/bokning/<str:code>/", staff_booking.booking, name="staff_booking"),
    path("planering/konferenser/bokning/<str:code>/andra/", staff_booking.change, name="staff_change"),
    path("planering/konferenser/bokning/<str:code>/under-tiden/", under_way.adjust, name="under_way"),
    path("planering/konferenser/bokning/<str:code>/<str:deed>/", staff_booking.do, name="staff_deed"),
]
