import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
        ('visitors', '0002_ledger_held_by_the_database'),
    ]

    operations = together([
        migrations.CreateModel(
            name='AssemblyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('text_sv', models.CharField(max_length=300, verbose_name='in Swedish')),
                ('text_en', models.CharField(blank=True, max_length=300, verbose_name='in English')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
            ],
            options={
                'verbose_name': 'line of the evacuation list',
                'verbose_name_plural': 'lines of the evacuation list',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AssemblyNoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('text_sv', models.CharField(max_length=300, verbose_name='in Swedish')),
                ('text_en', models.CharField(blank=True, max_length=300, verbose_name='in English')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='safety.assemblynote')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EvacuationListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('heads', models.PositiveIntegerField(help_text='Before what was done.', verbose_name='in the house')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
            ],
            options={
                'verbose_name': 'opened evacuation list',
                'verbose_name_plural': 'opened evacuation lists',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HouseLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heads', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='people at most')),
                ('warn_percent', models.PositiveSmallIntegerField(default=85, help_text='The desk is warned when so much of the limit is reached.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='warn from, per cent')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='valid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='decision or source')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
            ],
            options={
                'verbose_name': 'limit of the house',
                'verbose_name_plural': 'limits of the house',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('valid', '&&')], name='one_house_limit_at_a_time'), models.CheckConstraint(condition=models.Q(('heads__gt', 0)), name='a_house_limit_lets_somebody_in'), models.CheckConstraint(condition=models.Q(('warn_percent__gte', 1), ('warn_percent__lte', 100)), name='a_warning_is_a_share'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='a_house_limit_is_valid_for_a_while')],
            },
        ),
        migrations.CreateModel(
            name='HouseLimitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('heads', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='people at most')),
                ('warn_percent', models.PositiveSmallIntegerField(default=85, help_text='The desk is warned when so much of the limit is reached.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='warn from, per cent')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='valid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='decision or source')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='safety.houselimit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LimitOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('heads', models.PositiveIntegerField(help_text='Before what was done.', verbose_name='in the house')),
                ('coming', models.PositiveIntegerField(verbose_name='let in')),
                ('limit', models.PositiveIntegerField(verbose_name='limit')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('category', models.CharField(blank=True, max_length=16, verbose_name='category')),
                ('arrival', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visitors.arrival')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
            ],
            options={
                'verbose_name': 'entry beyond the limit',
                'verbose_name_plural': 'entries beyond the limit',
                'abstract': False,
                'indexes': [models.Index(fields=['at'], name='override_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_entry_beyond_the_limit_says_why'), models.CheckConstraint(condition=models.Q(('limit__lt', django.db.models.expressions.CombinedExpression(models.F('heads'), '+', models.F('coming')))), name='an_entry_beyond_the_limit_is_beyond_it'), models.CheckConstraint(condition=models.Q(('by__isnull', False), ('device__isnull', False), _connector='OR'), name='an_entry_beyond_the_limit_says_by_whom')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assemblynote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "safety_assemblynoteevent" ("id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text_en", "text_sv") VALUES (NEW."id", NEW."is_demo", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."text_en", NEW."text_sv"); RETURN NULL;', hash='16c087caa38fdd2955423a978662e24ca4d2309b', operation='INSERT', pgid='pgtrigger_insert_insert_bad97', table='safety_assemblynote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assemblynote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "safety_assemblynoteevent" ("id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text_en", "text_sv") VALUES (NEW."id", NEW."is_demo", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."text_en", NEW."text_sv"); RETURN NULL;', hash='52b948a26ab32958dac8165ade384aa96ca56bcf', operation='UPDATE', pgid='pgtrigger_update_update_26963', table='safety_assemblynote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='houselimit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "safety_houselimitevent" ("heads", "id", "is_demo", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid", "warn_percent") VALUES (NEW."heads", NEW."id", NEW."is_demo", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid", NEW."warn_percent"); RETURN NULL;', hash='e311f13c098c9309075d1690a4023b497ac8d69f', operation='INSERT', pgid='pgtrigger_insert_insert_cee7e', table='safety_houselimit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='houselimit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "safety_houselimitevent" ("heads", "id", "is_demo", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid", "warn_percent") VALUES (NEW."heads", NEW."id", NEW."is_demo", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid", NEW."warn_percent"); RETURN NULL;', hash='146c1084cb95c294564cb9a4a6d3a8874b208cf1', operation='UPDATE', pgid='pgtrigger_update_update_63329', table='safety_houselimit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evacuationlisting',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='241b44522591e90a94cda0a557d330479e64a79a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_111ea', table='safety_evacuationlisting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='limitoverride',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='348dbbc7c84f7b99f6cc3bd47d1083ca0d42a620', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37cf1', table='safety_limitoverride', when='BEFORE')),
        ),
    ])
