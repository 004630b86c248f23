"""The pages of school programmes: finding and planning here, booking in urls_booking."""

from bookings.schools import urls_booking, urls_planning

app_name = "schools"
urlpatterns = [*urls_planning.urlpatterns, *urls_booking.urlpatterns]
