import bookings.common.models
import django.contrib.postgres.fields
import django.db.models.deletion
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
        ('directory', '0003_the_eight_municipalities'),
        ('house', '0004_an_option_ends'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('visitors', '0007_several_days_are_one_party'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('summary_sv', models.CharField(max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(max_length=300, verbose_name='summary in English')),
                ('text_sv', models.TextField(blank=True, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('field', models.CharField(choices=[('ai', 'AI for educators'), ('programming', 'Programming and digital tools'), ('science', 'Science'), ('technology', 'Technology'), ('mathematics', 'Mathematics'), ('sustainability', 'Sustainability'), ('other', 'Other')], max_length=16, verbose_name='what it is about')),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('FSK', 'Preschool'), ('FKLASS', 'Preschool class'), ('GR', 'Compulsory school'), ('GRAN', 'Adapted compulsory school'), ('SP', 'Special school'), ('SAM', 'Sami school'), ('GY', 'Upper secondary school'), ('GYAN', 'Adapted upper secondary school'), ('VUX', 'Adult education'), ('FTH', 'School-age educare'), ('OPPFTH', 'Open school-age educare')], max_length=6), default=list, size=None, verbose_name='for educators in')),
                ('price_ore', models.PositiveIntegerField(default=0, verbose_name='price per person outside agreements, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(default=250, verbose_name='VAT, per mille')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
            ],
            options={
                'verbose_name': 'course',
                'verbose_name_plural': 'courses',
                'constraints': [models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='a_courses_vat_is_a_swedish_rate'), models.CheckConstraint(condition=models.Q(('field__in', ['ai', 'programming', 'science', 'technology', 'mathematics', 'sustainability', 'other'])), name='a_course_is_about_something')],
            },
            bases=(bookings.common.models.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name='CourseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False)),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('summary_sv', models.CharField(max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(max_length=300, verbose_name='summary in English')),
                ('text_sv', models.TextField(blank=True, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('field', models.CharField(choices=[('ai', 'AI for educators'), ('programming', 'Programming and digital tools'), ('science', 'Science'), ('technology', 'Technology'), ('mathematics', 'Mathematics'), ('sustainability', 'Sustainability'), ('other', 'Other')], max_length=16, verbose_name='what it is about')),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('FSK', 'Preschool'), ('FKLASS', 'Preschool class'), ('GR', 'Compulsory school'), ('GRAN', 'Adapted compulsory school'), ('SP', 'Special school'), ('SAM', 'Sami school'), ('GY', 'Upper secondary school'), ('GYAN', 'Adapted upper secondary school'), ('VUX', 'Adult education'), ('FTH', 'School-age educare'), ('OPPFTH', 'Open school-age educare')], max_length=6), default=list, size=None, verbose_name='for educators in')),
                ('price_ore', models.PositiveIntegerField(default=0, verbose_name='price per person outside agreements, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(default=250, verbose_name='VAT, per mille')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='courses.course')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Registration',
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
                ('persons', models.PositiveSmallIntegerField(verbose_name='persons')),
                ('queued_at', models.DateTimeField(blank=True, null=True, verbose_name='on the waiting list since')),
                ('invoice_reference', models.CharField(blank=True, max_length=60, verbose_name='invoice reference')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('charged_at', models.DateTimeField(blank=True, null=True, verbose_name='noted for invoicing')),
                ('booked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('booked_device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='course_registrations', to='house.occasion')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.schoolunit')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='courses.registration')),
            ],
            options={
                'verbose_name': 'participant',
                'verbose_name_plural': 'participants',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('registration'), django.db.models.functions.text.Lower('email'), name='nobody_is_registered_twice_in_a_registration')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('occasion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='course_round', serialize=False, to='house.occasion')),
                ('opens_at', models.DateTimeField(verbose_name='opens for registration')),
                ('least', models.PositiveSmallIntegerField(default=1, verbose_name='persons at least')),
                ('decide_by', models.DateField(blank=True, null=True, verbose_name='to be decided by')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='takes place for certain since')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='courses.course')),
            ],
            options={
                'verbose_name': 'round',
                'verbose_name_plural': 'rounds',
                'constraints': [models.CheckConstraint(condition=models.Q(('least__gte', 1)), name='a_round_needs_somebody'), models.CheckConstraint(condition=models.Q(('least', 1), ('decide_by__isnull', False), _connector='OR'), name='a_minimum_is_decided_on_some_day')],
            },
        ),
        migrations.CreateModel(
            name='RegistrationEvent',
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
                ('persons', models.PositiveSmallIntegerField(verbose_name='persons')),
                ('queued_at', models.DateTimeField(blank=True, null=True, verbose_name='on the waiting list since')),
                ('invoice_reference', models.CharField(blank=True, max_length=60, verbose_name='invoice reference')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('charged_at', models.DateTimeField(blank=True, null=True, verbose_name='noted for invoicing')),
                ('booked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('booked_device', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('occasion', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='house.occasion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='courses.registration')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.schoolunit')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.round')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='registration',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='courses.round'),
        ),
        migrations.CreateModel(
            name='Day',
            fields=[
                ('occasion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='course_day', serialize=False, to='house.occasion')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='courses.round')),
            ],
            options={
                'verbose_name': 'course day',
                'verbose_name_plural': 'course days',
                'ordering': ['occasion__period'],
            },
        ),
        migrations.CreateModel(
            name='RoundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('opens_at', models.DateTimeField(verbose_name='opens for registration')),
                ('least', models.PositiveSmallIntegerField(default=1, verbose_name='persons at least')),
                ('decide_by', models.DateField(blank=True, null=True, verbose_name='to be decided by')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='takes place for certain since')),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('occasion', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='house.occasion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='courses.round')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visitors.visit')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attended', to='courses.day')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attended', to='courses.participant')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'constraints': [models.UniqueConstraint(fields=('participant', 'day'), name='nobody_attends_a_day_twice')],
            },
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(condition=models.Q(('holds_until__isnull', False)), fields=['holds_until'], name='registration_holds_by_end'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['round', 'status'], include=('persons', 'holds_until', 'queued_at'), name='course_places_by_round'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holds_until__isnull', False), ('status', 'held')), models.Q(models.Q(('status', 'held'), _negated=True), ('holds_until__isnull', True)), _connector='OR'), name='only_a_hold_has_an_end_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['held', 'confirmed', 'cancelled', 'lapsed'])), name='a_known_status_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='confirmed_says_when_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_at__isnull', False), _connector='OR'), name='cancelled_says_when_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('at_desk', True), models.Q(('contact_email', ''), _negated=True), _connector='OR'), name='who_books_is_reached_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('persons__gte', 1), ('persons__lte', 30)), name='a_registration_has_persons'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('occasion', models.F('round'))), name='a_registration_is_for_its_rounds_first_day'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('queued_at__isnull', True), ('status__in', ['held', 'confirmed']), _connector='OR'), name='only_who_may_come_waits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "courses_courseevent" ("field", "forms", "id", "is_demo", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "slug", "summary_en", "summary_sv", "text_en", "text_sv", "title_en", "title_sv", "vat_permille") VALUES (NEW."field", NEW."forms", NEW."id", NEW."is_demo", NEW."is_published", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_ore", NEW."slug", NEW."summary_en", NEW."summary_sv", NEW."text_en", NEW."text_sv", NEW."title_en", NEW."title_sv", NEW."vat_permille"); RETURN NULL;', hash='626bf523929c7a7702e45536210e0b2816b02993', operation='INSERT', pgid='pgtrigger_insert_insert_f7e33', table='courses_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "courses_courseevent" ("field", "forms", "id", "is_demo", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "slug", "summary_en", "summary_sv", "text_en", "text_sv", "title_en", "title_sv", "vat_permille") VALUES (NEW."field", NEW."forms", NEW."id", NEW."is_demo", NEW."is_published", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_ore", NEW."slug", NEW."summary_en", NEW."summary_sv", NEW."text_en", NEW."text_sv", NEW."title_en", NEW."title_sv", NEW."vat_permille"); RETURN NULL;', hash='d51d6112463643bbf48817dcc694ba4e822d9839', operation='UPDATE', pgid='pgtrigger_update_update_160be', table='courses_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "courses_roundevent" ("assured_at", "course_id", "decide_by", "least", "occasion_id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."assured_at", NEW."course_id", NEW."decide_by", NEW."least", NEW."occasion_id", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."occasion_id"); RETURN NULL;', hash='12961faddaa194ecf9e70926568f72f6e86d4d67', operation='INSERT', pgid='pgtrigger_insert_insert_d66f7', table='courses_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "courses_roundevent" ("assured_at", "course_id", "decide_by", "least", "occasion_id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."assured_at", NEW."course_id", NEW."decide_by", NEW."least", NEW."occasion_id", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."occasion_id"); RETURN NULL;', hash='98a116bdca8315f0f63d11d51b4fe17116e63d3f', operation='UPDATE', pgid='pgtrigger_update_update_9e070', table='courses_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "courses_registrationevent" ("at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "charged_at", "code", "confirmed_at", "created_at", "holds_until", "id", "invoice_reference", "mail_language", "occasion_id", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "queued_at", "round_id", "school_id", "status", "vat_permille", "version") VALUES (NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."charged_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."holds_until", NEW."id", NEW."invoice_reference", NEW."mail_language", NEW."occasion_id", NEW."persons", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_ore", NEW."queued_at", NEW."round_id", NEW."school_id", NEW."status", NEW."vat_permille", NEW."version"); RETURN NULL;', hash='183aec9735009bff667f4f6ab390d122d2a4ae5a', operation='INSERT', pgid='pgtrigger_insert_insert_d5e03', table='courses_registration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at_desk" IS DISTINCT FROM (NEW."at_desk") OR OLD."booked_by_id" IS DISTINCT FROM (NEW."booked_by_id") OR OLD."booked_device_id" IS DISTINCT FROM (NEW."booked_device_id") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."charged_at" IS DISTINCT FROM (NEW."charged_at") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."holds_until" IS DISTINCT FROM (NEW."holds_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoice_reference" IS DISTINCT FROM (NEW."invoice_reference") OR OLD."mail_language" IS DISTINCT FROM (NEW."mail_language") OR OLD."occasion_id" IS DISTINCT FROM (NEW."occasion_id") OR OLD."persons" IS DISTINCT FROM (NEW."persons") OR OLD."price_ore" IS DISTINCT FROM (NEW."price_ore") OR OLD."queued_at" IS DISTINCT FROM (NEW."queued_at") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."vat_permille" IS DISTINCT FROM (NEW."vat_permille") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "courses_registrationevent" ("at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "charged_at", "code", "confirmed_at", "created_at", "holds_until", "id", "invoice_reference", "mail_language", "occasion_id", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "queued_at", "round_id", "school_id", "status", "vat_permille", "version") VALUES (NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."charged_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."holds_until", NEW."id", NEW."invoice_reference", NEW."mail_language", NEW."occasion_id", NEW."persons", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_ore", NEW."queued_at", NEW."round_id", NEW."school_id", NEW."status", NEW."vat_permille", NEW."version"); RETURN NULL;', hash='7a283f2c70cfdd6e0f552aab506a6806e554f8a1', operation='UPDATE', pgid='pgtrigger_update_update_bbf68', table='courses_registration', when='AFTER')),
        ),
    ])
