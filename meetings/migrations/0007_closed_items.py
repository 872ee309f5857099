"""Items under secrecy: marked on the agenda, and frozen apart from the public minutes.

Guards, beside those of migrations 0002 and 0005:

* A closed item is frozen while its minutes are, before they go out: only with the commitment that
  the version's own bytes hold for that item, and it is never changed or taken away.
* No round opens on a version whose commitments have not all their closed items.
* Minutes with closed items are sealed together with their closed part, never without it.

Schema-qualified throughout, ENABLE ALWAYS.
"""

import django.db.models.deletion
from django.db import migrations, models

REFUSE = "USING ERRCODE = 'integrity_constraint_violation'"

COMMITMENTS = """
CREATE FUNCTION public.bra_commitments(content bytea)
RETURNS TABLE (item bigint, commitment text) LANGUAGE sql IMMUTABLE AS $$
    SELECT (line->>'key')::bigint, line->>'commitment'
    FROM pg_catalog.jsonb_array_elements(
        pg_catalog.convert_from(content, 'UTF8')::jsonb->'items') AS line
    WHERE line ? 'commitment'
$$;
"""

CLOSED_ITEM = f"""
ALTER TABLE public.meetings_closeditem ADD CONSTRAINT commitment_is_of_the_bytes CHECK (
    pg_catalog.octet_length(salt) = 32 AND commitment = pg_catalog.encode(pg_catalog.sha256(
        pg_catalog.decode('70617200', 'hex') || salt || canonical), 'hex'));
CREATE FUNCTION public.bra_guard_closeditem() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_minutesversion v
        JOIN public.meetings_meeting m ON m.id = v.meeting_id
        JOIN public.meetings_agendaitem i ON i.id = NEW.item_id AND i.meeting_id = m.id
        WHERE v.id = NEW.version_id AND v.kind = 'minutes' AND m.state = 'minuting'
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
CREATE TRIGGER bra_guard BEFORE INSERT ON public.meetings_closeditem
    FOR EACH ROW EXECUTE FUNCTION public.bra_guard_closeditem();
CREATE TRIGGER bra_append_only BEFORE UPDATE OR DELETE ON public.meetings_closeditem
    FOR EACH ROW EXECUTE FUNCTION public.bra_append_only();
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.meetings_closeditem
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.meetings_closeditem ENABLE ALWAYS TRIGGER bra_guard;
ALTER TABLE public.meetings_closeditem ENABLE ALWAYS TRIGGER bra_append_only;
ALTER TABLE public.meetings_closeditem ENABLE ALWAYS TRIGGER bra_no_truncate;
"""

ROUND = f"""
CREATE FUNCTION public.bra_closed_items_are_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT 1 FROM public.meetings_minutesversion v, public.bra_commitments(v.canonical) c
            WHERE v.id = NEW.version_id AND NOT EXISTS (
                SELECT 1 FROM public.meetings_closeditem z
                WHERE z.version_id = v.id AND z.item_id = c.item
                  AND z.commitment = c.commitment)) THEN
        RAISE EXCEPTION 'bra: a closed item that the text commits to is missing' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bra_closed_items BEFORE INSERT ON public.meetings_signinground
    FOR EACH ROW EXECUTE FUNCTION public.bra_closed_items_are_there();
ALTER TABLE public.meetings_signinground ENABLE ALWAYS TRIGGER bra_closed_items;
"""

CLOSED_PART = f"""
CREATE FUNCTION public.bra_closed_part_is_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT 1 FROM public.meetings_closeditem z WHERE z.version_id = NEW.version_id)
        AND NOT EXISTS (
            SELECT 1 FROM public.meetings_sealedfile f
            WHERE f.round_id = NEW.round_id AND f.meeting_id = NEW.meeting_id
              AND f.kind = 'closed') THEN
        RAISE EXCEPTION 'bra: the closed part is sealed with the minutes' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bra_closed_part BEFORE INSERT ON public.meetings_sealedminutes
    FOR EACH ROW EXECUTE FUNCTION public.bra_closed_part_is_sealed();
ALTER TABLE public.meetings_sealedminutes ENABLE ALWAYS TRIGGER bra_closed_part;
"""

# As in migration 0005: everybody whose approval the round needs has approved that hash.
ALL_APPROVED = """EXISTS (SELECT 1 FROM public.meetings_signer g WHERE g.round_id = s.id)
              AND NOT EXISTS (
                SELECT 1 FROM public.meetings_signer g
                LEFT JOIN public.meetings_approval a
                    ON a.signer_id = g.id AND a.round_id = s.id AND a.snapshot_sha256 = v.sha256
                WHERE g.round_id = s.id AND a.id IS NULL AND NOT EXISTS (
                    SELECT 1 FROM public.meetings_signer h WHERE h.stands_in_for_id = g.id))"""

SEALED_FILE = f"""
CREATE OR REPLACE FUNCTION public.bra_guard_sealedfile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_signinground s
            JOIN public.meetings_minutesversion v ON v.id = s.version_id
            JOIN public.meetings_meeting m ON m.id = s.meeting_id
            WHERE s.id = NEW.round_id AND m.id = NEW.meeting_id AND s.state = 'completed'
              AND ((NEW.kind IN ('extract', 'correction') AND s.kind = NEW.kind)
                OR (NEW.kind IN ('scan', 'augmented') AND s.kind = 'minutes')
                OR (NEW.kind = 'closed' AND s.kind = 'minutes' AND m.state = 'signing'
                    AND EXISTS (SELECT 1 FROM public.meetings_closeditem z
                        WHERE z.version_id = v.id)))
              AND {ALL_APPROVED};
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bra: not every signer has approved the sealed file' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0006_unlocking'),
    ]

    operations = [
        migrations.AddField(
            model_name='agendaitem',
            name='public_heading',
            field=models.CharField(blank=True, db_default='', default='', help_text='Säger inget om saken. Tomt: Ärende som omfattas av sekretess.', max_length=120, verbose_name='rubrik i öppna listor'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='secrecy',
            field=models.CharField(blank=True, db_default='', default='', help_text='Lagrummet, som OSL 35 kap. 1 §. Tomt: ärendet är öppet.', max_length=120, verbose_name='omfattas av sekretess enligt'),
        ),
        migrations.AlterField(
            model_name='sealedfile',
            name='kind',
            field=models.CharField(choices=[('extract', 'Omedelbart justerade paragrafer'), ('correction', 'Rättelse'), ('scan', 'Inskannat original på papper'), ('augmented', 'Protokollet med tidsstämpel'), ('closed', 'Sekretessbelagd del')], max_length=10),
        ),
        migrations.CreateModel(
            name='ClosedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('canonical', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('commitment', models.CharField(max_length=64, unique=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_in', to='meetings.agendaitem')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_items', to='meetings.minutesversion')),
            ],
            options={
                'verbose_name': 'sekretessbelagd paragraf',
                'verbose_name_plural': 'sekretessbelagda paragrafer',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'item'), name='closed_item_once_a_version')],
            },
        ),
        # No way back: a guard that a migration can lift is none.
        migrations.RunSQL(COMMITMENTS + CLOSED_ITEM + ROUND + CLOSED_PART + SEALED_FILE, None),
    ]
