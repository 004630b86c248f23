"""The API of leisure groups."""

from django.urls import path

from bookings.leisure.api import views

urlpatterns = [path("leisure-groups/", views.Groups.as_view(), name="api-leisure-groups")]
