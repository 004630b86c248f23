from django.urls import path

from worker import pages

app_name = "worker"
urlpatterns = [
    path("personal/sammanfattningar/", pages.subscriptions, name="subscriptions"),
]
