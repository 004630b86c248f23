import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import navet.house.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
            ],
            options={
                'verbose_name': 'cell',
                'verbose_name_plural': 'cells',
            },
        ),
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('school_session', 'School programme'), ('lunch', 'Lunch sitting'), ('course_day', 'Course'), ('club_meeting', 'Leisure group'), ('conference', 'Conference'), ('public', 'Open to the public'), ('internal', 'Internal')], max_length=16, verbose_name='kind')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='period')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('max_groups', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='groups at most')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('cancelled', 'Called off')], default='planned', max_length=10, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=1)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'occasion',
                'verbose_name_plural': 'occasions',
                'indexes': [models.Index(fields=['kind', 'period'], name='occasion_by_kind_and_time'), models.Index(fields=['period'], name='occasion_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('period__endswith__isnull', False), ('period__isempty', False), ('period__startswith__isnull', False)), name='occasion_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('status', 'planned')), models.Q(('cancelled_at__isnull', False), ('status', 'cancelled')), _connector='OR'), name='a_cancelled_occasion_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='period')),
                ('holds', models.BooleanField(default=True)),
                ('educator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL)),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='house.occasion')),
            ],
            options={
                'verbose_name': 'duty',
                'verbose_name_plural': 'duties',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('holds', True)), expressions=[(navet.house.models.OnePoint('educator_id'), '&&'), ('period', '&&')], name='one_educator_in_one_place_at_a_time'), models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='a_duty_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='OccasionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('school_session', 'School programme'), ('lunch', 'Lunch sitting'), ('course_day', 'Course'), ('club_meeting', 'Leisure group'), ('conference', 'Conference'), ('public', 'Open to the public'), ('internal', 'Internal')], max_length=16, verbose_name='kind')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='period')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('max_groups', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='groups at most')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('cancelled', 'Called off')], default='planned', max_length=10, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=1)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='house.occasion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('season', models.CharField(max_length=60, verbose_name='season')),
                ('audience', models.CharField(choices=[('house', 'Schools and bookings'), ('public', 'Public')], default='house', max_length=10, verbose_name='audience')),
                ('days', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='days')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='weekday, Monday is 0')),
                ('opens', models.TimeField(verbose_name='opens')),
                ('closes', models.TimeField(verbose_name='closes')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
            ],
            options={
                'verbose_name': 'opening hours',
                'verbose_name_plural': 'opening hours',
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='a_week_has_seven_days'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='the_house_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name_sv', models.CharField(max_length=60, verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=60, verbose_name='name in English')),
                ('turnaround_minutes', models.PositiveSmallIntegerField(default=15, verbose_name='turnaround, minutes')),
                ('is_lunch_room', models.BooleanField(default=False, verbose_name='lunch room')),
                ('step_free', models.BooleanField(default=True, verbose_name='step-free')),
                ('hearing_loop', models.BooleanField(default=False, verbose_name='hearing loop')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('cells', models.ManyToManyField(related_name='rooms', to='house.cell', verbose_name='cells')),
            ],
            options={
                'verbose_name': 'room',
                'verbose_name_plural': 'rooms',
            },
        ),
        migrations.CreateModel(
            name='Furnishing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('theatre', 'Theatre'), ('classroom', 'Classroom'), ('u', 'U-shape'), ('groups', 'Groups'), ('cafe', 'Café'), ('standing', 'Standing')], max_length=12, verbose_name='furnishing')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='capacity')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='furnishings', to='house.room')),
            ],
            options={
                'verbose_name': 'furnishing',
                'verbose_name_plural': 'furnishings',
                'constraints': [models.UniqueConstraint(fields=('room', 'kind'), name='one_capacity_per_room_and_furnishing'), models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='a_furnishing_seats_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='days')),
                ('reason', models.CharField(max_length=120, verbose_name='reason')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='house.room')),
            ],
            options={
                'verbose_name': 'closure',
                'verbose_name_plural': 'closures',
            },
        ),
        migrations.CreateModel(
            name='RoomUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='period')),
                ('holds', models.BooleanField(default=True)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='house.cell')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_uses', to='house.occasion')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='house.room')),
            ],
            options={
                'verbose_name': 'room use',
                'verbose_name_plural': 'room uses',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('holds', True)), expressions=[(navet.house.models.OnePoint('cell_id'), '&&'), ('period', '&&')], name='one_party_in_a_cell_at_a_time'), models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='a_room_use_ends_after_it_starts')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='occasion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "house_occasionevent" ("cancel_reason", "cancelled_at", "capacity", "created_at", "created_by_id", "id", "kind", "max_groups", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "title_en", "title_sv", "version") VALUES (NEW."cancel_reason", NEW."cancelled_at", NEW."capacity", NEW."created_at", NEW."created_by_id", NEW."id", NEW."kind", NEW."max_groups", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."title_en", NEW."title_sv", NEW."version"); RETURN NULL;', hash='43530eeec000d613037cac5f03cc709b3b3caa4c', operation='INSERT', pgid='pgtrigger_insert_insert_37ddb', table='house_occasion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='occasion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "house_occasionevent" ("cancel_reason", "cancelled_at", "capacity", "created_at", "created_by_id", "id", "kind", "max_groups", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "title_en", "title_sv", "version") VALUES (NEW."cancel_reason", NEW."cancelled_at", NEW."capacity", NEW."created_at", NEW."created_by_id", NEW."id", NEW."kind", NEW."max_groups", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."title_en", NEW."title_sv", NEW."version"); RETURN NULL;', hash='a97586edddc4319dd70b91c908dae915f3b53db3', operation='UPDATE', pgid='pgtrigger_update_update_f83a2', table='house_occasion', when='AFTER')),
        ),
    ])
