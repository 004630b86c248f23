from django.urls import path

from visitors.tertials import pages

app_name = "tertials"
urlpatterns = [
    path("ledning/tertial/", pages.reports, name="reports"),
    path("ledning/tertial/<str:name>/", pages.report, name="report"),
    path("ledning/tertial/<str:name>/pdf/", pages.pdf, name="pdf"),
]
