"""Indexes that nobody asks for go (docs/adr/0015): of prefixes of codes and keys, and of who and where."""

import django.db.models.deletion
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_contacts_are_written_to_in_their_language'),
        ('house', '0004_an_option_ends'),
        ('visitors', '0012_organisations_are_named'),
    ]

    operations = together([
        migrations.AlterField(
            model_name='arrival',
            name='code',
            field=models.CharField(max_length=10, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='arrival',
            name='municipality',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='directory.municipality'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('code',), name='one_arrival_per_code'),
        ),
    ])
