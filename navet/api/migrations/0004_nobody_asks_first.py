"""A key is kept once by its constraint alone: nobody asks before the deed whether there is an answer."""

import importlib

from django.db import migrations

_asked = importlib.import_module("navet.api.migrations.0003_one_asks_at_a_time")


class Migration(migrations.Migration):
    dependencies = [("api", "0003_one_asks_at_a_time")]
    operations = [migrations.RunSQL(_asked.BACKWARDS, _asked.FORWARDS)]
