"""Tickets as rows. What the desk had as categories becomes tickets of the same codes: prices and what was sold keep theirs."""

import datetime as dt
from typing import Any

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import visitors.tickets.models.prices
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from navet.migrating import together


# As they were when this migration was written: a migration does not follow the code. Code, Swedish, English, whom it admits.
TICKETS = [
    ("adult", "Vuxen", "Adult", "adult", 1, "", 0),
    ("child", "Barn", "Child", "child", 1, "", 0),
    ("family", "Familj, 2 vuxna och 2 barn", "Family, 2 adults and 2 children", "family_adult", 2, "family_child", 2),
    ("family_adult", "Vuxen på familjebiljett", "Adult on a family ticket", "family_adult", 1, "", 0),
    ("family_child", "Barn på familjebiljett", "Child on a family ticket", "family_child", 1, "", 0),
    ("annual_pass", "Årskort", "Annual pass", "annual_pass", 1, "", 0),
    ("group", "Gruppbesök", "Group visit", "group", 1, "", 0),
    ("free", "Fri entré", "Free entry", "free", 1, "", 0),
]
FIRST = dt.date(2000, 1, 1)


def carry_over(apps: Any, _schema: Any) -> None:
    """A ticket for each category of the desk, and one for a family, at the price that two adults of one had, children free."""
    kinds, prices = (apps.get_model("till", name)._default_manager for name in ("TicketKind", "Price"))
    now = timezone.now()
    not_over = prices.filter(models.Q(valid__endswith=None) | models.Q(valid__endswith__gt=now))
    family = list(not_over.filter(product="family_adult", heads=2))
    children_pay = not_over.filter(product="family_child", price_ore__gt=0)
    carried = bool(family) and not children_pay.exists()
    for place, (code, name_sv, name_en, *party) in enumerate(TICKETS, 1):
        names = ("category", "heads", "more_category", "more_heads")
        # Without a price of its own, a family that was tapped would be missing in the till: finance gives it its key.
        has_key = code != "family" or carried or not prices.exists()
        kinds.create(
            code=code,
            name_sv=name_sv,
            name_en=name_en,
            position=10 * place,
            has_key=has_key,
            valid=DateRange(FIRST, None, "[)"),
            **dict(zip(names, party, strict=True)),
        )
    if carried:
        for old in family:
            prices.create(
                product="family",
                price_ore=old.price_ore,
                vat_permille=old.vat_permille,
                heads=1,
                valid=DateTimeTZRange(max(old.valid.lower, now), old.valid.upper, "[)"),
                note=old.note,
                is_demo=old.is_demo,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('till', '0002_reminded_of_renewal'),
        ('visitors', '0011_who_is_in_the_house_by_day'),
    ]

    operations = together([
        migrations.CreateModel(
            name='TicketEntry',
            fields=[
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ticket', serialize=False, to='visitors.visit')),
                ('tickets', models.PositiveIntegerField(verbose_name='tickets')),
            ],
            options={
                'verbose_name': 'entry by ticket',
                'verbose_name_plural': 'entries by ticket',
            },
        ),
        migrations.CreateModel(
            name='TicketKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=16, unique=True, verbose_name='code')),
                ('name_sv', models.CharField(max_length=60, verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=60, verbose_name='name in English')),
                ('category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation'), ('door_correction', 'Door counter correction')], max_length=16, verbose_name='counted as')),
                ('heads', models.PositiveSmallIntegerField(default=1, verbose_name='people of it')),
                ('more_category', models.CharField(blank=True, choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation'), ('door_correction', 'Door counter correction')], default='', max_length=16, verbose_name='and counted as')),
                ('more_heads', models.PositiveSmallIntegerField(default=0, verbose_name='people of that')),
                ('position', models.PositiveSmallIntegerField(default=50, verbose_name='place among the keys')),
                ('has_key', models.BooleanField(default=True, help_text='Without one it is sold no more, but what waits on a tablet still counts.', verbose_name='has a key at the desk')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='sold')),
            ],
            options={
                'verbose_name': 'ticket',
                'verbose_name_plural': 'tickets',
            },
        ),
        migrations.CreateModel(
            name='TicketKindEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=16, verbose_name='code')),
                ('name_sv', models.CharField(max_length=60, verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=60, verbose_name='name in English')),
                ('category', models.CharField(choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation'), ('door_correction', 'Door counter correction')], max_length=16, verbose_name='counted as')),
                ('heads', models.PositiveSmallIntegerField(default=1, verbose_name='people of it')),
                ('more_category', models.CharField(blank=True, choices=[('pupil', 'Pupil on a school programme'), ('school_adult', 'Adult with a school class'), ('adult', 'Adult'), ('child', 'Child'), ('family_adult', 'Adult on a family ticket'), ('family_child', 'Child on a family ticket'), ('annual_pass', 'Annual pass'), ('group', 'Group visit'), ('free', 'Free entry'), ('course', 'Educator on a course'), ('leisure', 'Child in a leisure group'), ('conference', 'Conference guest'), ('digital', 'Digital or off-site participation'), ('door_correction', 'Door counter correction')], default='', max_length=16, verbose_name='and counted as')),
                ('more_heads', models.PositiveSmallIntegerField(default=0, verbose_name='people of that')),
                ('position', models.PositiveSmallIntegerField(default=50, verbose_name='place among the keys')),
                ('has_key', models.BooleanField(default=True, help_text='Without one it is sold no more, but what waits on a tablet still counts.', verbose_name='has a key at the desk')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='sold')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_adult_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_child_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_family_adult_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_family_child_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_group_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_free_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_person_pass_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='price',
            name='one_price_of_family_pass_at_a_time',
        ),
        migrations.AlterField(
            model_name='price',
            name='product',
            field=models.CharField(max_length=16, verbose_name='product'),
        ),
        migrations.AlterField(
            model_name='priceevent',
            name='product',
            field=models.CharField(max_length=16, verbose_name='product'),
        ),
        migrations.AlterField(
            model_name='receiptline',
            name='product',
            field=models.CharField(max_length=16, verbose_name='product'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(visitors.tickets.models.prices.OneText('product'), '&&'), ('valid', '&&')], name='one_price_of_a_product_at_a_time'),
        ),
        migrations.AddField(
            model_name='ticketentry',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tapped_with', to='visitors.visit'),
        ),
        migrations.AddConstraint(
            model_name='ticketkind',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ('adult', 'child', 'family_adult', 'family_child', 'annual_pass', 'group', 'free'))), name='a_ticket_is_counted_as_a_walk_in'),
        ),
        migrations.AddConstraint(
            model_name='ticketkind',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('more_category', ''), ('more_heads', 0)), models.Q(('more_category__in', ('adult', 'child', 'family_adult', 'family_child', 'annual_pass', 'group', 'free')), ('more_heads__gte', 1), ('more_heads__lte', 100), models.Q(('more_category', models.F('category')), _negated=True)), _connector='OR'), name='the_others_on_a_ticket_are_of_another_category'),
        ),
        migrations.AddConstraint(
            model_name='ticketkind',
            constraint=models.CheckConstraint(condition=models.Q(('heads__gte', 1), ('heads__lte', 100)), name='a_ticket_is_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='ticketkind',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name_sv', ''), _negated=True), models.Q(('name_en', ''), _negated=True)), name='a_ticket_has_both_names'),
        ),
        migrations.AddConstraint(
            model_name='ticketkind',
            constraint=models.CheckConstraint(condition=models.Q(('valid__isempty', False), ('valid__startswith__isnull', False)), name='a_ticket_is_sold_for_a_while'),
        ),
        migrations.AddField(
            model_name='ticketentry',
            name='kind',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='till.ticketkind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketkind',
            trigger=pgtrigger.compiler.Trigger(name='what_was_sold_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."name_sv" IS DISTINCT FROM (NEW."name_sv") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."heads" IS DISTINCT FROM (NEW."heads") OR OLD."more_category" IS DISTINCT FROM (NEW."more_category") OR OLD."more_heads" IS DISTINCT FROM (NEW."more_heads"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f32c1bc0484ecb428f7ac85616a6620cce590c12', operation='UPDATE', pgid='pgtrigger_what_was_sold_stays_202da', table='till_ticketkind', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketkind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "till_ticketkindevent" ("category", "code", "has_key", "heads", "id", "more_category", "more_heads", "name_en", "name_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "valid") VALUES (NEW."category", NEW."code", NEW."has_key", NEW."heads", NEW."id", NEW."more_category", NEW."more_heads", NEW."name_en", NEW."name_sv", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."valid"); RETURN NULL;', hash='c7c276eb68ebfc68f16706fa58edba6c20d8e1c8', operation='INSERT', pgid='pgtrigger_insert_insert_3a402', table='till_ticketkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketkind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "till_ticketkindevent" ("category", "code", "has_key", "heads", "id", "more_category", "more_heads", "name_en", "name_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "valid") VALUES (NEW."category", NEW."code", NEW."has_key", NEW."heads", NEW."id", NEW."more_category", NEW."more_heads", NEW."name_en", NEW."name_sv", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."valid"); RETURN NULL;', hash='eefcbffc18da58fea3a53c535ce711fa1c85fc54', operation='UPDATE', pgid='pgtrigger_update_update_aedfc', table='till_ticketkind', when='AFTER')),
        ),
        migrations.AddField(
            model_name='ticketkindevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='ticketkindevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='till.ticketkind'),
        ),
        migrations.AddConstraint(
            model_name='ticketentry',
            constraint=models.CheckConstraint(condition=models.Q(('tickets__gt', 0)), name='a_tap_is_of_some_tickets'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa932b281740a1a5232b68485295094b30461b29', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a2d5', table='till_ticketentry', when='BEFORE')),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ])
