"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
application = get_wsgi_application()

# What was loaded stays: the collector need not look at it again, nor stop every 700 objects in the middle of an answer (docs/adr/0004).
# An answer leaves some hundreds of objects behind that only the collector takes away; with these numbers it takes a few milliseconds
# at a time, where rarer turns stop all answers of the process for a tenth of a second (docs/adr/0015).
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 100)
