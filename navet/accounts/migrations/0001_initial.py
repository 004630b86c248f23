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
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = together([
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('desk', 'Desk'), ('educator', 'Educator'), ('planner', 'Planner'), ('conference_host', 'Conference host'), ('finance', 'Finance'), ('management', 'Management'), ('data_protection', 'Data protection'), ('administrator', 'Administrator')], max_length=20), blank=True, default=list, size=None, verbose_name='roles')),
                ('language', models.CharField(choices=[('sv', 'Svenska'), ('en', 'English')], default='sv', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may open the administration')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'staff user',
                'verbose_name_plural': 'staff users',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_user_per_email_whatever_its_case')],
            },
        ),
        migrations.CreateModel(
            name='DeviceToken',
            fields=[
                ('digest', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('token_key', models.CharField(db_index=True, max_length=25)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('expiry', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=80, verbose_name='device')),
                ('role', models.CharField(choices=[('desk', 'Desk'), ('educator', 'Educator'), ('planner', 'Planner'), ('conference_host', 'Conference host'), ('finance', 'Finance'), ('management', 'Management'), ('data_protection', 'Data protection'), ('administrator', 'Administrator')], default='desk', max_length=20, verbose_name='role')),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='devices_revoked', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auth_token_set', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'desk device',
                'verbose_name_plural': 'desk devices',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='a_revoked_device_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='EmailCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('purpose', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, help_text='What it confirms, a booking code for instance.', max_length=40)),
                ('code_hash', models.CharField(max_length=64)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['email', 'purpose', '-created_at'], name='email_code_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='email_code_expires_after_it_was_made')],
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('desk', 'Desk'), ('educator', 'Educator'), ('planner', 'Planner'), ('conference_host', 'Conference host'), ('finance', 'Finance'), ('management', 'Management'), ('data_protection', 'Data protection'), ('administrator', 'Administrator')], max_length=20), blank=True, default=list, size=None, verbose_name='roles')),
                ('language', models.CharField(choices=[('sv', 'Svenska'), ('en', 'English')], default='sv', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may open the administration')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("created_at", "email", "id", "is_active", "is_staff", "is_superuser", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."roles"); RETURN NULL;', hash='0b2a13ff5fff860a8923b426fdb954377b00a722', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."roles" IS DISTINCT FROM (NEW."roles"))', func='INSERT INTO "accounts_userevent" ("created_at", "email", "id", "is_active", "is_staff", "is_superuser", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."roles"); RETURN NULL;', hash='6eb670b04c5ee5d78aff22760ffc0d3f7833bcc9', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
        ),
    ])
