import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('payments', '0002_orders'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('ran_at', models.DateTimeField(verbose_name='when')),
                ('payments', models.PositiveIntegerField(verbose_name='payments')),
                ('paid_ore', models.BigIntegerField(verbose_name='paid, öre')),
                ('refunds', models.PositiveIntegerField(verbose_name='refunds')),
                ('refunded_ore', models.BigIntegerField(verbose_name='refunded, öre')),
                ('differences', models.PositiveIntegerField(verbose_name='differences')),
            ],
            options={
                'verbose_name': 'reconciliation',
                'verbose_name_plural': 'reconciliations',
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('intended', 'Being opened'), ('open', 'Waits for the payer'), ('paid', 'Paid'), ('expired', 'Not paid'), ('failed', 'Refused by Stripe'), ('mismatched', 'Another amount came')], default='intended', max_length=10, verbose_name='state')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('text', models.CharField(max_length=200, verbose_name='what it is for')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('session_id', models.CharField(blank=True, max_length=120, null=True, unique=True, verbose_name='Checkout session')),
                ('intent_id', models.CharField(blank=True, max_length=120, null=True, unique=True, verbose_name='payment intent')),
                ('url', models.CharField(blank=True, help_text='Of the Checkout page, while it is open.', max_length=2000)),
                ('method', models.CharField(blank=True, max_length=20, verbose_name='paid by')),
                ('begun_at', models.DateTimeField(verbose_name='begun')),
                ('expires_at', models.DateTimeField(verbose_name='open until')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked about')),
                ('paid_at', models.DateTimeField(blank=True, null=True, verbose_name='paid')),
                ('received', models.CharField(blank=True, help_text='Where it was not this.', max_length=40, verbose_name='what came')),
                ('fault', models.CharField(blank=True, help_text="Stripe's own code.", max_length=100, verbose_name='why not')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='payments.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'indexes': [models.Index(fields=['state', '-begun_at'], name='payments_by_state'), models.Index(condition=models.Q(('state__in', ['intended', 'open'])), fields=['begun_at'], name='payments_to_look_after'), models.Index(condition=models.Q(('state', 'paid')), fields=['paid_at'], name='payments_of_a_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['intended', 'open'])), fields=('order',), name='one_open_payment_an_order'), models.CheckConstraint(condition=models.Q(('amount_ore__gt', 0), ('amount_ore__lte', 1000000000000)), name='a_payment_is_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('intent_id__isnull', False), ('paid_at__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', True)), _connector='OR'), name='a_paid_payment_says_when_and_by_which_intent'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('session_id__isnull', False), _connector='OR'), name='an_open_payment_has_a_session')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=120, unique=True, verbose_name='dispute at Stripe')),
                ('status', models.CharField(max_length=40, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=60, verbose_name='reason')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('answer_by', models.DateTimeField(blank=True, null=True, verbose_name='to be answered by')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='payments.payment', verbose_name='payment')),
            ],
            options={
                'verbose_name': 'dispute',
                'verbose_name_plural': 'disputes',
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('amount', 'Another amount or currency'), ('unknown', 'Stripe has a payment that we do not know'), ('missing', 'Stripe does not have our payment'), ('refund', 'A refund differs'), ('stuck', 'A refund has not been made')], max_length=10, verbose_name='kind')),
                ('about', models.CharField(max_length=120, verbose_name='about')),
                ('ours', models.CharField(blank=True, max_length=60, verbose_name='our books')),
                ('theirs', models.CharField(blank=True, max_length=60, verbose_name='Stripe')),
                ('found_at', models.DateTimeField(verbose_name='found')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='payments.payment')),
            ],
            options={
                'verbose_name': 'difference',
                'verbose_name_plural': 'differences',
                'constraints': [models.UniqueConstraint(fields=('kind', 'about'), name='a_difference_is_found_once')],
            },
        ),
        migrations.CreateModel(
            name='PaymentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('intended', 'Being opened'), ('open', 'Waits for the payer'), ('paid', 'Paid'), ('expired', 'Not paid'), ('failed', 'Refused by Stripe'), ('mismatched', 'Another amount came')], default='intended', max_length=10, verbose_name='state')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('text', models.CharField(max_length=200, verbose_name='what it is for')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('session_id', models.CharField(blank=True, max_length=120, null=True, verbose_name='Checkout session')),
                ('intent_id', models.CharField(blank=True, max_length=120, null=True, verbose_name='payment intent')),
                ('url', models.CharField(blank=True, help_text='Of the Checkout page, while it is open.', max_length=2000)),
                ('method', models.CharField(blank=True, max_length=20, verbose_name='paid by')),
                ('begun_at', models.DateTimeField(verbose_name='begun')),
                ('expires_at', models.DateTimeField(verbose_name='open until')),
                ('paid_at', models.DateTimeField(blank=True, null=True, verbose_name='paid')),
                ('received', models.CharField(blank=True, help_text='Where it was not this.', max_length=40, verbose_name='what came')),
                ('fault', models.CharField(blank=True, help_text="Stripe's own code.", max_length=100, verbose_name='why not')),
                ('order', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='payments.order', verbose_name='order')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.payment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('promised', 'To be refunded'), ('pending', 'On its way'), ('succeeded', 'Refunded'), ('failed', 'Refund failed')], default='promised', max_length=10, verbose_name='state')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('reason', models.CharField(choices=[('surplus', 'The order changed'), ('late', 'Paid too late'), ('staff', 'Decided by staff'), ('outside', 'Made at Stripe')], max_length=10, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('stripe_id', models.CharField(blank=True, max_length=120, null=True, unique=True, verbose_name='refund at Stripe')),
                ('fault', models.CharField(blank=True, max_length=100, verbose_name='why not')),
                ('promised_at', models.DateTimeField(verbose_name='promised')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment', verbose_name='payment')),
            ],
            options={
                'verbose_name': 'refund',
                'verbose_name_plural': 'refunds',
                'indexes': [models.Index(condition=models.Q(('state__in', ['promised', 'pending'])), fields=['promised_at'], name='refunds_unsettled')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_ore__gt', 0), ('amount_ore__lte', 1000000000000)), name='a_refund_is_of_something'), models.CheckConstraint(condition=models.Q(('state__in', ['promised', 'failed']), ('stripe_id__isnull', False), _connector='OR'), name='a_refund_under_way_is_known_at_stripe'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('state__in', ['succeeded', 'failed'])), models.Q(('settled_at__isnull', True), ('state__in', ['promised', 'pending'])), _connector='OR'), name='a_settled_refund_says_when')],
            },
        ),
        migrations.CreateModel(
            name='RefundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('promised', 'To be refunded'), ('pending', 'On its way'), ('succeeded', 'Refunded'), ('failed', 'Refund failed')], default='promised', max_length=10, verbose_name='state')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('reason', models.CharField(choices=[('surplus', 'The order changed'), ('late', 'Paid too late'), ('staff', 'Decided by staff'), ('outside', 'Made at Stripe')], max_length=10, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('stripe_id', models.CharField(blank=True, max_length=120, null=True, verbose_name='refund at Stripe')),
                ('fault', models.CharField(blank=True, max_length=100, verbose_name='why not')),
                ('promised_at', models.DateTimeField(verbose_name='promised')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='payments.payment', verbose_name='payment')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.refund')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StripeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(max_length=120, unique=True)),
                ('type', models.CharField(max_length=80, verbose_name='type')),
                ('about', models.JSONField(default=dict, help_text='Kind and id of the object; emptied when handled.')),
                ('happened_at', models.DateTimeField(verbose_name='happened')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled')),
            ],
            options={
                'verbose_name': 'event from Stripe',
                'verbose_name_plural': 'events from Stripe',
                'indexes': [models.Index(fields=['received_at'], name='stripe_events_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('handled_at__isnull', True), ('about', {}), _connector='OR'), name='a_handled_event_is_emptied')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='a_payment_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9d8cdc4c026a3a25f4c43c83807200b312dfac7e', operation='DELETE', pgid='pgtrigger_a_payment_stays_25854', table='payments_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='a_payment_is_of_what_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."amount_ore" IS DISTINCT FROM (NEW."amount_ore"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5680bd1dab8ed933e277713c808e31e32ba5c220', operation='UPDATE', pgid='pgtrigger_a_payment_is_of_what_it_was_a5702', table='payments_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_paymentevent" ("amount_ore", "begun_at", "expires_at", "fault", "id", "intent_id", "language", "method", "order_id", "paid_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received", "session_id", "state", "text", "url") VALUES (NEW."amount_ore", NEW."begun_at", NEW."expires_at", NEW."fault", NEW."id", NEW."intent_id", NEW."language", NEW."method", NEW."order_id", NEW."paid_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received", NEW."session_id", NEW."state", NEW."text", NEW."url"); RETURN NULL;', hash='f7f9bed28441ca84889c14ceaf7a760f2b02615c', operation='INSERT', pgid='pgtrigger_insert_insert_24a65', table='payments_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount_ore" IS DISTINCT FROM (NEW."amount_ore") OR OLD."begun_at" IS DISTINCT FROM (NEW."begun_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."fault" IS DISTINCT FROM (NEW."fault") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."intent_id" IS DISTINCT FROM (NEW."intent_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."paid_at" IS DISTINCT FROM (NEW."paid_at") OR OLD."received" IS DISTINCT FROM (NEW."received") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "payments_paymentevent" ("amount_ore", "begun_at", "expires_at", "fault", "id", "intent_id", "language", "method", "order_id", "paid_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received", "session_id", "state", "text", "url") VALUES (NEW."amount_ore", NEW."begun_at", NEW."expires_at", NEW."fault", NEW."id", NEW."intent_id", NEW."language", NEW."method", NEW."order_id", NEW."paid_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received", NEW."session_id", NEW."state", NEW."text", NEW."url"); RETURN NULL;', hash='09afe835f0a2503ba5c1653f141137e26a439710', operation='UPDATE', pgid='pgtrigger_update_update_dd546', table='payments_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='a_payment_moves_along_its_table', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{intended:expired,intended:failed,intended:mismatched,intended:open,intended:paid,open:expired,open:mismatched,open:paid}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='38998cd623c5612ae81a24d3e8a51adfd10a1644', operation='UPDATE', pgid='pgtrigger_a_payment_moves_along_its_table_fb505', table='payments_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='a_refund_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='85507e2fff5205254f3a0699ae8b85d8df90c28c', operation='DELETE', pgid='pgtrigger_a_refund_stays_2a036', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='a_refund_is_of_what_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."payment_id" IS DISTINCT FROM (NEW."payment_id") OR OLD."amount_ore" IS DISTINCT FROM (NEW."amount_ore"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='86101a00bea79f2022ff5b40a464af40a321b2bd', operation='UPDATE', pgid='pgtrigger_a_refund_is_of_what_it_was_de8f6', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='no_more_is_refunded_than_was_paid', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'failed\'))', func="\n    PERFORM FROM payments_payment p WHERE p.id = NEW.payment_id FOR UPDATE;\n    IF NOT EXISTS (\n        SELECT FROM payments_payment p WHERE p.id = NEW.payment_id AND p.state = 'paid' AND p.amount_ore >= NEW.amount_ore + (\n            SELECT coalesce(sum(r.amount_ore), 0) FROM payments_refund r\n            WHERE r.payment_id = p.id AND r.state <> 'failed' AND r.id <> NEW.id)\n    ) THEN\n        RAISE EXCEPTION 'no more is refunded than was paid' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='a69cae1ff1bba2737fa8995903008c6d64332165', operation='INSERT', pgid='pgtrigger_no_more_is_refunded_than_was_paid_df871', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_refundevent" ("amount_ore", "by_id", "fault", "id", "note", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised_at", "reason", "settled_at", "state", "stripe_id") VALUES (NEW."amount_ore", NEW."by_id", NEW."fault", NEW."id", NEW."note", NEW."payment_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."promised_at", NEW."reason", NEW."settled_at", NEW."state", NEW."stripe_id"); RETURN NULL;', hash='369f40f671de67d195b53ac4c588d26cabdccfa9', operation='INSERT', pgid='pgtrigger_insert_insert_eff19', table='payments_refund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "payments_refundevent" ("amount_ore", "by_id", "fault", "id", "note", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promised_at", "reason", "settled_at", "state", "stripe_id") VALUES (NEW."amount_ore", NEW."by_id", NEW."fault", NEW."id", NEW."note", NEW."payment_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."promised_at", NEW."reason", NEW."settled_at", NEW."state", NEW."stripe_id"); RETURN NULL;', hash='4c04740866af3f725bd1db148ffbcdcc7fe51583', operation='UPDATE', pgid='pgtrigger_update_update_1c17b', table='payments_refund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='a_refund_moves_along_its_table', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{promised:failed,promised:pending,promised:succeeded,pending:failed,pending:succeeded,succeeded:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='78b9e69c5f22640651cdddec085b6058d305badc', operation='UPDATE', pgid='pgtrigger_a_refund_moves_along_its_table_1ff9d', table='payments_refund', when='BEFORE')),
        ),
    ])
