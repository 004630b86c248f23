"""The API's own addresses, under /api/v1/."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from navet.api import api

urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    # The split view keeps its script out of the page, as our Content-Security-Policy wants.
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
    path("me/", api.Me.as_view(), name="api-me"),
    path("problems/", api.ProblemTypes.as_view(), name="api-problems"),
    path("problems/<slug:code>", api.ProblemType.as_view(), name="api-problem"),
]
