"""The municipalities of Sjuhärad are facts; every installation has them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As they were when this migration was written: a migration does not follow the code.
SJUHARAD = [
    ("1442", "Vårgårda", "2120001454"),
    ("1443", "Bollebygd", "2120002973"),
    ("1452", "Tranemo", "2120001462"),
    ("1463", "Mark", "2120001504"),
    ("1465", "Svenljunga", "2120001512"),
    ("1466", "Herrljunga", "2120001520"),
    ("1490", "Borås", "2120001561"),
    ("1491", "Ulricehamn", "2120001579"),
]


def add_municipalities(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    municipality = apps.get_model("directory", "Municipality")
    for code, name, number in SJUHARAD:
        municipality.objects.update_or_create(
            code=code, defaults={"name": name, "organisation_number": number, "in_sjuharad": True}
        )


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_organiser_kinds_and_year_9")]
    operations = [migrations.RunPython(add_municipalities, migrations.RunPython.noop)]
