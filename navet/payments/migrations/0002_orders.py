import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import navet.codes
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('payments', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='What it is for, such as reservation:17.', max_length=80, unique=True)),
                ('kind', models.SlugField(help_text='The product line whose handler is told.', max_length=20)),
                ('code', models.CharField(default=navet.codes.new_code, max_length=10, unique=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('lapsed', 'Not paid in time'), ('cancelled', 'Cancelled')], default='open', max_length=10, verbose_name='state')),
                ('settlement', models.CharField(choices=[('card', 'Card or Swish'), ('invoice', 'Invoice')], max_length=8, verbose_name='settled by')),
                ('basis', models.CharField(choices=[('net', 'Prices excluding VAT'), ('gross', 'Prices including VAT')], max_length=5, verbose_name='prices')),
                ('supply_date', models.DateField(verbose_name='day of supply')),
                ('pay_by', models.DateTimeField(blank=True, null=True, verbose_name='to be paid by')),
                ('payable_ore', models.BigIntegerField(default=0, verbose_name='to be paid, öre')),
                ('paid_ore', models.BigIntegerField(default=0, verbose_name='paid, öre')),
                ('title', models.CharField(max_length=200, verbose_name='what it is for')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('buyer_name', models.CharField(max_length=120, verbose_name='buyer')),
                ('buyer_email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('organisation_number', models.CharField(blank=True, max_length=10, verbose_name='organisation number')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='invoice reference')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='street')),
                ('postal_code', models.CharField(blank=True, max_length=10, verbose_name='postal code')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='city')),
                ('created_at', models.DateTimeField(verbose_name='placed')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
                'indexes': [models.Index(fields=['kind', '-created_at'], name='orders_of_a_line'), models.Index(condition=models.Q(('state', 'open')), fields=['pay_by'], name='orders_to_be_paid')],
                'constraints': [models.CheckConstraint(condition=models.Q(('payable_ore__gte', 0), ('payable_ore__lte', 1000000000000)), name='nobody_is_owed_by_an_order'), models.CheckConstraint(condition=models.Q(('paid_ore__gte', 0)), name='no_more_goes_back_than_came'), models.CheckConstraint(condition=models.Q(('settlement', 'card'), models.Q(('organisation_number', ''), _negated=True), models.Q(('street', ''), _negated=True), _connector='OR'), name='an_invoice_has_somewhere_to_go')],
            },
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('key', models.CharField(help_text='What it is for, such as reservation:17.', max_length=80)),
                ('kind', models.SlugField(db_index=False, help_text='The product line whose handler is told.', max_length=20)),
                ('code', models.CharField(default=navet.codes.new_code, max_length=10)),
                ('state', models.CharField(choices=[('open', 'Open'), ('lapsed', 'Not paid in time'), ('cancelled', 'Cancelled')], default='open', max_length=10, verbose_name='state')),
                ('settlement', models.CharField(choices=[('card', 'Card or Swish'), ('invoice', 'Invoice')], max_length=8, verbose_name='settled by')),
                ('basis', models.CharField(choices=[('net', 'Prices excluding VAT'), ('gross', 'Prices including VAT')], max_length=5, verbose_name='prices')),
                ('supply_date', models.DateField(verbose_name='day of supply')),
                ('pay_by', models.DateTimeField(blank=True, null=True, verbose_name='to be paid by')),
                ('payable_ore', models.BigIntegerField(default=0, verbose_name='to be paid, öre')),
                ('paid_ore', models.BigIntegerField(default=0, verbose_name='paid, öre')),
                ('title', models.CharField(max_length=200, verbose_name='what it is for')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('buyer_name', models.CharField(max_length=120, verbose_name='buyer')),
                ('buyer_email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('organisation_number', models.CharField(blank=True, max_length=10, verbose_name='organisation number')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='invoice reference')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='street')),
                ('postal_code', models.CharField(blank=True, max_length=10, verbose_name='postal code')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='city')),
                ('created_at', models.DateTimeField(verbose_name='placed')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.order')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VatRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('treatment', models.CharField(choices=[('conference', 'Conference arrangement'), ('room', 'Room alone'), ('meal', 'Meal served, not part of a conference'), ('food', 'Food to take along'), ('alcohol', 'Wine, strong beer and spirits'), ('admission', 'Admission and activities'), ('school', 'School programme'), ('course', 'Course for educators'), ('leisure', 'Leisure group'), ('fee', 'Cancellation fee')], max_length=12, verbose_name='treatment')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('exemption', models.CharField(blank=True, max_length=200, verbose_name='why it is exempt')),
                ('exemption_code', models.CharField(blank=True, max_length=30, verbose_name='code of the exemption (VATEX)')),
                ('revenue_account', models.CharField(blank=True, max_length=6, verbose_name='revenue account')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='days of supply')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='decision or source')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
            ],
            options={
                'verbose_name': 'VAT rule',
                'verbose_name_plural': 'VAT rules',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'conference')), expressions=[('valid', '&&')], name='one_vat_rule_for_conference_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'room')), expressions=[('valid', '&&')], name='one_vat_rule_for_room_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'meal')), expressions=[('valid', '&&')], name='one_vat_rule_for_meal_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'food')), expressions=[('valid', '&&')], name='one_vat_rule_for_food_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'alcohol')), expressions=[('valid', '&&')], name='one_vat_rule_for_alcohol_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'admission')), expressions=[('valid', '&&')], name='one_vat_rule_for_admission_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'school')), expressions=[('valid', '&&')], name='one_vat_rule_for_school_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'course')), expressions=[('valid', '&&')], name='one_vat_rule_for_course_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'leisure')), expressions=[('valid', '&&')], name='one_vat_rule_for_leisure_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('treatment', 'fee')), expressions=[('valid', '&&')], name='one_vat_rule_for_fee_at_a_time'), models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='a_vat_rule_has_a_swedish_rate'), models.CheckConstraint(condition=models.Q(models.Q(('exemption', ''), ('exemption_code', ''), ('vat_permille__gt', 0)), models.Q(('vat_permille', 0), models.Q(('exemption', ''), _negated=True)), _connector='OR'), name='what_is_exempt_says_why'), models.CheckConstraint(condition=models.Q(('valid__isempty', False), ('valid__startswith__isnull', False)), name='a_vat_rule_begins_some_day')],
            },
        ),
        migrations.CreateModel(
            name='VatRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('treatment', models.CharField(choices=[('conference', 'Conference arrangement'), ('room', 'Room alone'), ('meal', 'Meal served, not part of a conference'), ('food', 'Food to take along'), ('alcohol', 'Wine, strong beer and spirits'), ('admission', 'Admission and activities'), ('school', 'School programme'), ('course', 'Course for educators'), ('leisure', 'Leisure group'), ('fee', 'Cancellation fee')], max_length=12, verbose_name='treatment')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('exemption', models.CharField(blank=True, max_length=200, verbose_name='why it is exempt')),
                ('exemption_code', models.CharField(blank=True, max_length=30, verbose_name='code of the exemption (VATEX)')),
                ('revenue_account', models.CharField(blank=True, max_length=6, verbose_name='revenue account')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='days of supply')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='decision or source')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.vatrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('text', models.CharField(max_length=200, verbose_name='text')),
                ('treatment', models.CharField(choices=[('conference', 'Conference arrangement'), ('room', 'Room alone'), ('meal', 'Meal served, not part of a conference'), ('food', 'Food to take along'), ('alcohol', 'Wine, strong beer and spirits'), ('admission', 'Admission and activities'), ('school', 'School programme'), ('course', 'Course for educators'), ('leisure', 'Leisure group'), ('fee', 'Cancellation fee')], max_length=12, verbose_name='treatment')),
                ('quantity', models.IntegerField(verbose_name='quantity')),
                ('unit', models.CharField(choices=[('C62', 'piece'), ('IE', 'person'), ('HUR', 'hour'), ('DAY', 'day')], default='C62', max_length=3, verbose_name='unit')),
                ('unit_ore', models.BigIntegerField(verbose_name='price of one, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('exemption', models.CharField(blank=True, max_length=200, verbose_name='why it is exempt')),
                ('exemption_code', models.CharField(blank=True, max_length=30, verbose_name='code of the exemption (VATEX)')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.order')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='payments.orderline')),
            ],
            options={
                'verbose_name': 'order line',
                'verbose_name_plural': 'order lines',
                'ordering': ['order', 'position'],
                'constraints': [models.UniqueConstraint(fields=('order', 'position'), name='one_line_at_a_position'), models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='an_order_line_is_of_something'), models.CheckConstraint(condition=models.Q(('unit_ore__gte', 0), ('unit_ore__lte', 1000000000000)), name='an_order_line_has_no_negative_price'), models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='an_order_line_has_a_swedish_vat_rate'), models.CheckConstraint(condition=models.Q(models.Q(('exemption', ''), ('vat_permille__gt', 0)), models.Q(('vat_permille', 0), models.Q(('exemption', ''), _negated=True)), _connector='OR'), name='an_exempt_line_says_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_orderevent" ("basis", "buyer_email", "buyer_name", "city", "code", "created_at", "id", "key", "kind", "language", "organisation_number", "paid_ore", "pay_by", "payable_ore", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "reference", "settlement", "state", "street", "supply_date", "title") VALUES (NEW."basis", NEW."buyer_email", NEW."buyer_name", NEW."city", NEW."code", NEW."created_at", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."organisation_number", NEW."paid_ore", NEW."pay_by", NEW."payable_ore", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postal_code", NEW."reference", NEW."settlement", NEW."state", NEW."street", NEW."supply_date", NEW."title"); RETURN NULL;', hash='af22ed2994bf1dd6c23bad74c097abff17d0a676', operation='INSERT', pgid='pgtrigger_insert_insert_f6a10', table='payments_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."buyer_email" IS DISTINCT FROM (NEW."buyer_email") OR OLD."buyer_name" IS DISTINCT FROM (NEW."buyer_name") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."organisation_number" IS DISTINCT FROM (NEW."organisation_number") OR OLD."paid_ore" IS DISTINCT FROM (NEW."paid_ore") OR OLD."pay_by" IS DISTINCT FROM (NEW."pay_by") OR OLD."payable_ore" IS DISTINCT FROM (NEW."payable_ore") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."settlement" IS DISTINCT FROM (NEW."settlement") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."supply_date" IS DISTINCT FROM (NEW."supply_date") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "payments_orderevent" ("basis", "buyer_email", "buyer_name", "city", "code", "created_at", "id", "key", "kind", "language", "organisation_number", "paid_ore", "pay_by", "payable_ore", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "reference", "settlement", "state", "street", "supply_date", "title") VALUES (NEW."basis", NEW."buyer_email", NEW."buyer_name", NEW."city", NEW."code", NEW."created_at", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."organisation_number", NEW."paid_ore", NEW."pay_by", NEW."payable_ore", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postal_code", NEW."reference", NEW."settlement", NEW."state", NEW."street", NEW."supply_date", NEW."title"); RETURN NULL;', hash='c737e3c5798ba6c157ad29c2ed55a6c134d346a6', operation='UPDATE', pgid='pgtrigger_update_update_a59f1', table='payments_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrule',
            trigger=pgtrigger.compiler.Trigger(name='terms_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."treatment" IS DISTINCT FROM (NEW."treatment") OR OLD."vat_permille" IS DISTINCT FROM (NEW."vat_permille") OR OLD."exemption" IS DISTINCT FROM (NEW."exemption") OR OLD."exemption_code" IS DISTINCT FROM (NEW."exemption_code"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='79d738c7877145a31b4efa43e014f534618261e8', operation='UPDATE', pgid='pgtrigger_terms_stay_0bd43', table='payments_vatrule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_vatruleevent" ("exemption", "exemption_code", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revenue_account", "source", "treatment", "valid", "vat_permille") VALUES (NEW."exemption", NEW."exemption_code", NEW."id", NEW."is_demo", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revenue_account", NEW."source", NEW."treatment", NEW."valid", NEW."vat_permille"); RETURN NULL;', hash='691537902e0b30fadf434eb7ad2a97b74a1ddedf', operation='INSERT', pgid='pgtrigger_insert_insert_662c1', table='payments_vatrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "payments_vatruleevent" ("exemption", "exemption_code", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revenue_account", "source", "treatment", "valid", "vat_permille") VALUES (NEW."exemption", NEW."exemption_code", NEW."id", NEW."is_demo", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revenue_account", NEW."source", NEW."treatment", NEW."valid", NEW."vat_permille"); RETURN NULL;', hash='bf3ba71a49fe7b5221c92d59afc49f63656f30e7', operation='UPDATE', pgid='pgtrigger_update_update_6e836', table='payments_vatrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ec4128eea4979415d23cae4fa6df26770c0a6c79', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_099a9', table='payments_orderline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='an_order_line_mirrors', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."reverses_id" IS NOT NULL)', func="\n    IF NOT EXISTS (\n        SELECT FROM payments_orderline l\n        WHERE l.id = NEW.reverses_id AND l.order_id = NEW.order_id AND l.reverses_id IS NULL\n            AND l.quantity = -NEW.quantity AND l.unit_ore = NEW.unit_ore AND l.unit = NEW.unit\n            AND l.treatment = NEW.treatment AND l.vat_permille = NEW.vat_permille AND l.exemption = NEW.exemption\n    ) THEN\n        RAISE EXCEPTION 'an order line mirrors what it takes back' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='ed2384f469447782b523e8d4dfdda43854c2d7c2', operation='INSERT', pgid='pgtrigger_an_order_line_mirrors_f24df', table='payments_orderline', when='BEFORE')),
        ),
    ])
