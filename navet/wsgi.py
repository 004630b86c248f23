"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import timezone

from navet import periods

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
application = get_wsgi_application()

# What the first request would load is loaded before it: every address with its views, and the calendars of holidays. Who came
# first to each process waited two to four seconds for them, with another process at hand that had them (docs/adr/0016).
reverse("pages:start")
periods.is_working_day(timezone.localdate())

# What was loaded stays: the collector need not look at it again, nor stop every 700 objects in the middle of an answer (docs/adr/0004).
# An answer leaves some hundreds of objects behind that only the collector takes away; with these numbers it takes a few milliseconds
# at a time, where rarer turns stop all answers of the process for a tenth of a second (docs/adr/0015).
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 100)
