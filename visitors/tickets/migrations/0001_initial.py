import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import navet.house.models
import pgtrigger.compiler
import pgtrigger.migrations
import visitors.models
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('visitors', '0005_visit_by_leaving'),
    ]

    operations = together([
        migrations.CreateModel(
            name='AnnualPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('person', 'One person'), ('family', 'Family')], max_length=8, verbose_name='kind')),
                ('persons', models.PositiveSmallIntegerField(verbose_name='people it admits')),
                ('holder_name', models.CharField(blank=True, max_length=120, verbose_name='holder')),
                ('holder_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('blocked_at', models.DateTimeField(blank=True, null=True, verbose_name='blocked')),
                ('blocked_reason', models.CharField(blank=True, max_length=200, verbose_name='why blocked')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('created_at', models.DateTimeField(verbose_name='issued')),
            ],
            options={
                'verbose_name': 'annual pass',
                'verbose_name_plural': 'annual passes',
                'constraints': [models.CheckConstraint(condition=models.Q(('persons__gte', 1), ('persons__lte', 10)), name='a_pass_admits_one_to_ten'), models.CheckConstraint(condition=models.Q(('kind', 'family'), ('persons', 1), _connector='OR'), name='a_pass_for_one_admits_one'), models.CheckConstraint(condition=models.Q(models.Q(('blocked_at__isnull', True), ('blocked_reason', '')), models.Q(('blocked_at__isnull', False), models.Q(('blocked_reason', ''), _negated=True)), _connector='OR'), name='a_blocked_pass_says_why')],
            },
        ),
        migrations.CreateModel(
            name='AnnualPassEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=10, verbose_name='code')),
                ('kind', models.CharField(choices=[('person', 'One person'), ('family', 'Family')], max_length=8, verbose_name='kind')),
                ('persons', models.PositiveSmallIntegerField(verbose_name='people it admits')),
                ('blocked_at', models.DateTimeField(blank=True, null=True, verbose_name='blocked')),
                ('blocked_reason', models.CharField(blank=True, max_length=200, verbose_name='why blocked')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('created_at', models.DateTimeField(verbose_name='issued')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='till.annualpass')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PassPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='valid')),
                ('annulled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulled')),
                ('annual_pass', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='till.annualpass')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
            ],
            options={
                'verbose_name': 'period of an annual pass',
                'verbose_name_plural': 'periods of annual passes',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('annulled_at__isnull', True)), expressions=[(navet.house.models.OnePoint('annual_pass_id'), '&&'), ('valid', '&&')], name='one_period_of_a_pass_at_a_time'), models.CheckConstraint(condition=models.Q(('valid__endswith__isnull', False), ('valid__isempty', False), ('valid__startswith__isnull', False)), name='a_period_of_a_pass_has_a_first_and_a_last_day')],
            },
        ),
        migrations.CreateModel(
            name='PassPeriodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(verbose_name='when')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='valid')),
                ('annulled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulled')),
                ('annual_pass', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='till.annualpass')),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.KNOX_TOKEN_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='till.passperiod')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PassUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('annual_pass', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='till.annualpass')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pass_use', to='visitors.visit')),
            ],
            options={
                'verbose_name': 'use of an annual pass',
                'verbose_name_plural': 'uses of annual passes',
            },
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('group', 'Group visit'), ('free', 'Free entry'), ('person_pass', 'Annual pass, one person'), ('family_pass', 'Annual pass, family')], max_length=16, verbose_name='product')),
                ('price_ore', models.BigIntegerField(verbose_name='price including VAT, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('heads', models.PositiveSmallIntegerField(default=1, verbose_name='people on a ticket')),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='valid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='decision or source')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
            ],
            options={
                'verbose_name': 'price',
                'verbose_name_plural': 'prices',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'adult')), expressions=[('valid', '&&')], name='one_price_of_adult_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'child')), expressions=[('valid', '&&')], name='one_price_of_child_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'family_adult')), expressions=[('valid', '&&')], name='one_price_of_family_adult_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'family_child')), expressions=[('valid', '&&')], name='one_price_of_family_child_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'group')), expressions=[('valid', '&&')], name='one_price_of_group_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'free')), expressions=[('valid', '&&')], name='one_price_of_free_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'person_pass')), expressions=[('valid', '&&')], name='one_price_of_person_pass_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('product', 'family_pass')), expressions=[('valid', '&&')], name='one_price_of_family_pass_at_a_time'), models.CheckConstraint(condition=models.Q(('price_ore__gte', 0), ('price_ore__lte', 1000000000000)), name='a_price_is_not_negative'), models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='a_price_has_a_swedish_vat_rate'), models.CheckConstraint(condition=models.Q(('heads__gt', 0)), name='a_ticket_admits_somebody'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='a_price_is_valid_for_a_while'), models.CheckConstraint(condition=models.Q(('valid__startswith__isnull', False)), name='a_price_begins_some_time')],
            },
        ),
        migrations.CreateModel(
            name='PriceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('product', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('group', 'Group visit'), ('free', 'Free entry'), ('person_pass', 'Annual pass, one person'), ('family_pass', 'Annual pass, family')], max_length=16, verbose_name='product')),
                ('price_ore', models.BigIntegerField(verbose_name='price including VAT, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('heads', models.PositiveSmallIntegerField(default=1, verbose_name='people on a ticket')),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='valid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='decision or source')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='till.price')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReceiptLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('day', models.DateField(verbose_name='day')),
                ('product', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('group', 'Group visit'), ('free', 'Free entry'), ('person_pass', 'Annual pass, one person'), ('family_pass', 'Annual pass, family')], max_length=16, verbose_name='product')),
                ('tickets', models.IntegerField(verbose_name='tickets')),
                ('unit_ore', models.BigIntegerField(verbose_name='price of one, öre')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount including VAT, öre')),
                ('vat_permille', models.PositiveSmallIntegerField(verbose_name='VAT, per mille')),
                ('vat_ore', models.BigIntegerField(verbose_name='of which VAT, öre')),
                ('pass_period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='till.passperiod')),
                ('price', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='till.price')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='till.receiptline')),
                ('visit', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='visitors.visit')),
            ],
            options={
                'verbose_name': 'receipt line',
                'verbose_name_plural': 'receipt lines',
                'indexes': [models.Index(fields=['day', 'product'], name='receipt_by_day_and_product')],
                'constraints': [models.CheckConstraint(condition=models.Q(('visit__isnull', True), ('pass_period__isnull', True), _connector='XOR'), name='a_line_is_for_an_entry_or_a_pass'), models.UniqueConstraint(condition=models.Q(('reverses__isnull', True)), fields=('pass_period',), name='one_line_for_a_period_of_a_pass'), models.CheckConstraint(condition=models.Q(('amount_ore', django.db.models.expressions.CombinedExpression(models.F('tickets'), '*', models.F('unit_ore')))), name='a_line_adds_up'), models.CheckConstraint(condition=models.Q(models.Q(('reverses__isnull', True), ('tickets__gt', 0)), models.Q(('reverses__isnull', False), ('tickets__lt', 0)), _connector='OR'), name='only_what_takes_back_is_below_zero'), models.CheckConstraint(condition=models.Q(('unit_ore__gte', 0)), name='a_line_has_no_negative_price'), models.CheckConstraint(condition=models.Q(('vat_permille__in', [0, 60, 120, 250])), name='a_line_has_a_swedish_vat_rate'), models.CheckConstraint(condition=models.Q(('day', visitors.models.HouseDay('at'))), name='a_line_is_of_its_day_in_boras')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annualpass',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "till_annualpassevent" ("blocked_at", "blocked_reason", "code", "created_at", "id", "is_demo", "kind", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."blocked_at", NEW."blocked_reason", NEW."code", NEW."created_at", NEW."id", NEW."is_demo", NEW."kind", NEW."persons", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='41d4400892d822d9bb2a39557b2a2eabadaeb0c8', operation='INSERT', pgid='pgtrigger_insert_insert_da11a', table='till_annualpass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annualpass',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."blocked_at" IS DISTINCT FROM (NEW."blocked_at") OR OLD."blocked_reason" IS DISTINCT FROM (NEW."blocked_reason") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."persons" IS DISTINCT FROM (NEW."persons"))', func='INSERT INTO "till_annualpassevent" ("blocked_at", "blocked_reason", "code", "created_at", "id", "is_demo", "kind", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."blocked_at", NEW."blocked_reason", NEW."code", NEW."created_at", NEW."id", NEW."is_demo", NEW."kind", NEW."persons", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='df9240af3dae960839ba2e8bbc985e9ad4c381a7', operation='UPDATE', pgid='pgtrigger_update_update_1ea4e', table='till_annualpass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='price',
            trigger=pgtrigger.compiler.Trigger(name='terms_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."product" IS DISTINCT FROM (NEW."product") OR OLD."price_ore" IS DISTINCT FROM (NEW."price_ore") OR OLD."vat_permille" IS DISTINCT FROM (NEW."vat_permille") OR OLD."heads" IS DISTINCT FROM (NEW."heads"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='57f8929cf7777700beb52e4c7ed582dfae488a8d', operation='UPDATE', pgid='pgtrigger_terms_stay_4aa00', table='till_price', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='price',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "till_priceevent" ("heads", "id", "is_demo", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "product", "valid", "vat_permille") VALUES (NEW."heads", NEW."id", NEW."is_demo", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_ore", NEW."product", NEW."valid", NEW."vat_permille"); RETURN NULL;', hash='7e04dad67e0797c08984400f06145a40d506d251', operation='INSERT', pgid='pgtrigger_insert_insert_0451e', table='till_price', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='price',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "till_priceevent" ("heads", "id", "is_demo", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "product", "valid", "vat_permille") VALUES (NEW."heads", NEW."id", NEW."is_demo", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_ore", NEW."product", NEW."valid", NEW."vat_permille"); RETURN NULL;', hash='ddb571f922d98c4b74189af31b890dcea9d09d4a', operation='UPDATE', pgid='pgtrigger_update_update_2cca9', table='till_price', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "till_passperiodevent" ("annual_pass_id", "annulled_at", "at", "by_id", "device_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."annual_pass_id", NEW."annulled_at", NEW."at", NEW."by_id", NEW."device_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid"); RETURN NULL;', hash='fe0b12ffa2d005317ee90777cb1e5b21199e63c5', operation='INSERT', pgid='pgtrigger_insert_insert_2af68', table='till_passperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "till_passperiodevent" ("annual_pass_id", "annulled_at", "at", "by_id", "device_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid") VALUES (NEW."annual_pass_id", NEW."annulled_at", NEW."at", NEW."by_id", NEW."device_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid"); RETURN NULL;', hash='9ece452e8cc9cb77a0e8514cca6dc7a2723b5157', operation='UPDATE', pgid='pgtrigger_update_update_c2863', table='till_passperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passuse',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0d1e82579a93b9b6f18b243b120f635cb4e88b8f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e91e8', table='till_passuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receiptline',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='93d0674dc228a67124bfb91d9bf871ec00dd3ca4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8b691', table='till_receiptline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receiptline',
            trigger=pgtrigger.compiler.Trigger(name='a_line_mirrors', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."reverses_id" IS NOT NULL)', func="\n    IF NOT EXISTS (\n        SELECT FROM till_receiptline l\n        WHERE l.id = NEW.reverses_id AND l.reverses_id IS NULL AND l.tickets = -NEW.tickets\n            AND l.amount_ore = -NEW.amount_ore AND l.vat_ore = -NEW.vat_ore AND l.vat_permille = NEW.vat_permille\n            AND l.product = NEW.product AND l.day = NEW.day AND l.price_id = NEW.price_id\n            AND l.pass_period_id IS NOT DISTINCT FROM NEW.pass_period_id\n    ) THEN\n        RAISE EXCEPTION 'a receipt line mirrors what it takes back' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='29b12daaf5728bb1348091a42c02bde288fbfff9', operation='INSERT', pgid='pgtrigger_a_line_mirrors_339aa', table='till_receiptline', when='BEFORE')),
        ),
    ])
