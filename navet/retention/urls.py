from django.urls import path

from navet.retention import pages

app_name = "retention"
urlpatterns = [
    path("dataskydd/", pages.overview, name="overview"),
    path("dataskydd/<str:key>/", pages.decide, name="decide"),
]
