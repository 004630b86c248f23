"""The addresses of booking a session and of a booking."""

from django.urls import path

from bookings.schools import booking_pages, code_pages, own_pages

urlpatterns = [
    path("boka/skolor/", booking_pages.schools, name="book_schools"),
    path("boka/<int:pk>/", booking_pages.book, name="book"),
    path("boka/<int:pk>/pris/", booking_pages.price, name="book_price"),
    path("bokning/<str:code>/", own_pages.booking, name="booking"),
    path("bokning/<str:code>/bekrafta/", code_pages.confirm, name="confirm"),
    path("bokning/<str:code>/ny-kod/", code_pages.send_again, name="send_again"),
    path("bokning/<str:code>/andra/", own_pages.change, name="change"),
    path("bokning/<str:code>/antal/", own_pages.count, name="count"),
    path("bokning/<str:code>/byt/", own_pages.move, name="move"),
    path("bokning/<str:code>/avboka/", own_pages.cancel, name="cancel"),
    path("bokning/<str:code>/svara/", own_pages.answer, name="answer"),
    path("bokning/<str:code>/kalender.ics", own_pages.calendar, name="booking_calendar"),
    path("bokning/<str:code>/qr.svg", own_pages.qr, name="booking_qr"),
    path("mina-bokningar/", code_pages.mine, name="mine"),
    path("mina-bokningar/kod/", code_pages.mine_code, name="mine_code"),
    path("mina-bokningar/glom/", code_pages.forget, name="forget"),
]
