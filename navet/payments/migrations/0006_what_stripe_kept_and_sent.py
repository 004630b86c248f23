import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from navet.migrating import together


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0005_movements'),
    ]

    operations = together([
        migrations.AddField(
            model_name='reconciliation',
            name='fees_ore',
            field=models.BigIntegerField(default=0, verbose_name='fees, öre'),
        ),
        migrations.AddField(
            model_name='reconciliation',
            name='paid_out_ore',
            field=models.BigIntegerField(default=0, verbose_name='sent to the bank, öre'),
        ),
        migrations.AlterField(
            model_name='difference',
            name='kind',
            field=models.CharField(choices=[('amount', 'Another amount or currency'), ('unknown', 'Stripe has a payment that we do not know'), ('missing', 'Stripe does not have our payment'), ('refund', 'A refund differs'), ('stuck', 'A refund has not been made'), ('nobodys', 'Paid for something that no longer exists here'), ('disputed', "The payer's bank wants the money back"), ('lost', 'A dispute was lost: the money is gone'), ('balance', "Stripe's balance has something that our books lack")], max_length=10, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=60, unique=True)),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('status', models.CharField(max_length=20, verbose_name='state at Stripe')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('arrival_date', models.DateField(verbose_name='expected at the bank')),
                ('arrived_date', models.DateField(blank=True, null=True, verbose_name='at the bank')),
                ('failed_date', models.DateField(blank=True, null=True, verbose_name='did not arrive')),
            ],
            options={
                'verbose_name': 'payout',
                'verbose_name_plural': 'payouts',
                'indexes': [models.Index(fields=['arrived_date'], name='payouts_by_arrival')],
            },
        ),
        migrations.CreateModel(
            name='BalanceEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=60, unique=True)),
                ('what', models.CharField(choices=[('ours', 'Payment or refund of ours'), ('dispute', 'Withheld or given back in a dispute'), ('payout', 'Payout, or one that came back'), ('fee', 'Fee by itself'), ('unknown', 'Nothing that we know')], max_length=8, verbose_name='what it is')),
                ('category', models.CharField(max_length=40, verbose_name="Stripe's category")),
                ('source_id', models.CharField(blank=True, max_length=60, verbose_name='about')),
                ('amount_ore', models.BigIntegerField(verbose_name='amount, öre')),
                ('fee_ore', models.BigIntegerField(help_text='Tax on it included.', verbose_name='fee, öre')),
                ('fee_tax_ore', models.BigIntegerField(verbose_name='tax on the fee, öre')),
                ('net_ore', models.BigIntegerField(verbose_name='net, öre')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('noted_at', models.DateTimeField(verbose_name='noted')),
                ('payment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='balance_entries', to='payments.payment')),
                ('payout', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.payout')),
            ],
            options={
                'verbose_name': "entry of Stripe's balance",
                'verbose_name_plural': "entries of Stripe's balance",
            },
        ),
        migrations.AddIndex(
            model_name='balanceentry',
            index=models.Index(fields=['at'], name='balance_by_day'),
        ),
        migrations.AddConstraint(
            model_name='balanceentry',
            constraint=models.CheckConstraint(condition=models.Q(('net_ore', django.db.models.expressions.CombinedExpression(models.F('amount_ore'), '-', models.F('fee_ore')))), name='a_net_is_the_amount_less_its_fee'),
        ),
        migrations.AddConstraint(
            model_name='balanceentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('payout__isnull', False), ('what', 'payout')), models.Q(models.Q(('what', 'payout'), _negated=True), ('payout__isnull', True)), _connector='OR'), name='a_payout_says_which'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payout',
            trigger=pgtrigger.compiler.Trigger(name='what_arrived_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.amount_ore <> NEW.amount_ore OR OLD.arrived_date IS NOT NULL AND OLD.arrived_date IS DISTINCT FROM NEW.arrived_date OR OLD.failed_date IS NOT NULL AND OLD.failed_date IS DISTINCT FROM NEW.failed_date)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6966671c61e4e669fc596254e768264badd248ce', operation='UPDATE', pgid='pgtrigger_what_arrived_stays_a9969', table='payments_payout', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payout',
            trigger=pgtrigger.compiler.Trigger(name='payouts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='13a115cb3fa10141fbdafc1e1132936fcc202eff', operation='DELETE', pgid='pgtrigger_payouts_stay_09a01', table='payments_payout', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balanceentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98eeb9fe431354b56aa17e89a27a21dbe2e3cd10', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0aa36', table='payments_balanceentry', when='BEFORE')),
        ),
    ])
