"""The pages of school programmes."""

from django.urls import path, re_path

from bookings.schools.pages import (
    booking,
    code,
    contact,
    exports,
    own,
    planning,
    programmes,
    series,
    sessions,
)

finding = [
    path("skolprogram/", programmes.programmes, name="programmes"),
    path("skolprogram/kalender/", programmes.calendar, name="calendar"),
    path("skolprogram/<slug:slug>/", programmes.programme, name="programme"),
]
book = [
    path("boka/skolor/", booking.schools, name="book_schools"),
    path("boka/<int:pk>/", booking.book, name="book"),
    path("boka/<int:pk>/pris/", booking.price, name="book_price"),
]
a_booking = [
    path("bokning/<str:code>/", own.booking, name="booking"),
    path("bokning/<str:code>/bekrafta/", code.confirm, name="confirm"),
    path("bokning/<str:code>/adress/", code.address, name="address"),
    path("bokning/<str:code>/ny-kod/", code.send_again, name="send_again"),
    path("bokning/<str:code>/andra/", own.change, name="change"),
    path("bokning/<str:code>/kontakt/", contact.change, name="contact"),
    path("bokning/<str:code>/kontakt/kod/", contact.code, name="contact_code"),
    path("bokning/<str:code>/antal/", own.count, name="count"),
    path("bokning/<str:code>/byt/", own.move, name="move"),
    path("bokning/<str:code>/avboka/", own.cancel, name="cancel"),
    path("bokning/<str:code>/svara/", own.answer, name="answer"),
    path("bokning/<str:code>/kalender.ics", own.calendar, name="booking_calendar"),
    path("bokning/<str:code>/qr.svg", own.qr, name="booking_qr"),
]
my_bookings = [
    path("mina-bokningar/", code.mine, name="mine"),
    path("mina-bokningar/kod/", code.mine_code, name="mine_code"),
    path("mina-bokningar/glom/", code.forget, name="forget"),
]
planners = [
    path("planering/", planning.week, name="planning"),
    path("planering/ko/", planning.queue, name="queue"),
    path("planering/mina-dagar/", planning.my_days, name="my_days"),
    path("planering/program/", planning.programmes, name="plan_programmes"),
    path("planering/program/nytt/", series.programme, name="new_programme"),
    path("planering/program/<slug:slug>/", series.programme, name="edit_programme"),
    path("planering/tillfalle/nytt/", sessions.create, name="plan_session"),
    path("planering/tillfalle/<int:pk>/", sessions.session, name="session"),
    path("planering/tillfalle/<int:pk>/flytta/", sessions.move, name="move_session"),
    path("planering/tillfalle/<int:pk>/andra/", sessions.change, name="change_session"),
    path("planering/tillfalle/<int:pk>/stall-in/", sessions.cancel, name="cancel_session"),
    path("planering/serie/ny/", series.create, name="plan_series"),
    path("planering/serie/<int:pk>/", series.series, name="series"),
    path("planering/serie/<int:pk>/slapp/", series.release, name="release_series"),
    path("planering/serie/<int:pk>/stall-in/", series.cancel, name="cancel_series"),
    path("planering/serie/lucka/<int:pk>/", series.fill, name="fill_gap"),
    re_path(r"^planering/tillfallen\.(?P<kind>csv|xlsx)$", exports.sessions, name="export_sessions"),
    re_path(r"^planering/bokningar\.(?P<kind>csv|xlsx)$", exports.bookings, name="export_bookings"),
]

app_name = "schools"
urlpatterns = [*finding, *book, *a_booking, *my_bookings, *planners]
