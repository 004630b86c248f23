"""The API of capacity."""

from django.urls import path

from bookings.capacity.api import views

urlpatterns = [
    path("capacity/", views.CapacityView.as_view(), name="api-capacity"),
    path("capacity/occasions/", views.OccasionsView.as_view(), name="api-capacity-occasions"),
    path("capacity/<str:ending>/", views.CapacityFileView.as_view(), name="api-capacity-file"),
]
