import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0006_rooms_have_pictures'),
    ]

    operations = together([
        pgtrigger.migrations.RemoveTrigger(
            model_name='roomoffer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roomoffer',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='roomoffer',
            name='a_picture_says_what_it_shows',
        ),
        migrations.RemoveField(
            model_name='roomoffer',
            name='picture',
        ),
        migrations.RemoveField(
            model_name='roomoffer',
            name='picture_alt_en',
        ),
        migrations.RemoveField(
            model_name='roomoffer',
            name='picture_alt_sv',
        ),
        migrations.RemoveField(
            model_name='roomofferevent',
            name='picture',
        ),
        migrations.RemoveField(
            model_name='roomofferevent',
            name='picture_alt_en',
        ),
        migrations.RemoveField(
            model_name='roomofferevent',
            name='picture_alt_sv',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roomoffer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conferences_roomofferevent" ("access_en", "access_sv", "clearing_minutes", "equipment_en", "equipment_sv", "id", "is_demo", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "set_up_minutes", "summary_en", "summary_sv") VALUES (NEW."access_en", NEW."access_sv", NEW."clearing_minutes", NEW."equipment_en", NEW."equipment_sv", NEW."id", NEW."is_demo", NEW."is_published", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."room_id", NEW."set_up_minutes", NEW."summary_en", NEW."summary_sv"); RETURN NULL;', hash='cea9889a52911600caa1c0cb271943ec34925975', operation='INSERT', pgid='pgtrigger_insert_insert_225b6', table='conferences_roomoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roomoffer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conferences_roomofferevent" ("access_en", "access_sv", "clearing_minutes", "equipment_en", "equipment_sv", "id", "is_demo", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "set_up_minutes", "summary_en", "summary_sv") VALUES (NEW."access_en", NEW."access_sv", NEW."clearing_minutes", NEW."equipment_en", NEW."equipment_sv", NEW."id", NEW."is_demo", NEW."is_published", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room_id", NEW."set_up_minutes", NEW."summary_en", NEW."summary_sv"); RETURN NULL;', hash='81bdcdd9863e346b2040f3afdcdb899aef65daa6', operation='UPDATE', pgid='pgtrigger_update_update_9dc7f', table='conferences_roomoffer', when='AFTER')),
        ),
    ])
