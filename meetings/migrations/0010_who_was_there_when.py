"""When somebody came and went becomes rows of their own: several stretches, jäv, and service.

What is frozen keeps its bytes: a snapshot holds the printed words, not these rows. The new tables
are content of the meeting, so they get the guard of 0002, and jäv that of 0005 as well: it is
printed at its item, and an item adjusted at once repeats the extract word for word.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MOVE_OVER = """
INSERT INTO public.meetings_stay
    (attendance_id, first_item_id, last_item_id, first_partly, last_partly)
    SELECT id, from_item_id, to_item_id, false, false FROM public.meetings_attendance
    WHERE from_item_id IS NOT NULL OR to_item_id IS NOT NULL;
INSERT INTO public.meetings_service (attendance_id, member_id)
    SELECT id, serves_for_id FROM public.meetings_attendance WHERE serves_for_id IS NOT NULL;
"""

REFUSE = "USING ERRCODE = 'integrity_constraint_violation'"
OF_ROW = "(SELECT a.meeting_id FROM public.meetings_attendance a WHERE a.id = r.attendance_id)"
NOT_FROZEN = f"""
        IF EXISTS (SELECT 1 FROM public.meetings_frozenitem f
                JOIN public.meetings_signinground s ON s.version_id = f.version_id
                WHERE f.item_id = r.item_id AND s.state IN ('open', 'completed')) THEN
            RAISE EXCEPTION 'bra: % refused on jäv: the item is adjusted at once', TG_OP
                {REFUSE};
        END IF;"""


def look_at(row: str, table: str, more: str) -> str:
    return f"""
        r := {row};
        SELECT m.state INTO found FROM public.meetings_meeting m WHERE m.id = {OF_ROW} FOR SHARE;
        IF found IN ('signing', 'approved') THEN
            RAISE EXCEPTION 'bra: % of a meeting in state % refused on {table}', TG_OP, found
                {REFUSE};
        END IF;{more}"""


def guard(table: str, more: str = "") -> str:
    """As 0002 guards the rows of a meeting; whose meeting is found through the attendance."""
    name = table.removeprefix("meetings_")
    return f"""
CREATE FUNCTION public.bra_guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r public.{table};
    found text;
BEGIN
    IF TG_OP <> 'INSERT' THEN{look_at("OLD", table, more)}
    END IF;
    IF TG_OP <> 'DELETE' THEN{look_at("NEW", table, more)}
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER bra_guard BEFORE INSERT OR UPDATE OR DELETE ON public.{table}
    FOR EACH ROW EXECUTE FUNCTION public.bra_guard_{name}();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_guard;
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_no_truncate;
"""


GUARDS = (
    guard("meetings_stay")
    + guard("meetings_service")
    + guard("meetings_conflictofinterest", NOT_FROZEN)
)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0009_former_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='substitute',
            field=models.BooleanField(default=False, verbose_name='ersättare'),
        ),
        migrations.CreateModel(
            name='ConflictOfInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='meetings.attendance')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='meetings.agendaitem')),
            ],
            options={
                'verbose_name': 'jäv',
                'verbose_name_plural': 'jäv',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('attendance', 'item'), name='conflict_once_an_item')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='meetings.attendance')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tjänstgör för')),
            ],
            options={
                'verbose_name': 'tjänstgöring',
                'verbose_name_plural': 'tjänstgöringar',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('attendance', 'member'), name='serves_for_once')],
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_partly', models.BooleanField(default=False, verbose_name='kom medan den pågick')),
                ('last_partly', models.BooleanField(default=False, verbose_name='gick medan den pågick')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='meetings.attendance')),
                ('first_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem', verbose_name='kom till')),
                ('last_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem', verbose_name='gick efter')),
            ],
            options={
                'verbose_name': 'vistelse på mötet',
                'verbose_name_plural': 'vistelser på mötet',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('first_item__isnull', True)), fields=('attendance',), name='stay_from_the_beginning_once'), models.UniqueConstraint(condition=models.Q(('last_item__isnull', True)), fields=('attendance',), name='stay_to_the_end_once'), models.CheckConstraint(condition=models.Q(('first_item__isnull', False), ('first_partly', False), _connector='OR'), name='stay_partly_of_its_first_item'), models.CheckConstraint(condition=models.Q(('last_item__isnull', False), ('last_partly', False), _connector='OR'), name='stay_partly_of_its_last_item')],
            },
        ),
        migrations.RunSQL(MOVE_OVER, None),
        migrations.RemoveField(
            model_name='attendance',
            name='from_item',
        ),
        migrations.RemoveField(
            model_name='attendance',
            name='serves_for',
        ),
        migrations.RemoveField(
            model_name='attendance',
            name='to_item',
        ),
        migrations.RunSQL(GUARDS, None),
    ]
