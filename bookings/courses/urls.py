"""The pages of courses."""

from django.urls import path

from bookings.common import own
from bookings.courses.forms.registering import ChangeForm
from bookings.courses.line import LINE
from bookings.courses.operations import registering as operations
from bookings.courses.pages import after, attendance, planning, public, wishes

for_educators = [
    path("kurser/", public.courses, name="courses"),
    path("kurser/anmal/<int:pk>/", public.register, name="register"),
    *own.urls(LINE, "kurser/anmalan/", booking=public.registration),
    path(
        "kurser/anmalan/<str:code>/andra/",
        own.of_a_booking(LINE, own.numbers(ChangeForm, operations.change, operations.price_after)),
        name="change",
    ),
    path(
        "kurser/anmalan/<str:code>/intyg/<int:pk>/",
        own.of_a_booking(LINE, after.certificate),
        name="certificate",
    ),
    path("kurser/onskemal/", wishes.ask, name="ask"),
    path("kurser/onskemal/tack/", wishes.asked, name="asked"),
    path("kurser/intyg/", after.check, name="check"),
    path("kurser/<slug:slug>/", public.course, name="course"),
]
lists = [
    path("reception/kurser/", attendance.days, name="days"),
    path("reception/kurser/<int:pk>/", attendance.day, name="attendance"),
]
planners = [
    path("planering/kurser/", planning.courses, name="planning"),
    path("planering/kurser/ny/", planning.course, name="new_course"),
    path("planering/kurser/onskemal/", wishes.queue, name="wishes"),
    path("planering/kurser/onskemal/<int:pk>/", wishes.plan, name="wish"),
    path("planering/kurser/onskemal/<int:pk>/avboj/", wishes.decline, name="decline_wish"),
    path("planering/kurser/omgang/<int:pk>/", planning.round_, name="round"),
    path("planering/kurser/omgang/<int:pk>/platser/", planning.capacity, name="capacity"),
    path("planering/kurser/omgang/<int:pk>/blir-av/", planning.assure, name="assure"),
    path("planering/kurser/omgang/<int:pk>/stall-in/", planning.call_off, name="call_off"),
    path("planering/kurser/omgang/<int:pk>/material/", after.material, name="material"),
    path("planering/kurser/<slug:slug>/", planning.course, name="edit_course"),
    path("planering/kurser/<slug:slug>/omgang/", planning.plan, name="plan"),
]

app_name = "courses"
urlpatterns = [*for_educators, *lists, *planners]
