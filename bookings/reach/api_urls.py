"""The API of reach."""

from django.urls import path

from bookings.reach.api import views

urlpatterns = [path("school-reach/", views.ReachView.as_view(), name="api-school-reach")]
