import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0004_a_page_for_participants'),
        ('house', '0004_an_option_ends'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together([
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('reason', models.CharField(max_length=120, verbose_name='reason')),
                ('net_0_ore', models.BigIntegerField(default=0, verbose_name='exempt')),
                ('net_60_ore', models.BigIntegerField(default=0)),
                ('vat_60_ore', models.BigIntegerField(default=0)),
                ('net_120_ore', models.BigIntegerField(default=0)),
                ('vat_120_ore', models.BigIntegerField(default=0)),
                ('net_250_ore', models.BigIntegerField(default=0)),
                ('vat_250_ore', models.BigIntegerField(default=0)),
                ('difference_ore', models.BigIntegerField(verbose_name='price difference, öre with VAT')),
            ],
            options={
                'verbose_name': 'change of a conference that has begun',
                'verbose_name_plural': 'changes of conferences that have begun',
                'ordering': ['pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservationday',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservationday',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservationline',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservationline',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='reservationline',
            name='a_line_is_of_something',
        ),
        migrations.AddField(
            model_name='reservationday',
            name='persons',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='persons of this day'),
        ),
        migrations.AddField(
            model_name='reservationdayevent',
            name='persons',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='persons of this day'),
        ),
        migrations.AddConstraint(
            model_name='reservationday',
            constraint=models.CheckConstraint(condition=models.Q(('persons__isnull', True), models.Q(('persons__gte', 1), ('persons__lte', 500)), _connector='OR'), name='a_day_has_persons'),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='reservation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='conferences.reservation'),
        ),
        migrations.AddField(
            model_name='reservationline',
            name='adjustment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='conferences.adjustment'),
        ),
        migrations.AddField(
            model_name='reservationlineevent',
            name='adjustment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conferences.adjustment'),
        ),
        migrations.AddConstraint(
            model_name='reservationline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quantity__gte', 1), models.Q(('of', 'discount'), _negated=True)), models.Q(('of', 'discount'), ('quantity', -1)), models.Q(('adjustment__isnull', False), models.Q(('quantity', 0), _negated=True)), _connector='OR'), name='a_line_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_adjustment_says_why'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(('difference_ore', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('net_0_ore'), '+', models.F('net_60_ore')), '+', models.F('vat_60_ore')), '+', models.F('net_120_ore')), '+', models.F('vat_120_ore')), '+', models.F('net_250_ore')), '+', models.F('vat_250_ore')))), name='an_adjustment_adds_up'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservationday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conferences_reservationdayevent" ("code", "extra_hours", "id", "occasion_id", "package_id", "part_id", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reservation_id") VALUES (NEW."code", NEW."extra_hours", NEW."id", NEW."occasion_id", NEW."package_id", NEW."part_id", NEW."persons", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reservation_id"); RETURN NULL;', hash='5cfcf640618274929d78b42dcc57cc106483457e', operation='INSERT', pgid='pgtrigger_insert_insert_b65fe', table='conferences_reservationday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservationday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conferences_reservationdayevent" ("code", "extra_hours", "id", "occasion_id", "package_id", "part_id", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reservation_id") VALUES (NEW."code", NEW."extra_hours", NEW."id", NEW."occasion_id", NEW."package_id", NEW."part_id", NEW."persons", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reservation_id"); RETURN NULL;', hash='c97e5d6714f82dbe11fb8ed2a74ec4e499e98326', operation='UPDATE', pgid='pgtrigger_update_update_0f468', table='conferences_reservationday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservationline',
            trigger=pgtrigger.compiler.Trigger(name='what_was_adjusted_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adjustment_id" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8141d669e334b81156fa0b59aad311d875e9cb45', operation='UPDATE OR DELETE', pgid='pgtrigger_what_was_adjusted_stays_56ed5', table='conferences_reservationline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservationline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conferences_reservationlineevent" ("adjustment_id", "id", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "reservation_id", "slug", "text", "treatment", "unit", "unit_ore") VALUES (NEW."adjustment_id", NEW."id", NEW."of", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."quantity", NEW."reservation_id", NEW."slug", NEW."text", NEW."treatment", NEW."unit", NEW."unit_ore"); RETURN NULL;', hash='97dd188c6252a9353158e9069ef5345af9d9212a', operation='INSERT', pgid='pgtrigger_insert_insert_88736', table='conferences_reservationline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservationline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conferences_reservationlineevent" ("adjustment_id", "id", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "reservation_id", "slug", "text", "treatment", "unit", "unit_ore") VALUES (NEW."adjustment_id", NEW."id", NEW."of", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."quantity", NEW."reservation_id", NEW."slug", NEW."text", NEW."treatment", NEW."unit", NEW."unit_ore"); RETURN NULL;', hash='46a6d620688ea868813b5123570bb8e6bbebbc14', operation='UPDATE', pgid='pgtrigger_update_update_85add', table='conferences_reservationline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='172e93254c862bde19e1280ecb74c8aa5b6d3a04', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1125e', table='conferences_adjustment', when='BEFORE')),
        ),
    ])
