"""Indexes that nobody asks for go (docs/adr/0015): of prefixes of codes and keys, and of who and where."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0003_who_wants_no_more'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together([
        migrations.AlterField(
            model_name='effect',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retried or withdrawn by'),
        ),
        migrations.AlterField(
            model_name='effect',
            name='key',
            field=models.CharField(max_length=200, verbose_name='key'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.UniqueConstraint(fields=('key',), name='one_effect_per_key'),
        ),
    ])
