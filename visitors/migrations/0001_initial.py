import django.db.models.deletion
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
        ('directory', '0001_initial'),
        ('house', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('school_session', 'School programme'), ('lunch', 'Lunch sitting'), ('course_day', 'Course'), ('club_meeting', 'Leisure group'), ('conference', 'Conference'), ('public', 'Open to the public'), ('internal', 'Internal')], max_length=16, verbose_name='kind')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('label', models.CharField(max_length=160, verbose_name='who')),
                ('participant_category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation')], max_length=16)),
                ('adult_category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation')], max_length=16)),
                ('booked_participants', models.PositiveIntegerField(verbose_name='booked')),
                ('expected_participants', models.PositiveIntegerField(verbose_name='expected')),
                ('expected_adults', models.PositiveIntegerField(default=0, verbose_name='adults')),
                ('needs', models.JSONField(default=dict, help_text='Coded need -> how many; never names.', verbose_name='access needs')),
                ('bus_at', models.TimeField(blank=True, null=True, verbose_name='bus arrives')),
                ('lunch_at', models.DateTimeField(blank=True, null=True, verbose_name='lunch')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('status', models.CharField(choices=[('expected', 'Expected'), ('cancelled', 'Cancelled'), ('no_show', 'Did not come')], default='expected', max_length=10, verbose_name='status')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='directory.municipality')),
                ('occasion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='house.occasion')),
            ],
            options={
                'verbose_name': 'arrival',
                'verbose_name_plural': 'arrivals',
                'indexes': [models.Index(fields=['starts_at'], name='arrival_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='an_arrival_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participants', models.PositiveIntegerField(verbose_name='participants')),
                ('adults', models.PositiveIntegerField(default=0, verbose_name='adults')),
                ('checked_in_at', models.DateTimeField(verbose_name='checked in')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('arrival', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='visitors.arrival')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'check-in',
                'verbose_name_plural': 'check-ins',
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('arrival',), name='one_standing_check_in_per_arrival'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('undone_at__gte', models.F('checked_in_at')), _connector='OR'), name='a_check_in_is_undone_after_it_was_done'), models.CheckConstraint(condition=models.Q(('participants__gt', 0), ('adults__gt', 0), _connector='OR'), name='somebody_was_checked_in')],
            },
        ),
        migrations.CreateModel(
            name='CountingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('indicator', models.CharField(choices=[('pupils', 'Pupils on school programmes'), ('educators', 'Individuals in competence development'), ('visitors', 'Visitors in total'), ('leisure', 'Children and young people in meaningful leisure'), ('conferences', 'Meetings and conferences')], max_length=12, verbose_name='indicator')),
                ('category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation')], max_length=16, verbose_name='category')),
                ('counts', models.BooleanField(verbose_name='counts')),
            ],
            options={
                'verbose_name': 'counting rule',
                'verbose_name_plural': 'counting rules',
                'constraints': [models.UniqueConstraint(fields=('year', 'indicator', 'category'), name='one_rule_per_year_indicator_and_category')],
            },
        ),
        migrations.CreateModel(
            name='CountingRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('indicator', models.CharField(choices=[('pupils', 'Pupils on school programmes'), ('educators', 'Individuals in competence development'), ('visitors', 'Visitors in total'), ('leisure', 'Children and young people in meaningful leisure'), ('conferences', 'Meetings and conferences')], max_length=12, verbose_name='indicator')),
                ('category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation')], max_length=16, verbose_name='category')),
                ('counts', models.BooleanField(verbose_name='counts')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visitors.countingrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('indicator', models.CharField(choices=[('pupils', 'Pupils on school programmes'), ('educators', 'Individuals in competence development'), ('visitors', 'Visitors in total'), ('leisure', 'Children and young people in meaningful leisure'), ('conferences', 'Meetings and conferences')], max_length=12, verbose_name='indicator')),
                ('value', models.PositiveIntegerField(verbose_name='target')),
            ],
            options={
                'verbose_name': 'target',
                'verbose_name_plural': 'targets',
                'constraints': [models.UniqueConstraint(fields=('year', 'indicator'), name='one_target_per_year_and_indicator')],
            },
        ),
        migrations.CreateModel(
            name='TargetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('indicator', models.CharField(choices=[('pupils', 'Pupils on school programmes'), ('educators', 'Individuals in competence development'), ('visitors', 'Visitors in total'), ('leisure', 'Children and young people in meaningful leisure'), ('conferences', 'Meetings and conferences')], max_length=12, verbose_name='indicator')),
                ('value', models.PositiveIntegerField(verbose_name='target')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visitors.target')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='came')),
                ('day', models.DateField(verbose_name='day')),
                ('leaves_at', models.DateTimeField(verbose_name='expected to leave')),
                ('category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation')], max_length=16, verbose_name='category')),
                ('count', models.IntegerField(verbose_name='heads')),
                ('source', models.CharField(choices=[('desk', 'Desk'), ('list', 'Attendance list'), ('counter', 'Door counter correction'), ('import', 'Import')], max_length=10, verbose_name='source')),
                ('person', models.CharField(blank=True, max_length=64, verbose_name='pseudonym')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='visitors.checkin')),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.municipality')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='visitors.visit')),
            ],
            options={
                'verbose_name': 'visit',
                'verbose_name_plural': 'visits',
                'indexes': [models.Index(fields=['day', 'category'], include=('count', 'municipality'), name='visit_by_day_and_category')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('count__gt', 0), ('reverses__isnull', True)), models.Q(('count__lt', 0), ('reverses__isnull', False)), models.Q(('source', 'counter'), models.Q(('count', 0), _negated=True)), _connector='OR'), name='only_a_reversal_or_a_correction_counts_below_zero'), models.CheckConstraint(condition=models.Q(('count__gte', -100000), ('count__lte', 100000)), name='a_head_count_is_plausible')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countingrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "visitors_countingruleevent" ("category", "counts", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."category", NEW."counts", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."year"); RETURN NULL;', hash='f5c949e0bbc71a96a2281be11a43b29b865bb432', operation='INSERT', pgid='pgtrigger_insert_insert_b9ea4', table='visitors_countingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countingrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "visitors_countingruleevent" ("category", "counts", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."category", NEW."counts", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."year"); RETURN NULL;', hash='ff30f0edfa88cdfa0df67fa2752972de121b076f', operation='UPDATE', pgid='pgtrigger_update_update_18776', table='visitors_countingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "visitors_targetevent" ("id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value", NEW."year"); RETURN NULL;', hash='0e6e1fc7401be80fea2a5bf13bb8e4df3610690b', operation='INSERT', pgid='pgtrigger_insert_insert_7ab11', table='visitors_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "visitors_targetevent" ("id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."value", NEW."year"); RETURN NULL;', hash='bfa8af891566b433792d85683844806fecef2227', operation='UPDATE', pgid='pgtrigger_update_update_a18db', table='visitors_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='visit',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d4db36342f245662d3157db3fb70e6fb8377abcf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ab2b', table='visitors_visit', when='BEFORE')),
        ),
    ])
