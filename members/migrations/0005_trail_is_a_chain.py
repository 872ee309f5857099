"""The trail is a chain for each council: whoever alters it past the guards is found out.

`hash` is SHA-256 over the canonical bytes of the row and the hash before it, `sequence` counts
without gaps, and entries of no council form one chain of the installation. Both are computed
here, in the database, so that no program can write a link that does not fit; `at` becomes the
clock of the database for the same reason.

The canonical bytes are a JSON array of the columns as text of jsonb: two different rows never
give the same bytes. The time is seconds since 1970 and not a date, because a date without its
"f.Kr." reads as another one. members/audit/chain.py reads the chain with the same expression.

An advisory lock, and not a row with the head, puts the writers of a chain in line: a head row
would be one more update for each event, and one more thing that could disagree. It is released
with the transaction, so a rollback takes its number back and leaves no gap. A lock that was not
waited for (REPEATABLE READ) meets the unique constraint.
"""

from django.db import migrations, models

FIRST = "pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex')"


def link(row: str, previous: str) -> str:
    """The hash of a row, in SQL."""
    return f"""pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
        'bra-trail/1', {row}.council_id, {row}.sequence, {row}.id,
        extract(epoch FROM {row}.at)::text, {row}.meeting_id, {row}.person_id, {row}.person_name,
        {row}.action, {row}.subject_type, {row}.subject_id, {row}.subject_text, {row}.facts::text
    )::text, 'UTF8') || {previous})"""


CHAIN_WHAT_IS = f"""
ALTER TABLE public.members_auditentry DISABLE TRIGGER bra_append_only;

UPDATE public.members_auditentry e
SET sequence = n.place,
    meeting_id = CASE WHEN e.subject_type = 'meetings.meeting' THEN e.subject_id END
FROM (
    SELECT id, row_number() OVER (PARTITION BY council_id ORDER BY id) AS place
    FROM public.members_auditentry
) n
WHERE n.id = e.id;

DO $$
DECLARE
    r public.members_auditentry;
    last_council bigint;
    last_hash bytea;
BEGIN
    FOR r IN SELECT * FROM public.members_auditentry ORDER BY council_id NULLS FIRST, sequence LOOP
        IF r.sequence = 1 OR r.council_id IS DISTINCT FROM last_council THEN
            last_hash := {FIRST};
        END IF;
        last_council := r.council_id;
        last_hash := {link("r", "last_hash")};
        UPDATE public.members_auditentry SET hash = last_hash WHERE id = r.id;
    END LOOP;
END $$;

ALTER TABLE public.members_auditentry ENABLE ALWAYS TRIGGER bra_append_only;
"""

CHAIN_WHAT_COMES = f"""
CREATE FUNCTION public.bra_chain() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_sequence bigint;
    last_hash bytea;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(
        pg_catalog.hashtextextended('bra.trail', COALESCE(NEW.council_id, 0))
    );
    -- Two queries, because IS NOT DISTINCT FROM does not use the index.
    IF NEW.council_id IS NULL THEN
        SELECT e.sequence, e.hash INTO last_sequence, last_hash
        FROM public.members_auditentry e WHERE e.council_id IS NULL
        ORDER BY e.sequence DESC LIMIT 1;
    ELSE
        SELECT e.sequence, e.hash INTO last_sequence, last_hash
        FROM public.members_auditentry e WHERE e.council_id = NEW.council_id
        ORDER BY e.sequence DESC LIMIT 1;
    END IF;
    NEW.at := pg_catalog.clock_timestamp();
    NEW.sequence := COALESCE(last_sequence, 0) + 1;
    NEW.hash := {link("NEW", f"COALESCE(last_hash, {FIRST})")};
    RETURN NEW;
END $$;
CREATE TRIGGER bra_chain BEFORE INSERT ON public.members_auditentry
    FOR EACH ROW EXECUTE FUNCTION public.bra_chain();
ALTER TABLE public.members_auditentry ENABLE ALWAYS TRIGGER bra_chain;
"""

UNCHAIN = """
DROP TRIGGER bra_chain ON public.members_auditentry;
DROP FUNCTION public.bra_chain();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_words_for_broken_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditentry',
            name='meeting_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='sequence',
            field=models.BigIntegerField(db_default=0, editable=False, verbose_name='nummer'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='hash',
            field=models.BinaryField(db_default=b''),
        ),
        migrations.RunSQL(CHAIN_WHAT_IS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('meeting_id__isnull', False)), fields=['meeting_id'], name='audit_meeting'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(fields=('council', 'sequence'), name='audit_chain', nulls_distinct=False),
        ),
        migrations.RunSQL(CHAIN_WHAT_COMES, UNCHAIN),
    ]
