from django.urls import path

from worker import pages
from worker.alerts import pages as alerts

app_name = "worker"
urlpatterns = [
    path("personal/sammanfattningar/", pages.subscriptions, name="subscriptions"),
    path("ledning/larm/", alerts.alerts, name="alerts"),
]
