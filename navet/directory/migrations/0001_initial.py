import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Organiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('organisation_number', models.CharField(max_length=10, unique=True, verbose_name='organisation number')),
                ('kind', models.CharField(choices=[('KOMMUN', 'Municipal'), ('ENSKILD', 'Independent'), ('REGION', 'Region'), ('STAT', 'State')], max_length=10, verbose_name='kind')),
            ],
            options={
                'verbose_name': 'organiser',
                'verbose_name_plural': 'organisers',
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('organisation_number', models.CharField(blank=True, max_length=10, verbose_name='organisation number')),
                ('in_sjuharad', models.BooleanField(default=False, verbose_name='in Sjuhärad')),
            ],
            options={
                'verbose_name': 'municipality',
                'verbose_name_plural': 'municipalities',
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{4}$')), name='municipality_code_is_four_digits')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('includes_independent', models.BooleanField(default=False, verbose_name='also covers independent schools in the municipality')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='valid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='directory.municipality', verbose_name='municipality')),
                ('organiser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='directory.organiser', verbose_name='organiser')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'constraints': [models.CheckConstraint(condition=models.Q(('municipality__isnull', True), ('organiser__isnull', True), _connector='XOR'), name='an_agreement_is_with_a_municipality_or_an_organiser'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('municipality__isnull', False)), expressions=[(models.Func(models.F('municipality_id'), models.F('municipality_id'), models.Value('[]'), function='int8range'), '&&'), ('valid', '&&')], name='one_agreement_with_a_municipality_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('organiser__isnull', False)), expressions=[(models.Func(models.F('organiser_id'), models.F('organiser_id'), models.Value('[]'), function='int8range'), '&&'), ('valid', '&&')], name='one_agreement_with_an_organiser_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='AgreementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('includes_independent', models.BooleanField(default=False, verbose_name='also covers independent schools in the municipality')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='valid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.agreement')),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.municipality', verbose_name='municipality')),
                ('organiser', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organiser', verbose_name='organiser')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SchoolUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=8, null=True, unique=True, verbose_name='school unit code')),
                ('kind', models.CharField(choices=[('school', 'School'), ('preschool', 'Preschool')], default='school', max_length=10, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('FSK', 'Preschool'), ('FKLASS', 'Preschool class'), ('GR', 'Compulsory school'), ('GRAN', 'Adapted compulsory school'), ('SP', 'Special school'), ('SAM', 'Sami school'), ('GY', 'Upper secondary school'), ('GYAN', 'Adapted upper secondary school'), ('VUX', 'Adult education'), ('FTH', 'School-age educare'), ('OPPFTH', 'Open school-age educare')], max_length=6), default=list, size=None, verbose_name='school forms')),
                ('grades', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('FSK', 'Preschool'), ('F', 'Preschool class (F)'), ('1', 'Year 1'), ('2', 'Year 2'), ('3', 'Year 3'), ('4', 'Year 4'), ('5', 'Year 5'), ('6', 'Year 6'), ('7', 'Year 7'), ('8', 'Year 8'), ('9', 'Year 9'), ('GY', 'Upper secondary'), ('AN', 'Adapted school'), ('VUX', 'Adult education')], max_length=4), default=list, size=None, verbose_name='grades')),
                ('status', models.CharField(choices=[('AKTIV', 'Active'), ('VILANDE', 'Dormant'), ('UPPHORT', 'Closed'), ('PLANERAD', 'Planned')], default='AKTIV', max_length=10, verbose_name='status')),
                ('street_address', models.CharField(blank=True, max_length=120, verbose_name='street address')),
                ('postal_code', models.CharField(blank=True, max_length=6, verbose_name='postal code')),
                ('locality', models.CharField(blank=True, max_length=60, verbose_name='locality')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('pupils', models.PositiveIntegerField(blank=True, null=True, verbose_name='pupils')),
                ('closed_date', models.DateField(blank=True, null=True, verbose_name='closed')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='directory.municipality', verbose_name='municipality')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='directory.organiser', verbose_name='organiser')),
            ],
            options={
                'verbose_name': 'school unit',
                'verbose_name_plural': 'school units',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('code__isnull', True), ('kind', 'preschool')), models.Q(('code__regex', '^\\d{8}$'), ('kind', 'school')), _connector='OR'), name='a_school_has_an_eight_digit_code_and_a_preschool_none'), models.UniqueConstraint(condition=models.Q(('kind', 'preschool')), fields=('name', 'municipality'), name='one_preschool_of_a_name_in_a_municipality')],
            },
        ),
        migrations.CreateModel(
            name='SchoolPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('term', 'Term'), ('break', 'School break'), ('staff_day', 'Staff day'), ('school_day', 'School day')], max_length=10, verbose_name='kind')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('days', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='days')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='school_periods', to='directory.municipality')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='directory.schoolunit')),
            ],
            options={
                'verbose_name': 'school period',
                'verbose_name_plural': 'school periods',
                'constraints': [models.CheckConstraint(condition=models.Q(('municipality__isnull', True), ('school__isnull', True), _connector='XOR'), name='a_school_period_is_a_municipalitys_or_a_schools')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('invitations', models.BooleanField(default=False, verbose_name='wants invitations')),
                ('last_seen_date', models.DateField(verbose_name='last seen')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.schoolunit')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'constraints': [models.UniqueConstraint(fields=('school', 'email'), name='one_contact_per_address_and_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "directory_agreementevent" ("id", "includes_independent", "is_demo", "municipality_id", "note", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."id", NEW."includes_independent", NEW."is_demo", NEW."municipality_id", NEW."note", NEW."organiser_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid"); RETURN NULL;', hash='7407dd015dd0723bffb82090ab0ff3bd3b32b095', operation='INSERT', pgid='pgtrigger_insert_insert_530ba', table='directory_agreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "directory_agreementevent" ("id", "includes_independent", "is_demo", "municipality_id", "note", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."id", NEW."includes_independent", NEW."is_demo", NEW."municipality_id", NEW."note", NEW."organiser_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid"); RETURN NULL;', hash='7e51409161d16f8e44d6338e0dca825d2e5b8b8c', operation='UPDATE', pgid='pgtrigger_update_update_0a609', table='directory_agreement', when='AFTER')),
        ),
    ])
