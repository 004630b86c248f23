from django.urls import path

from navet.house import pages

urlpatterns = [
    path("huset/", pages.house, name="house"),
    path("kalender/rum/<slug:slug>.ics", pages.room_feed, name="room-feed"),
    path("kalender/pedagog/<slug:token>.ics", pages.educator_feed, name="educator-feed"),
]
