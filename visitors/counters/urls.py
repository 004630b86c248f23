from django.urls import path

from visitors.counters import pages

app_name = "counters"
urlpatterns = [
    path("ledning/dorrar/", pages.overview, name="overview"),
    path("ledning/dorrar/faktorer/", pages.factors, name="factors"),
    path("ledning/dorrar/<str:day>/", pages.one_day, name="day"),
    path("ledning/dorrar/<str:day>/avlasningar/", pages.readings, name="readings"),
    path("ledning/dorrar/<str:day>/rattat/", pages.corrected, name="corrected"),
    path("ledning/dorrar/<str:day>/skillnad/", pages.difference, name="difference"),
    path("ledning/dorrar/<str:day>/rattelse/", pages.approve, name="approve"),
    path("ledning/dorrar/<str:day>/ta-tillbaka/", pages.take_back, name="take-back"),
]
