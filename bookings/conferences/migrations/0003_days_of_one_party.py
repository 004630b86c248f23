"""What the desk expects already learns which days are of one conference."""

from django.db import migrations

SAY = """
    UPDATE visitors_arrival a SET party = r.code
    FROM conferences_reservationday d JOIN conferences_reservation r ON r.id = d.reservation_id
    WHERE a.code = d.code AND a.kind = 'conference'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0002_discounts_notes_and_mealtimes"),
        ("visitors", "0007_several_days_are_one_party"),
    ]
    operations = [migrations.RunSQL(SAY, migrations.RunSQL.noop)]
