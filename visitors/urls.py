from django.urls import path, re_path

from visitors import (
    counting_pages,
    device_pages,
    individuals_pages,
    ledger_pages,
    pages,
    rows_pages,
    version_pages,
)
from visitors.insight import pages as insight

app_name = "visitors"
urlpatterns = [
    path("reception/", pages.reception, name="reception"),
    path("reception/dagslista/", pages.printed, name="printed"),
    path("reception/arbetare.js", device_pages.worker, name="worker"),
    path("reception/utan-nat/", device_pages.shell, name="shell"),
    path("reception/pa-enheten/", device_pages.device_list, name="device-list"),
    path("reception/kamera/", device_pages.frame, name="frame"),
    path("reception/besok/", pages.walk_in, name="walk-in"),
    path("reception/besok/<int:pk>/angra/", pages.undo_walk_in, name="undo-walk-in"),
    path("reception/rader/", rows_pages.day_rows, name="day-rows"),
    re_path(r"^reception/rader\.(?P<kind>csv|xlsx)$", rows_pages.day_rows, name="day-rows-file"),
    path("reception/<str:code>/", pages.party, name="party"),
    path("reception/<str:code>/incheckning/", pages.check_in, name="check-in"),
    path("reception/<str:code>/angra/", pages.undo_check_in, name="undo-check-in"),
    path("planering/individer/", individuals_pages.possible_doubles, name="doubles"),
    path("ledning/", insight.management, name="management"),
    path("ledning/rakneregler/", counting_pages.counting_rules, name="counting"),
    path("ledning/rakneregler/andra/", counting_pages.decide, name="decide-counting"),
    path("ledning/rakneregler/andra/forhandsvisning/", version_pages.preview, name="preview-counting"),
    path(
        "ledning/rakneregler/andra/forhandsvisning/rader/", version_pages.proposed_rows, name="proposed-rows"
    ),
    re_path(
        r"^ledning/rakneregler/andra/forhandsvisning/rader\.(?P<kind>csv|xlsx)$",
        version_pages.proposed_rows,
        name="proposed-rows-file",
    ),
    re_path(
        r"^ledning/rakneregler/versioner\.(?P<kind>csv|xlsx)$",
        version_pages.versions_file,
        name="versions-file",
    ),
    path("ledning/rakneregler/<int:number>/", version_pages.version, name="counting-version"),
    path("ledning/rakneregler/<int:number>/rader/", version_pages.version_rows, name="version-rows"),
    re_path(
        r"^ledning/rakneregler/(?P<number>[0-9]{1,9})/rader\.(?P<kind>csv|xlsx)$",
        version_pages.version_rows,
        name="version-rows-file",
    ),
    path("ledning/kontroll/", ledger_pages.ledger_checks, name="ledger-checks"),
    path("ledning/rader/", rows_pages.rows, name="rows"),
    re_path(r"^ledning/rader\.(?P<kind>csv|xlsx)$", rows_pages.rows, name="rows-file"),
    path("ledning/vantade/", rows_pages.ahead, name="ahead"),
    re_path(r"^ledning/vantade\.(?P<kind>csv|xlsx)$", rows_pages.ahead, name="ahead-file"),
]
