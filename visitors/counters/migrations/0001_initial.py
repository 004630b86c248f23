import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('visitors', '0003_door_corrections'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=[('own', 'Our own format'), ('axis', 'Axis People Counter'), ('xovis', 'Xovis')], max_length=10, verbose_name='kind')),
                ('door', models.CharField(max_length=80, verbose_name='which door')),
                ('direction', models.CharField(choices=[('inwards', "The device's in is into the house"), ('outwards', "The device's in is out of the house")], default='inwards', max_length=10, verbose_name='direction')),
                ('line', models.CharField(blank=True, help_text='The name of the counting line in a Xovis sensor. Empty: every line it counts counts here.', max_length=80, verbose_name='line')),
                ('serial', models.CharField(blank=True, help_text='When given, what another serial number sends is refused.', max_length=40, verbose_name='serial number')),
                ('placed_from', models.DateField(verbose_name='in place from')),
                ('placed_until', models.DateField(blank=True, null=True, verbose_name='last day in place')),
                ('drift_tolerance_seconds', models.PositiveIntegerField(default=120, help_text='A clock that is more wrong than this is corrected for, and marked.', verbose_name='clock tolerance, seconds')),
                ('silence_minutes', models.PositiveIntegerField(default=90, help_text='A longer time without readings is marked as a gap.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='longest silence, minutes')),
                ('poll_address', models.CharField(blank=True, help_text='Scheme, host and port, for an Axis device that is asked instead of sending.', max_length=200, verbose_name='address to ask')),
                ('poll_user', models.CharField(blank=True, max_length=80, verbose_name='user to ask as')),
                ('poll_secret', models.SlugField(blank=True, help_text='The password itself is in the environment, as DOOR_COUNTER_SECRET_ and this name.', max_length=40, verbose_name='name of the password')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo')),
                ('device', models.OneToOneField(blank=True, help_text='Enrol it under Desk devices with the role Door counter; its key opens only this door.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='door_counter', to=settings.KNOX_TOKEN_MODEL, verbose_name='device')),
            ],
            options={
                'verbose_name': 'door counter',
                'verbose_name_plural': 'door counters',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_counter_per_name'), models.CheckConstraint(condition=models.Q(('placed_until__isnull', True), ('placed_until__gte', models.F('placed_from')), _connector='OR'), name='a_counter_is_taken_down_after_it_was_put_up'), models.CheckConstraint(condition=models.Q(('poll_address', ''), ('kind', 'axis'), _connector='OR'), name='only_an_axis_device_is_asked'), models.CheckConstraint(condition=models.Q(('silence_minutes__gt', 0)), name='a_silence_has_a_length')],
            },
        ),
        migrations.CreateModel(
            name='CounterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=[('own', 'Our own format'), ('axis', 'Axis People Counter'), ('xovis', 'Xovis')], max_length=10, verbose_name='kind')),
                ('door', models.CharField(max_length=80, verbose_name='which door')),
                ('direction', models.CharField(choices=[('inwards', "The device's in is into the house"), ('outwards', "The device's in is out of the house")], default='inwards', max_length=10, verbose_name='direction')),
                ('line', models.CharField(blank=True, help_text='The name of the counting line in a Xovis sensor. Empty: every line it counts counts here.', max_length=80, verbose_name='line')),
                ('serial', models.CharField(blank=True, help_text='When given, what another serial number sends is refused.', max_length=40, verbose_name='serial number')),
                ('placed_from', models.DateField(verbose_name='in place from')),
                ('placed_until', models.DateField(blank=True, null=True, verbose_name='last day in place')),
                ('drift_tolerance_seconds', models.PositiveIntegerField(default=120, help_text='A clock that is more wrong than this is corrected for, and marked.', verbose_name='clock tolerance, seconds')),
                ('silence_minutes', models.PositiveIntegerField(default=90, help_text='A longer time without readings is marked as a gap.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='longest silence, minutes')),
                ('poll_address', models.CharField(blank=True, help_text='Scheme, host and port, for an Axis device that is asked instead of sending.', max_length=200, verbose_name='address to ask')),
                ('poll_user', models.CharField(blank=True, max_length=80, verbose_name='user to ask as')),
                ('poll_secret', models.SlugField(blank=True, db_index=False, help_text='The password itself is in the environment, as DOOR_COUNTER_SECRET_ and this name.', max_length=40, verbose_name='name of the password')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo')),
                ('device', models.ForeignKey(blank=True, db_constraint=False, help_text='Enrol it under Desk devices with the role Door counter; its key opens only this door.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.KNOX_TOKEN_MODEL, verbose_name='device')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='counters.counter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.CharField(max_length=16)),
                ('payload', models.JSONField()),
                ('fingerprint', models.CharField(help_text='SHA-256 of the payload.', max_length=64)),
                ('clock_at', models.DateTimeField(help_text="The device's own time as it spoke.", null=True)),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='counters.counter')),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
            ],
            options={
                'verbose_name': 'delivery from a counter',
                'verbose_name_plural': 'deliveries from counters',
                'constraints': [models.UniqueConstraint(fields=('counter', 'fingerprint'), name='the_same_delivery_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('factor', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='factor')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('decided_at', models.DateTimeField(verbose_name='decided')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factors', to='counters.counter', verbose_name='door counter')),
            ],
            options={
                'verbose_name': 'correction factor',
                'verbose_name_plural': 'correction factors',
                'constraints': [models.CheckConstraint(condition=models.Q(('factor__gte', '0.1'), ('factor__lte', '5')), name='a_factor_is_plausible'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='a_factor_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_factor_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interval', 'Interval'), ('running', 'Running sum'), ('event', 'Passage')], max_length=10)),
                ('line', models.CharField(blank=True, max_length=80)),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField()),
                ('entered', models.PositiveIntegerField()),
                ('left', models.PositiveIntegerField()),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='counters.counter')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='counters.delivery')),
            ],
            options={
                'verbose_name': 'reading of a counter',
                'verbose_name_plural': 'readings of counters',
                'constraints': [models.UniqueConstraint(fields=('counter', 'ends_at', 'kind', 'line', 'starts_at', 'entered', 'left'), name='the_same_reading_is_kept_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'interval'), ('starts_at__isnull', False), ('starts_at__lt', models.F('ends_at'))), models.Q(('kind__in', ['running', 'event']), ('starts_at__isnull', True)), _connector='OR'), name='an_interval_has_two_ends_and_a_moment_one')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('entered', models.PositiveIntegerField(verbose_name='through the door')),
                ('corrected', models.PositiveIntegerField(verbose_name='through the door, corrected')),
                ('registered', models.IntegerField(verbose_name='registered')),
                ('heads', models.IntegerField(verbose_name='difference')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('approved_at', models.DateTimeField(verbose_name='approved')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('taken_back_reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reversal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='door_correction_taken_back', to='visitors.visit')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='door_correction', to='visitors.visit')),
            ],
            options={
                'verbose_name': 'door correction',
                'verbose_name_plural': 'door corrections',
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('day',), name='one_standing_correction_per_day'), models.CheckConstraint(condition=models.Q(('heads', django.db.models.expressions.CombinedExpression(models.F('corrected'), '-', models.F('registered'))), models.Q(('heads', 0), _negated=True)), name='a_correction_is_the_difference'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_correction_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('reversal__isnull', True), ('taken_back_at__isnull', True), ('taken_back_by__isnull', True), ('taken_back_reason', '')), models.Q(('reversal__isnull', False), ('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_reason', ''), _negated=True)), _connector='OR'), name='a_correction_taken_back_says_by_whom_and_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='76e8e5670b08fd180740e7237acd7727a3450628', operation='DELETE', pgid='pgtrigger_never_removed_864f2', table='counters_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='kept_as_approved', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."entered" IS DISTINCT FROM (NEW."entered") OR OLD."corrected" IS DISTINCT FROM (NEW."corrected") OR OLD."registered" IS DISTINCT FROM (NEW."registered") OR OLD."heads" IS DISTINCT FROM (NEW."heads") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."visit_id" IS DISTINCT FROM (NEW."visit_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='28e16cc65e221ae085e64a80d99ff9bb374be27f', operation='UPDATE', pgid='pgtrigger_kept_as_approved_f73ac', table='counters_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='taken_back_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."taken_back_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='130332edb04c38a9a57d28b9dd287ed0716fc2e7', operation='UPDATE', pgid='pgtrigger_taken_back_once_4b594', table='counters_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='counter',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "counters_counterevent" ("device_id", "direction", "door", "drift_tolerance_seconds", "id", "is_active", "is_demo", "kind", "line", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_from", "placed_until", "poll_address", "poll_secret", "poll_user", "serial", "silence_minutes") VALUES (NEW."device_id", NEW."direction", NEW."door", NEW."drift_tolerance_seconds", NEW."id", NEW."is_active", NEW."is_demo", NEW."kind", NEW."line", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placed_from", NEW."placed_until", NEW."poll_address", NEW."poll_secret", NEW."poll_user", NEW."serial", NEW."silence_minutes"); RETURN NULL;', hash='6405b25c2cdba42e967d4475609ff79c24c820ed', operation='INSERT', pgid='pgtrigger_insert_insert_e11f0', table='counters_counter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='counter',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "counters_counterevent" ("device_id", "direction", "door", "drift_tolerance_seconds", "id", "is_active", "is_demo", "kind", "line", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_from", "placed_until", "poll_address", "poll_secret", "poll_user", "serial", "silence_minutes") VALUES (NEW."device_id", NEW."direction", NEW."door", NEW."drift_tolerance_seconds", NEW."id", NEW."is_active", NEW."is_demo", NEW."kind", NEW."line", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placed_from", NEW."placed_until", NEW."poll_address", NEW."poll_secret", NEW."poll_user", NEW."serial", NEW."silence_minutes"); RETURN NULL;', hash='33268bc63b4ef4a8d4199fc97bfc734d6cc1bd98', operation='UPDATE', pgid='pgtrigger_update_update_88ed6', table='counters_counter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3dfc0332511ab4d7d7bd5011cb770981590b23d5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02093', table='counters_delivery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factor',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c742430643025a91f226774e8be8ae95deafc64', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a723', table='counters_factor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0749ad641d53d08584dc329ea4d87245e7ad3f2f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_25a3a', table='counters_reading', when='BEFORE')),
        ),
    ])
