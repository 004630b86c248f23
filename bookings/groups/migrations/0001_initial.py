import bookings.common.models
import django.contrib.postgres.fields
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
        ('directory', '0003_the_eight_municipalities'),
        ('house', '0003_groups_visit'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='GroupBooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('mail_language', models.CharField(default='sv', max_length=2, verbose_name='language of mails')),
                ('price_ore', models.PositiveIntegerField(verbose_name='price, öre')),
                ('status', models.CharField(choices=[('held', 'Waiting for the code'), ('confirmed', 'Confirmed'), ('cancelled', 'Cancelled'), ('lapsed', 'Lapsed')], max_length=10, verbose_name='status')),
                ('holds_until', models.DateTimeField(blank=True, null=True, verbose_name='held until')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('at_desk', models.BooleanField(default=False, verbose_name='made at the desk')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('group_name', models.CharField(max_length=80, verbose_name='name of the group')),
                ('heads', models.PositiveSmallIntegerField(verbose_name='participants')),
                ('adults', models.PositiveSmallIntegerField(default=0, verbose_name='accompanying adults')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('booked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('booked_device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.municipality')),
                ('occasion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='group_booking', to='house.occasion')),
            ],
            options={
                'verbose_name': 'group booking',
                'verbose_name_plural': 'group bookings',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupPackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('kind', models.CharField(choices=[('leisure', 'Leisure visit'), ('party', 'Birthday party'), ('other', 'Association or other group')], max_length=10, verbose_name='kind')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('summary_sv', models.CharField(max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(max_length=300, verbose_name='summary in English')),
                ('text_sv', models.TextField(blank=True, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('included_sv', models.TextField(blank=True, verbose_name='what is included, in Swedish')),
                ('included_en', models.TextField(blank=True, verbose_name='what is included, in English')),
                ('ages_sv', models.CharField(blank=True, max_length=80, verbose_name='age advice in Swedish')),
                ('ages_en', models.CharField(blank=True, max_length=80, verbose_name='age advice in English')),
                ('length_minutes', models.PositiveSmallIntegerField(verbose_name='length, minutes')),
                ('min_heads', models.PositiveSmallIntegerField(verbose_name='participants at least')),
                ('max_heads', models.PositiveSmallIntegerField(verbose_name='participants at most')),
                ('at_once', models.PositiveSmallIntegerField(default=1, verbose_name='groups at once')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='weekdays, Monday is 0')),
                ('times', django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), size=None, verbose_name='times it begins')),
                ('notice_days', models.PositiveSmallIntegerField(default=3, verbose_name='booked at least so many days ahead')),
                ('horizon_days', models.PositiveSmallIntegerField(default=120, verbose_name='booked at most so many days ahead')),
                ('needs_educator', models.BooleanField(default=False, verbose_name='led by an educator')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('educators', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='educators who can lead it')),
                ('rooms', models.ManyToManyField(related_name='+', to='house.room', verbose_name='rooms it can use')),
            ],
            options={
                'verbose_name': 'group package',
                'verbose_name_plural': 'group packages',
                'constraints': [models.CheckConstraint(condition=models.Q(('max_heads__gte', models.F('min_heads')), ('min_heads__gte', 1)), name='a_package_has_at_least_its_minimum'), models.CheckConstraint(condition=models.Q(('at_once__gte', 1), ('length_minutes__gte', 1)), name='a_package_takes_time_and_a_group'), models.CheckConstraint(condition=models.Q(('horizon_days__gte', models.F('notice_days'))), name='a_package_can_be_booked_some_day'), models.CheckConstraint(condition=models.Q(('kind__in', ['leisure', 'party', 'other'])), name='a_package_has_a_known_kind')],
            },
            bases=(bookings.common.models.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name='GroupBookingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=10, verbose_name='code')),
                ('mail_language', models.CharField(default='sv', max_length=2, verbose_name='language of mails')),
                ('price_ore', models.PositiveIntegerField(verbose_name='price, öre')),
                ('status', models.CharField(choices=[('held', 'Waiting for the code'), ('confirmed', 'Confirmed'), ('cancelled', 'Cancelled'), ('lapsed', 'Lapsed')], max_length=10, verbose_name='status')),
                ('holds_until', models.DateTimeField(blank=True, null=True, verbose_name='held until')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('at_desk', models.BooleanField(default=False, verbose_name='made at the desk')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('group_name', models.CharField(max_length=80, verbose_name='name of the group')),
                ('heads', models.PositiveSmallIntegerField(verbose_name='participants')),
                ('adults', models.PositiveSmallIntegerField(default=0, verbose_name='accompanying adults')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('booked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('booked_device', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.municipality')),
                ('occasion', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='house.occasion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='groups.groupbooking')),
                ('package', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='groups.grouppackage')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='groupbooking',
            name='package',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='groups.grouppackage'),
        ),
        migrations.CreateModel(
            name='GroupPackageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False)),
                ('kind', models.CharField(choices=[('leisure', 'Leisure visit'), ('party', 'Birthday party'), ('other', 'Association or other group')], max_length=10, verbose_name='kind')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('summary_sv', models.CharField(max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(max_length=300, verbose_name='summary in English')),
                ('text_sv', models.TextField(blank=True, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('included_sv', models.TextField(blank=True, verbose_name='what is included, in Swedish')),
                ('included_en', models.TextField(blank=True, verbose_name='what is included, in English')),
                ('ages_sv', models.CharField(blank=True, max_length=80, verbose_name='age advice in Swedish')),
                ('ages_en', models.CharField(blank=True, max_length=80, verbose_name='age advice in English')),
                ('length_minutes', models.PositiveSmallIntegerField(verbose_name='length, minutes')),
                ('min_heads', models.PositiveSmallIntegerField(verbose_name='participants at least')),
                ('max_heads', models.PositiveSmallIntegerField(verbose_name='participants at most')),
                ('at_once', models.PositiveSmallIntegerField(default=1, verbose_name='groups at once')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='weekdays, Monday is 0')),
                ('times', django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), size=None, verbose_name='times it begins')),
                ('notice_days', models.PositiveSmallIntegerField(default=3, verbose_name='booked at least so many days ahead')),
                ('horizon_days', models.PositiveSmallIntegerField(default=120, verbose_name='booked at most so many days ahead')),
                ('needs_educator', models.BooleanField(default=False, verbose_name='led by an educator')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='groups.grouppackage')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PackagePrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField(verbose_name='from date')),
                ('per_head_ore', models.PositiveIntegerField(default=0, verbose_name='per participant, öre')),
                ('per_group_ore', models.PositiveIntegerField(default=0, verbose_name='per group, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(default=60, verbose_name='VAT, per mille')),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='groups.grouppackage')),
            ],
            options={
                'verbose_name': 'package price',
                'verbose_name_plural': 'package prices',
                'ordering': ['from_date'],
                'constraints': [models.UniqueConstraint(fields=('package', 'from_date'), name='one_price_per_package_and_date'), models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='a_packages_vat_is_a_swedish_rate')],
            },
        ),
        migrations.CreateModel(
            name='PackagePriceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_date', models.DateField(verbose_name='from date')),
                ('per_head_ore', models.PositiveIntegerField(default=0, verbose_name='per participant, öre')),
                ('per_group_ore', models.PositiveIntegerField(default=0, verbose_name='per group, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(default=60, verbose_name='VAT, per mille')),
                ('package', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='groups.grouppackage')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='groups.packageprice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='groupbooking',
            index=models.Index(condition=models.Q(('holds_until__isnull', False)), fields=['holds_until'], name='groupbooking_holds_by_end'),
        ),
        migrations.AddConstraint(
            model_name='groupbooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holds_until__isnull', False), ('status', 'held')), models.Q(models.Q(('status', 'held'), _negated=True), ('holds_until__isnull', True)), _connector='OR'), name='only_a_hold_has_an_end_groupbooking'),
        ),
        migrations.AddConstraint(
            model_name='groupbooking',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['held', 'confirmed', 'cancelled', 'lapsed'])), name='a_known_status_groupbooking'),
        ),
        migrations.AddConstraint(
            model_name='groupbooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='confirmed_says_when_groupbooking'),
        ),
        migrations.AddConstraint(
            model_name='groupbooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_at__isnull', False), _connector='OR'), name='cancelled_says_when_groupbooking'),
        ),
        migrations.AddConstraint(
            model_name='groupbooking',
            constraint=models.CheckConstraint(condition=models.Q(('at_desk', True), models.Q(('contact_email', ''), _negated=True), _connector='OR'), name='who_books_is_reached_groupbooking'),
        ),
        migrations.AddConstraint(
            model_name='groupbooking',
            constraint=models.CheckConstraint(condition=models.Q(('adults__lte', 200), ('heads__gte', 1), ('heads__lte', 500)), name='a_group_has_participants'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppackage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "groups_grouppackageevent" ("ages_en", "ages_sv", "at_once", "horizon_days", "id", "included_en", "included_sv", "is_demo", "is_published", "kind", "length_minutes", "max_heads", "min_heads", "needs_educator", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_sv", "text_en", "text_sv", "times", "title_en", "title_sv", "weekdays") VALUES (NEW."ages_en", NEW."ages_sv", NEW."at_once", NEW."horizon_days", NEW."id", NEW."included_en", NEW."included_sv", NEW."is_demo", NEW."is_published", NEW."kind", NEW."length_minutes", NEW."max_heads", NEW."min_heads", NEW."needs_educator", NEW."notice_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."summary_en", NEW."summary_sv", NEW."text_en", NEW."text_sv", NEW."times", NEW."title_en", NEW."title_sv", NEW."weekdays"); RETURN NULL;', hash='2854c4a0b8e4d3b424bb82558a68813a40a143a5', operation='INSERT', pgid='pgtrigger_insert_insert_d8e06', table='groups_grouppackage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouppackage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "groups_grouppackageevent" ("ages_en", "ages_sv", "at_once", "horizon_days", "id", "included_en", "included_sv", "is_demo", "is_published", "kind", "length_minutes", "max_heads", "min_heads", "needs_educator", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_sv", "text_en", "text_sv", "times", "title_en", "title_sv", "weekdays") VALUES (NEW."ages_en", NEW."ages_sv", NEW."at_once", NEW."horizon_days", NEW."id", NEW."included_en", NEW."included_sv", NEW."is_demo", NEW."is_published", NEW."kind", NEW."length_minutes", NEW."max_heads", NEW."min_heads", NEW."needs_educator", NEW."notice_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."summary_en", NEW."summary_sv", NEW."text_en", NEW."text_sv", NEW."times", NEW."title_en", NEW."title_sv", NEW."weekdays"); RETURN NULL;', hash='4790ba4187c0c5dec34e27bf0c92091642e6925e', operation='UPDATE', pgid='pgtrigger_update_update_b8ab5', table='groups_grouppackage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupbooking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "groups_groupbookingevent" ("adults", "at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "code", "confirmed_at", "created_at", "group_name", "heads", "holds_until", "id", "mail_language", "municipality_id", "occasion_id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "status", "vat_permille", "version") VALUES (NEW."adults", NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."group_name", NEW."heads", NEW."holds_until", NEW."id", NEW."mail_language", NEW."municipality_id", NEW."occasion_id", NEW."package_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_ore", NEW."status", NEW."vat_permille", NEW."version"); RETURN NULL;', hash='0d8e704db9601e54dd68de8928d804723763efdb', operation='INSERT', pgid='pgtrigger_insert_insert_c6394', table='groups_groupbooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupbooking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adults" IS DISTINCT FROM (NEW."adults") OR OLD."at_desk" IS DISTINCT FROM (NEW."at_desk") OR OLD."booked_by_id" IS DISTINCT FROM (NEW."booked_by_id") OR OLD."booked_device_id" IS DISTINCT FROM (NEW."booked_device_id") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."group_name" IS DISTINCT FROM (NEW."group_name") OR OLD."heads" IS DISTINCT FROM (NEW."heads") OR OLD."holds_until" IS DISTINCT FROM (NEW."holds_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mail_language" IS DISTINCT FROM (NEW."mail_language") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."occasion_id" IS DISTINCT FROM (NEW."occasion_id") OR OLD."package_id" IS DISTINCT FROM (NEW."package_id") OR OLD."price_ore" IS DISTINCT FROM (NEW."price_ore") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."vat_permille" IS DISTINCT FROM (NEW."vat_permille") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "groups_groupbookingevent" ("adults", "at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "code", "confirmed_at", "created_at", "group_name", "heads", "holds_until", "id", "mail_language", "municipality_id", "occasion_id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "status", "vat_permille", "version") VALUES (NEW."adults", NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."group_name", NEW."heads", NEW."holds_until", NEW."id", NEW."mail_language", NEW."municipality_id", NEW."occasion_id", NEW."package_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_ore", NEW."status", NEW."vat_permille", NEW."version"); RETURN NULL;', hash='0dc3290e71c501b10e8350291a8d59b64adf84ce', operation='UPDATE', pgid='pgtrigger_update_update_8fb04', table='groups_groupbooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packageprice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "groups_packagepriceevent" ("from_date", "id", "package_id", "per_group_ore", "per_head_ore", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vat_permille") VALUES (NEW."from_date", NEW."id", NEW."package_id", NEW."per_group_ore", NEW."per_head_ore", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."vat_permille"); RETURN NULL;', hash='ef963603a8bd64d1a2e9edeb1be59a7224492fe8', operation='INSERT', pgid='pgtrigger_insert_insert_ad3e1', table='groups_packageprice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packageprice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "groups_packagepriceevent" ("from_date", "id", "package_id", "per_group_ore", "per_head_ore", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vat_permille") VALUES (NEW."from_date", NEW."id", NEW."package_id", NEW."per_group_ore", NEW."per_head_ore", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."vat_permille"); RETURN NULL;', hash='f074dffba50c70c062b2a346492e7c6684193153', operation='UPDATE', pgid='pgtrigger_update_update_0fd50', table='groups_packageprice', when='AFTER')),
        ),
    ])
