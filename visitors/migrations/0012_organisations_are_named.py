"""An arrival says whether the name it is labelled by is an organisation's."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('visitors', '0011_who_is_in_the_house_by_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='arrival',
            name='is_organisation',
            field=models.BooleanField(db_default=False, default=False, verbose_name='an organisation'),
        ),
    ]
