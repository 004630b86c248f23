"""The pages of tickets."""

from django.urls import path

from bookings.common import own
from bookings.tickets.forms.booking import ChangeForm
from bookings.tickets.line import LINE
from bookings.tickets.operations import booking as operations
from bookings.tickets.pages import booking, desk, planning

public = [
    path("biljetter/", booking.events, name="events"),
    path("biljetter/boka/<int:pk>/", booking.book, name="book"),
    *own.urls(LINE, "biljetter/bokning/"),
    path(
        "biljetter/bokning/<str:code>/andra/",
        own.of_a_booking(LINE, own.numbers(ChangeForm, operations.change, operations.price_after)),
        name="change",
    ),
    path("biljetter/<slug:slug>/", booking.event, name="event"),
]
at_the_desk = [
    path("reception/biljetter/", desk.slots, name="desk"),
    path("reception/biljetter/<int:pk>/", desk.sell, name="sell"),
]
planners = [
    path("planering/biljetter/", planning.events, name="planning"),
    path("planering/biljetter/nytt/", planning.event, name="new_event"),
    path("planering/biljetter/tid/<int:pk>/", planning.slot, name="slot"),
    path("planering/biljetter/tid/<int:pk>/platser/", planning.capacity, name="capacity"),
    path("planering/biljetter/tid/<int:pk>/stall-in/", planning.cancel, name="cancel_slot"),
    path("planering/biljetter/<slug:slug>/", planning.event, name="edit_event"),
    path("planering/biljetter/<slug:slug>/tider/", planning.plan, name="plan"),
]

app_name = "tickets"
urlpatterns = [*public, *at_the_desk, *planners]
