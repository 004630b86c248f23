from django.urls import path

from visitors.safety import pages

app_name = "safety"
urlpatterns = [
    path("reception/i-huset/", pages.house, name="house"),
    path("reception/utrymning/", pages.evacuation, name="evacuation"),
]
