"""The pages of leisure groups."""

from django.urls import path

from bookings.common import own
from bookings.leisure.line import LINE
from bookings.leisure.pages import attendance, planning, public
from bookings.leisure.pages import own as hers

for_guardians = [
    path("fritid/", public.clubs, name="clubs"),
    path("fritid/anmal/<int:pk>/", public.enrol, name="enrol"),
    path("fritid/lottning/<int:pk>/", public.draw, name="draw"),
    path("fritid/lottning/<int:pk>/underlag.json", public.draw_file, name="draw_file"),
    *own.urls(LINE, "fritid/anmalan/", booking=hers.enrolment, cancel=hers.leave),
    path("fritid/anmalan/<str:code>/andra/", own.of_a_booking(LINE, hers.change), name="change"),
    path("fritid/anmalan/<str:code>/avgift/", own.of_a_booking(LINE, hers.fee), name="fee"),
    path("fritid/anmalan/<str:code>/franvaro/", own.of_a_booking(LINE, hers.absence), name="absence"),
    path("fritid/<slug:slug>/", public.club, name="club"),
]
leaders = [
    path("reception/fritid/", attendance.meetings, name="meetings"),
    path("reception/fritid/<int:pk>/", attendance.meeting, name="meeting"),
    path("reception/fritid/<int:pk>/ring/", attendance.to_call, name="to_call"),
    path("reception/fritid/grupp/<int:pk>/skriv/", attendance.message, name="message"),
]
planners = [
    path("planering/fritid/", planning.clubs, name="planning"),
    path("planering/fritid/ny/", planning.club, name="new_club"),
    path("planering/fritid/nytt-kollo/", planning.new_camp, name="new_camp"),
    path("planering/fritid/grupp/<int:pk>/", planning.group, name="group"),
    path("planering/fritid/grupp/<int:pk>/platser/", planning.capacity, name="capacity"),
    path("planering/fritid/grupp/<int:pk>/stall-in/", planning.call_off, name="call_off"),
    path("planering/fritid/traff/<int:pk>/stall-in/", planning.call_off_meeting, name="call_off_meeting"),
    path("planering/fritid/anmalan/<str:code>/fortsatter/", planning.continues, name="continues"),
    path("planering/fritid/<slug:slug>/", planning.club, name="edit_club"),
    path("planering/fritid/<slug:slug>/grupp/", planning.plan, name="plan"),
]

app_name = "leisure"
urlpatterns = [*for_guardians, *leaders, *planners]
