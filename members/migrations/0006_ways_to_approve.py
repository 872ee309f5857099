import django.contrib.postgres.fields
from django.db import migrations, models

import members.models.council

# Councils that are there keep accepting what they accepted, and the two stronger ways.
KEEP = """
UPDATE members_council SET approval_levels = ARRAY['passkey', 'password_code', approval_level];
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_trail_is_a_chain'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='approvals_wait_until',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='får justera från'),
        ),
        migrations.AddField(
            model_name='council',
            name='approval_levels',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('passkey', 'Passkey'), ('password_code', 'Lösenord och engångskod'), ('sso', 'Kommunens inloggning'), ('password', 'Bara lösenord')], max_length=13), default=members.models.council.default_levels, size=None, verbose_name='godkännande vid justering'),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='council',
            name='approval_level',
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('approval_levels__len__gte', 1)), name='council_has_approval_levels', violation_error_message='Minst ett sätt att justera måste godtas.'),
        ),
    ]
