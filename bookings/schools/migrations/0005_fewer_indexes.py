"""Indexes that nobody asks for go (docs/adr/0015): of prefixes of codes and keys, and of who and where."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_contacts_are_written_to_in_their_language'),
        ('house', '0004_an_option_ends'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('school_bookings', '0004_what_is_taken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together([
        migrations.AlterField(
            model_name='schoolbooking',
            name='booked_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='schoolbooking',
            name='code',
            field=models.CharField(max_length=10, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='schoolbooking',
            name='session',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='school_bookings.session'),
        ),
        migrations.AlterField(
            model_name='schoolbookingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddConstraint(
            model_name='schoolbooking',
            constraint=models.UniqueConstraint(fields=('code',), name='one_booking_per_code'),
        ),
    ])
