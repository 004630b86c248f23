"""Whom a ticket admits is as many categories as it says, in one field that never changes; its name may be mended."""

import pgtrigger.compiler
import pgtrigger.migrations
import visitors.tickets.models.kinds
from django.db import migrations, models

from navet.migrating import together

# Of the rows and of their history alike.
CARRY_OVER = """
    UPDATE {table} SET party = jsonb_build_object(category, heads)
        || CASE WHEN more_category = '' THEN '{{}}' ELSE jsonb_build_object(more_category, more_heads) END
"""


class Migration(migrations.Migration):

    dependencies = [
        ('till', '0003_tickets_of_the_desk'),
    ]

    operations = together([
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticketkind',
            name='what_was_sold_stays',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticketkind',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticketkind',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='ticketkind',
            name='a_ticket_is_counted_as_a_walk_in',
        ),
        migrations.RemoveConstraint(
            model_name='ticketkind',
            name='the_others_on_a_ticket_are_of_another_category',
        ),
        migrations.RemoveConstraint(
            model_name='ticketkind',
            name='a_ticket_is_for_somebody',
        ),
        migrations.AddField(
            model_name='ticketkind',
            name='party',
            field=models.JSONField(default=dict, help_text='Category -> how many of it.', verbose_name='admits'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ticketkindevent',
            name='party',
            field=models.JSONField(default=dict, help_text='Category -> how many of it.', verbose_name='admits'),
            preserve_default=False,
        ),
        *(migrations.RunSQL(CARRY_OVER.format(table=table), migrations.RunSQL.noop) for table in ('till_ticketkind', 'till_ticketkindevent')),
        migrations.RemoveField(
            model_name='ticketkind',
            name='category',
        ),
        migrations.RemoveField(
            model_name='ticketkind',
            name='heads',
        ),
        migrations.RemoveField(
            model_name='ticketkind',
            name='more_category',
        ),
        migrations.RemoveField(
            model_name='ticketkind',
            name='more_heads',
        ),
        migrations.RemoveField(
            model_name='ticketkindevent',
            name='category',
        ),
        migrations.RemoveField(
            model_name='ticketkindevent',
            name='heads',
        ),
        migrations.RemoveField(
            model_name='ticketkindevent',
            name='more_category',
        ),
        migrations.RemoveField(
            model_name='ticketkindevent',
            name='more_heads',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketkind',
            trigger=pgtrigger.compiler.Trigger(name='what_was_sold_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."party" IS DISTINCT FROM (NEW."party"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2de0c82cae81ee45ed6b7671abb425d3a449cb01', operation='UPDATE', pgid='pgtrigger_what_was_sold_stays_202da', table='till_ticketkind', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketkind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "till_ticketkindevent" ("code", "has_key", "id", "name_en", "name_sv", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "valid") VALUES (NEW."code", NEW."has_key", NEW."id", NEW."name_en", NEW."name_sv", NEW."party", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."valid"); RETURN NULL;', hash='91dfb21079dedbe6e75c6d8572cd12564575b4bf', operation='INSERT', pgid='pgtrigger_insert_insert_3a402', table='till_ticketkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketkind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "till_ticketkindevent" ("code", "has_key", "id", "name_en", "name_sv", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "valid") VALUES (NEW."code", NEW."has_key", NEW."id", NEW."name_en", NEW."name_sv", NEW."party", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."valid"); RETURN NULL;', hash='0442cff3cb005e454ee4421ea165a23519378702', operation='UPDATE', pgid='pgtrigger_update_update_aedfc', table='till_ticketkind', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ticketkind',
            constraint=models.CheckConstraint(condition=visitors.tickets.models.kinds.AdmitsPeople('party', categories='adult,child,family_adult,family_child,annual_pass,group,free', most=100), name='a_ticket_admits_people_who_walk_in'),
        ),
    ])
