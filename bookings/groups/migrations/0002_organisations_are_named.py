"""A group may say that its name is an organisation's, which a device of the desk may keep."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0001_initial'),
        ('visitors', '0012_organisations_are_named'),
    ]

    operations = together([
        pgtrigger.migrations.RemoveTrigger(
            model_name='groupbooking',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='groupbooking',
            name='update_update',
        ),
        migrations.AddField(
            model_name='groupbooking',
            name='is_organisation',
            field=models.BooleanField(default=False, verbose_name='an organisation'),
        ),
        migrations.AddField(
            model_name='groupbookingevent',
            name='is_organisation',
            field=models.BooleanField(default=False, verbose_name='an organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupbooking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "groups_groupbookingevent" ("adults", "at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "code", "confirmed_at", "created_at", "group_name", "heads", "holds_until", "id", "is_organisation", "mail_language", "municipality_id", "occasion_id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "status", "vat_permille", "version") VALUES (NEW."adults", NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."group_name", NEW."heads", NEW."holds_until", NEW."id", NEW."is_organisation", NEW."mail_language", NEW."municipality_id", NEW."occasion_id", NEW."package_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_ore", NEW."status", NEW."vat_permille", NEW."version"); RETURN NULL;', hash='c1d3983d32ab1bb273e6a0a9810e700b7c63689f', operation='INSERT', pgid='pgtrigger_insert_insert_c6394', table='groups_groupbooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupbooking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adults" IS DISTINCT FROM (NEW."adults") OR OLD."at_desk" IS DISTINCT FROM (NEW."at_desk") OR OLD."booked_by_id" IS DISTINCT FROM (NEW."booked_by_id") OR OLD."booked_device_id" IS DISTINCT FROM (NEW."booked_device_id") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."group_name" IS DISTINCT FROM (NEW."group_name") OR OLD."heads" IS DISTINCT FROM (NEW."heads") OR OLD."holds_until" IS DISTINCT FROM (NEW."holds_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_organisation" IS DISTINCT FROM (NEW."is_organisation") OR OLD."mail_language" IS DISTINCT FROM (NEW."mail_language") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."occasion_id" IS DISTINCT FROM (NEW."occasion_id") OR OLD."package_id" IS DISTINCT FROM (NEW."package_id") OR OLD."price_ore" IS DISTINCT FROM (NEW."price_ore") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."vat_permille" IS DISTINCT FROM (NEW."vat_permille") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "groups_groupbookingevent" ("adults", "at_desk", "booked_by_id", "booked_device_id", "cancel_reason", "cancelled_at", "code", "confirmed_at", "created_at", "group_name", "heads", "holds_until", "id", "is_organisation", "mail_language", "municipality_id", "occasion_id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_ore", "status", "vat_permille", "version") VALUES (NEW."adults", NEW."at_desk", NEW."booked_by_id", NEW."booked_device_id", NEW."cancel_reason", NEW."cancelled_at", NEW."code", NEW."confirmed_at", NEW."created_at", NEW."group_name", NEW."heads", NEW."holds_until", NEW."id", NEW."is_organisation", NEW."mail_language", NEW."municipality_id", NEW."occasion_id", NEW."package_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_ore", NEW."status", NEW."vat_permille", NEW."version"); RETURN NULL;', hash='b640c3f119b7248cce30deec36186744953d03d3', operation='UPDATE', pgid='pgtrigger_update_update_8fb04', table='groups_groupbooking', when='AFTER')),
        ),
    ])
