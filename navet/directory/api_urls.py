from django.urls import path

from navet.directory import api

urlpatterns = [
    path("schools/", api.Schools.as_view(), name="api-schools"),
    path("municipalities/", api.Municipalities.as_view(), name="api-municipalities"),
]
