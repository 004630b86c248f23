from django.urls import path

from visitors.counters import api

urlpatterns = [
    path("door-counts/", api.DoorCountsView.as_view()),
    path("door-days/", api.DoorDaysView.as_view()),
    path("door-days/<str:day>/correction/", api.CorrectionView.as_view()),
    path("door-days/<str:day>/correction/take-back/", api.TakeBackView.as_view()),
]
