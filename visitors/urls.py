from django.urls import path

from visitors import device_pages, ledger_pages, management_pages, pages

app_name = "visitors"
urlpatterns = [
    path("reception/", pages.reception, name="reception"),
    path("reception/dagslista/", pages.printed, name="printed"),
    path("reception/kamera/", device_pages.frame, name="frame"),
    path("reception/besok/", pages.walk_in, name="walk-in"),
    path("reception/besok/<int:pk>/angra/", pages.undo_walk_in, name="undo-walk-in"),
    path("reception/<str:code>/", pages.party, name="party"),
    path("reception/<str:code>/incheckning/", pages.check_in, name="check-in"),
    path("reception/<str:code>/angra/", pages.undo_check_in, name="undo-check-in"),
    path("ledning/", management_pages.management, name="management"),
    path("ledning/kontroll/", ledger_pages.ledger_checks, name="ledger-checks"),
    path("ledning/rader/", management_pages.rows, name="rows"),
]
