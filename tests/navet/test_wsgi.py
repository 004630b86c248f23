"""What a web process has loaded before anybody asks it."""

import subprocess
import sys

ASKED = """
import gc, sys
import navet.wsgi
from django.urls import resolve
from navet import periods
loaded, frozen = set(sys.modules), gc.get_freeze_count()
resolve("/boka/1/"), resolve("/api/v1/school-bookings/"), periods.holiday_name(periods.dt.date(2026, 12, 25))
late = {name for name in set(sys.modules) - loaded if name.split(".")[0] in {"navet", "bookings", "visitors", "worker", "holidays"}}
views = [name for name in sys.modules if name.startswith("bookings.schools.pages")]
print(sorted(late), bool(views), frozen > 100_000)
"""


def test_the_first_request_of_a_process_finds_addresses_views_and_holidays_loaded():
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[-2] == "[] True True"
