from django.urls import path

from visitors import api
from visitors.insight import api as insight

urlpatterns = [
    path("arrivals/", api.ArrivalsView.as_view()),
    path("arrivals/<str:code>/", api.ArrivalView.as_view()),
    path("check-ins/", api.CheckInsView.as_view()),
    path("check-ins/<int:pk>/undo/", api.UndoCheckInView.as_view()),
    path("visits/", api.VisitsView.as_view()),
    path("visits/<int:pk>/undo/", api.UndoVisitView.as_view()),
    path("indicators/", insight.IndicatorsView.as_view()),
    path("indicators/<str:kind>/", insight.IndicatorsFileView.as_view()),
    path("house-now/", api.HouseNowView.as_view()),
]
