"""The API of school programmes: finding and planning here, booking in api_urls_booking."""

from bookings.schools import api_urls_booking, api_urls_planning

urlpatterns = [*api_urls_planning.urlpatterns, *api_urls_booking.urlpatterns]
