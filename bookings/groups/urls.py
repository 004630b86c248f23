"""The pages of groups."""

from django.urls import path

from bookings.common import own
from bookings.groups.forms.booking import ChangeForm
from bookings.groups.line import LINE
from bookings.groups.operations import booking as operations
from bookings.groups.pages import booking, desk, planning

public = [
    path("grupper/", booking.packages, name="packages"),
    *own.urls(LINE, "grupper/bokning/"),
    path(
        "grupper/bokning/<str:code>/andra/",
        own.of_a_booking(LINE, own.numbers(ChangeForm, operations.change, operations.price_after)),
        name="change",
    ),
    path("grupper/<slug:slug>/", booking.package, name="package"),
    path("grupper/<slug:slug>/boka/", booking.book, name="book"),
]
at_the_desk = [path("reception/grupp/", desk.receive, name="receive")]
planners = [
    path("planering/grupper/", planning.packages, name="planning"),
    path("planering/grupper/ny/", planning.package, name="new_package"),
    path("planering/grupper/bokning/<str:code>/stall-in/", planning.call_off, name="call_off"),
    path("planering/grupper/<slug:slug>/", planning.package, name="edit_package"),
    path("planering/grupper/<slug:slug>/priser/", planning.price, name="price"),
]

app_name = "groups"
urlpatterns = [*public, *at_the_desk, *planners]
