"""A correction of a closed item: a closed part of its own, frozen and sealed as that of minutes.

The guards of migration 0007 are widened from minutes to corrections of sealed minutes:

* The closed item of a correction is one that the sealed minutes have a closed part of.
* No round opens on a correction of such an item that does not keep its words apart.
* Such a correction is sealed together with its closed part, never without it.

Schema-qualified throughout; the triggers are those that stand, ENABLE ALWAYS.
"""

import importlib

from django.db import migrations, models

closed_items = importlib.import_module("meetings.migrations.0007_closed_items")
REFUSE = closed_items.REFUSE
ALL_APPROVED = closed_items.ALL_APPROVED

CLOSED_ITEM = f"""
CREATE OR REPLACE FUNCTION public.bra_guard_closeditem() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_minutesversion v
        JOIN public.meetings_meeting m ON m.id = v.meeting_id
        JOIN public.meetings_agendaitem i ON i.id = NEW.item_id AND i.meeting_id = m.id
        WHERE v.id = NEW.version_id
          AND ((v.kind = 'minutes' AND m.state = 'minuting')
            OR (v.kind = 'correction' AND m.state = 'approved' AND EXISTS (
                SELECT 1 FROM public.meetings_sealedminutes z
                JOIN public.meetings_closeditem c ON c.version_id = z.version_id
                WHERE z.meeting_id = m.id AND c.item_id = NEW.item_id)))
          AND NOT EXISTS (
            SELECT 1 FROM public.meetings_signinground s WHERE s.version_id = v.id)
          AND EXISTS (
            SELECT 1 FROM public.bra_commitments(v.canonical) c
            WHERE c.item = NEW.item_id AND c.commitment = NEW.commitment)
        FOR SHARE OF m;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bra: a closed item is frozen with the minutes that commit to it' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
"""

ROUND = f"""
CREATE OR REPLACE FUNCTION public.bra_closed_items_are_there() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT 1 FROM public.meetings_minutesversion v, public.bra_commitments(v.canonical) c
            WHERE v.id = NEW.version_id AND NOT EXISTS (
                SELECT 1 FROM public.meetings_closeditem z
                WHERE z.version_id = v.id AND z.item_id = c.item
                  AND z.commitment = c.commitment)) THEN
        RAISE EXCEPTION 'bra: a closed item that the text commits to is missing' {REFUSE};
    END IF;
    IF NEW.kind = 'correction' AND EXISTS (
            SELECT 1 FROM public.meetings_minutesversion v
            JOIN public.meetings_sealedminutes z ON z.meeting_id = v.meeting_id
            JOIN public.meetings_closeditem c ON c.version_id = z.version_id
            WHERE v.id = NEW.version_id
              AND c.item_id = (pg_catalog.convert_from(v.canonical, 'UTF8')::jsonb
                  ->'corrects'->>'item')::bigint
              AND NOT EXISTS (
                SELECT 1 FROM public.meetings_closeditem own
                WHERE own.version_id = v.id AND own.item_id = c.item_id)) THEN
        RAISE EXCEPTION 'bra: a closed item is corrected in a closed paper' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
"""

SEALED_FILE = f"""
CREATE OR REPLACE FUNCTION public.bra_guard_sealedfile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_signinground s
            JOIN public.meetings_minutesversion v ON v.id = s.version_id
            JOIN public.meetings_meeting m ON m.id = s.meeting_id
            WHERE s.id = NEW.round_id AND m.id = NEW.meeting_id AND s.state = 'completed'
              AND ((NEW.kind IN ('extract', 'correction') AND s.kind = NEW.kind)
                OR (NEW.kind IN ('scan', 'augmented') AND s.kind = 'minutes')
                OR (NEW.kind = 'closed'
                    AND ((s.kind = 'minutes' AND m.state = 'signing')
                      OR (s.kind = 'correction' AND m.state = 'approved'))
                    AND EXISTS (SELECT 1 FROM public.meetings_closeditem z
                        WHERE z.version_id = v.id)))
              AND {ALL_APPROVED};
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bra: not every signer has approved the sealed file' {REFUSE};
    END IF;
    IF NEW.kind = 'correction' AND EXISTS (
            SELECT 1 FROM public.meetings_signinground s
            JOIN public.meetings_closeditem z ON z.version_id = s.version_id
            WHERE s.id = NEW.round_id)
        AND NOT EXISTS (
            SELECT 1 FROM public.meetings_sealedfile f
            WHERE f.round_id = NEW.round_id AND f.kind = 'closed') THEN
        RAISE EXCEPTION 'bra: the closed part is sealed with the correction' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0011_who_froze_it'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='sealedfile', name='one_file_a_round'),
        migrations.AddConstraint(
            model_name='sealedfile',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('augmented', 'closed')), _negated=True), fields=('round',), name='one_file_a_round'),
        ),
        migrations.AddConstraint(
            model_name='sealedfile',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'closed')), fields=('round',), name='one_closed_file_a_round'),
        ),
        # No way back: a guard that a migration can lift is none.
        migrations.RunSQL(CLOSED_ITEM + ROUND + SEALED_FILE, None),
    ]
