import bookings.common.models
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
        ('house', '0002_an_override_says_why'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(max_length=120, verbose_name='title in English')),
                ('summary_sv', models.CharField(max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(max_length=300, verbose_name='summary in English')),
                ('text_sv', models.TextField(blank=True, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('ages_sv', models.CharField(blank=True, max_length=80, verbose_name='age advice in Swedish')),
                ('ages_en', models.CharField(blank=True, max_length=80, verbose_name='age advice in English')),
                ('length_minutes', models.PositiveSmallIntegerField(verbose_name='length, minutes')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='places in each slot')),
                ('most_tickets', models.PositiveSmallIntegerField(default=10, verbose_name='tickets in one booking, at most')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('rooms', models.ManyToManyField(blank=True, related_name='+', to='house.room', verbose_name='rooms it can use')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('length_minutes__gte', 1), ('most_tickets__gte', 1)), name='an_event_takes_time_and_people')],
            },
            bases=(bookings.common.models.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name='EventEvent',
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
                ('ages_sv', models.CharField(blank=True, max_length=80, verbose_name='age advice in Swedish')),
                ('ages_en', models.CharField(blank=True, max_length=80, verbose_name='age advice in English')),
                ('length_minutes', models.PositiveSmallIntegerField(verbose_name='length, minutes')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='places in each slot')),
                ('most_tickets', models.PositiveSmallIntegerField(default=10, verbose_name='tickets in one booking, at most')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='tickets.event')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('occasion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ticket_slot', serialize=False, to='house.occasion')),
                ('sale_from', models.DateTimeField(verbose_name='can be booked from')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='tickets.event')),
            ],
            options={
                'verbose_name': 'time slot',
                'verbose_name_plural': 'time slots',
            },
        ),
        migrations.CreateModel(
            name='TicketBooking',
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
                ('places', models.PositiveSmallIntegerField(verbose_name='places')),
                ('booked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('booked_device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticket_bookings', to='house.occasion')),
            ],
            options={
                'verbose_name': 'ticket booking',
                'verbose_name_plural': 'ticket bookings',
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('holds_until__isnull', False)), fields=['holds_until'], name='ticketbooking_holds_by_end'), models.Index(fields=['occasion', 'status'], include=('places', 'holds_until'), name='ticket_places_by_slot')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holds_until__isnull', False), ('status', 'held')), models.Q(models.Q(('status', 'held'), _negated=True), ('holds_until__isnull', True)), _connector='OR'), name='only_a_hold_has_an_end_ticketbooking'), models.CheckConstraint(condition=models.Q(('status__in', ['held', 'confirmed', 'cancelled', 'lapsed'])), name='a_known_status_ticketbooking'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='confirmed_says_when_ticketbooking'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_at__isnull', False), _connector='OR'), name='cancelled_says_when_ticketbooking'), models.CheckConstraint(condition=models.Q(('at_desk', True), models.Q(('contact_email', ''), _negated=True), _connector='OR'), name='who_books_is_reached_ticketbooking'), models.CheckConstraint(condition=models.Q(('places__gte', 1), ('places__lte', 500)), name='a_ticket_booking_has_tickets')],
            },
        ),
        migrations.CreateModel(
            name='TicketBookingEvent',
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
                ('places', models.PositiveSmallIntegerField(verbose_name='places')),
                ('booked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('booked_device', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('occasion', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='house.occasion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='tickets.ticketbooking')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TicketLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('adult', 'Adult ticket'), ('child', 'Child ticket'), ('companion', 'Companion, free')], max_length=10, verbose_name='kind')),
                ('count', models.PositiveSmallIntegerField(verbose_name='tickets')),
                ('each_ore', models.PositiveIntegerField(verbose_name='price each, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='tickets.ticketbooking')),
            ],
            options={
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('booking', 'kind'), name='one_line_per_booking_and_kind'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='a_line_has_tickets')],
            },
        ),
        migrations.CreateModel(
            name='TicketPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('adult', 'Adult ticket'), ('child', 'Child ticket'), ('companion', 'Companion, free')], max_length=10, verbose_name='kind')),
                ('price_ore', models.PositiveIntegerField(verbose_name='price, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(default=60, verbose_name='VAT, per mille')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='tickets.event')),
            ],
            options={
                'verbose_name': 'ticket price',
                'verbose_name_plural': 'ticket prices',
                'constraints': [models.UniqueConstraint(fields=('event', 'kind'), name='one_price_per_event_and_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'companion'), _negated=True), ('price_ore', 0), _connector='OR'), name='a_companion_comes_free'), models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='a_tickets_vat_is_a_swedish_rate')],
            },
        ),
        migrations.CreateModel(
            name='TicketPriceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('adult', 'Adult ticket'), ('child', 'Child ticket'), ('companion', 'Companion, free')], max_length=10, verbose_name='kind')),
                ('price_ore', models.PositiveIntegerField(verbose_name='price, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(default=60, verbose_name='VAT, per mille')),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tickets.event')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='tickets.ticketprice')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_eventevent" ("ages_en", "ages_sv", "capacity", "id", "is_demo", "is_published", "length_minutes", "most_tickets", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_sv", "text_en", "text_sv", "title_en", "title_sv") VALUES (NEW."ages_en", NEW."ages_sv", NEW."capacity", NEW."id", NEW."is_demo", NEW."is_published", NEW."length_minutes", NEW."most_tickets", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."summary_en", NEW."summary_sv", NEW."text_en", NEW."text_sv", NEW."title_en", NEW."title_sv"); RETURN NULL;', hash='b358bd4bd313dd316bb8d06271128b3a965a8983', operation='INSERT', pgid='pgtrigger_insert_insert_46fb4', table='tickets_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "tickets_eventevent" ("ages_en", "ages_sv", "capacity", "id", "is_demo", "is_published", "length_minutes", "most_tickets", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_sv", "text_en", "text_sv", "title_en", "title_sv") VALUES (NEW."ages_en", NEW."ages_sv", NEW."capacity", NEW."id", NEW."is_demo", NEW."is_published", NEW."length_minutes", NEW."most_tickets", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."summary_en", NEW."summary_sv", NEW."text_en", NEW."text_sv", NEW."title_en", NEW."title_sv"); RETURN NULL;', hash='0694940a0d4a4b9347ef56570211e8e5f8273491', operation='UPDATE', pgid='pgtrigger_update_update_4ea93', table='tickets_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketbooking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_ticketbookingevent" ("at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "code", "confirmed_at", "created_at", "holds_until", "id", "mail_language", "occasion_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "price_ore", "status", "version") VALUES (NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."holds_until", NEW."id", NEW."mail_language", NEW."occasion_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."price_ore", NEW."status", NEW."version"); RETURN NULL;', hash='12f1878810afd4b5a2959fbab96f87cf93b26a9b', operation='INSERT', pgid='pgtrigger_insert_insert_9c45d', table='tickets_ticketbooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketbooking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at_desk" IS DISTINCT FROM (NEW."at_desk") OR OLD."booked_by_id" IS DISTINCT FROM (NEW."booked_by_id") OR OLD."booked_device_id" IS DISTINCT FROM (NEW."booked_device_id") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."holds_until" IS DISTINCT FROM (NEW."holds_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mail_language" IS DISTINCT FROM (NEW."mail_language") OR OLD."occasion_id" IS DISTINCT FROM (NEW."occasion_id") OR OLD."places" IS DISTINCT FROM (NEW."places") OR OLD."price_ore" IS DISTINCT FROM (NEW."price_ore") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "tickets_ticketbookingevent" ("at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "code", "confirmed_at", "created_at", "holds_until", "id", "mail_language", "occasion_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "price_ore", "status", "version") VALUES (NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."holds_until", NEW."id", NEW."mail_language", NEW."occasion_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."price_ore", NEW."status", NEW."version"); RETURN NULL;', hash='4aba4c0501ad1e47036a765e0cf6eaadafe43602', operation='UPDATE', pgid='pgtrigger_update_update_bf77c', table='tickets_ticketbooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketprice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_ticketpriceevent" ("event_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "vat_permille") VALUES (NEW."event_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_ore", NEW."vat_permille"); RETURN NULL;', hash='192d54ccac91c57e222eacaff938bb5c15ca7306', operation='INSERT', pgid='pgtrigger_insert_insert_4292e', table='tickets_ticketprice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketprice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "tickets_ticketpriceevent" ("event_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "vat_permille") VALUES (NEW."event_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_ore", NEW."vat_permille"); RETURN NULL;', hash='b691a4eb610c689731c7c994b0842aeab08b794a', operation='UPDATE', pgid='pgtrigger_update_update_199a3', table='tickets_ticketprice', when='AFTER')),
        ),
    ])
