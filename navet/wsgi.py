"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
application = get_wsgi_application()

# What was loaded stays: the collector need not look at it again, nor stop every 700 objects in the middle of an answer (docs/adr/0004).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 50, 100)
