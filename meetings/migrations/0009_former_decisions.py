"""The wordings of decisions are kept, as those of texts are; and who has a desk open.

What stands decided in minutes not yet justerade becomes the first kept wording.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

OF_ITEM = "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = NEW.item_id)"
GUARDS = f"""
INSERT INTO public.meetings_decisionrevision (item_id, points)
    SELECT d.item_id, jsonb_agg(d.text ORDER BY d.position, d.id)
    FROM public.meetings_decision d
    JOIN public.meetings_agendaitem i ON i.id = d.item_id
    JOIN public.meetings_meeting m ON m.id = i.meeting_id
    WHERE m.state <> 'approved' GROUP BY d.item_id;
CREATE FUNCTION public.bra_guard_decisionrevision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    SELECT m.state INTO found FROM public.meetings_meeting m
        WHERE m.id = {OF_ITEM} FOR SHARE;
    IF found = 'approved' THEN
        RAISE EXCEPTION 'bra: % of a meeting in state % refused on meetings_decisionrevision',
            TG_OP, found USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bra_guard BEFORE INSERT ON public.meetings_decisionrevision
    FOR EACH ROW EXECUTE FUNCTION public.bra_guard_decisionrevision();
ALTER TABLE public.meetings_decisionrevision ENABLE ALWAYS TRIGGER bra_guard;
CREATE TRIGGER bra_append_only BEFORE UPDATE OR DELETE ON public.meetings_decisionrevision
    FOR EACH ROW EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.meetings_decisionrevision ENABLE ALWAYS TRIGGER bra_append_only;
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.meetings_decisionrevision
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.meetings_decisionrevision ENABLE ALWAYS TRIGGER bra_no_truncate;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0008_from_text_to_act'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.JSONField(default=list)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decision_revisions', to='meetings.agendaitem')),
            ],
            options={
                'verbose_name': 'version av beslut',
                'verbose_name_plural': 'versioner av beslut',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AtDesk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('writing', models.BooleanField(default=False)),
                ('moved_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='at_desk', to='meetings.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'vid skrivbordet',
                'verbose_name_plural': 'vid skrivbordet',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='at_a_desk_once')],
            },
        ),
        migrations.RunSQL(GUARDS, None),
    ]
