"""Arms are kept by their content: what is frozen with them is printed with them for ever.

Append-only like the trail, and a row's SHA-256 is of its own bytes, whoever wrote it.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

GUARD = """
ALTER TABLE public.members_arms ADD CONSTRAINT sha256_is_of_the_arms CHECK (
    sha256 = pg_catalog.encode(pg_catalog.sha256(drawing), 'hex'));
CREATE TRIGGER bra_append_only BEFORE UPDATE OR DELETE ON public.members_arms
    FOR EACH ROW EXECUTE FUNCTION public.bra_append_only();
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.members_arms
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.members_arms ENABLE ALWAYS TRIGGER bra_append_only;
ALTER TABLE public.members_arms ENABLE ALWAYS TRIGGER bra_no_truncate;
"""
KEEP = """
INSERT INTO public.members_arms (municipality_id, sha256, drawing)
    SELECT id, pg_catalog.encode(pg_catalog.sha256(arms), 'hex'), arms
    FROM public.members_municipality WHERE pg_catalog.octet_length(arms) > 0;
UPDATE public.members_municipality SET arms_sha256 = pg_catalog.encode(
    pg_catalog.sha256(arms), 'hex') WHERE pg_catalog.octet_length(arms) > 0;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0009_council_colour'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('drawing', models.BinaryField()),
                ('added_at', models.DateTimeField(db_default=Now())),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='every_arms', to='members.municipality')),
            ],
            options={
                'verbose_name': 'kommunvapen',
                'verbose_name_plural': 'kommunvapen',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'sha256'), name='arms_once')],
            },
        ),
        migrations.AddField(
            model_name='municipality',
            name='arms_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='kommunvapen'),
            preserve_default=False,
        ),
        # No way back: a guard that a migration can lift is none.
        migrations.RunSQL(GUARD + KEEP, None),
        migrations.RemoveField(model_name='municipality', name='arms'),
        migrations.RemoveField(model_name='municipality', name='arms_type'),
    ]
