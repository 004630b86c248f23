from collections.abc import Iterable
from typing import Any

from django.db import migrations, models

import bookings.conferences.models.reservations
from bookings.conferences.models.reservations import new_participants_key

from navet.migrating import together


def draw(apps: Any, _schema: Any) -> None:
    """A key of its own for each that was there before."""
    reservations: Iterable[Any] = apps.get_model("conferences", "Reservation")._default_manager.all()
    for one in reservations:
        type(one)._default_manager.filter(pk=one.pk).update(participants_key=new_participants_key())


class Migration(migrations.Migration):
    dependencies = [("conferences", "0003_days_of_one_party")]
    operations = together([
        migrations.AddField(
            model_name="reservation",
            name="participants_key",
            field=models.CharField(default="", max_length=22),
            preserve_default=False,
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="reservation",
            name="participants_key",
            field=models.CharField(
                default=bookings.conferences.models.reservations.new_participants_key,
                max_length=22,
                unique=True,
            ),
        ),
    ])
