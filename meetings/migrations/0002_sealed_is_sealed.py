"""Nothing of justerade minutes can change, by any program or any hand with SQL.

One function looks up the meeting a row belongs to (FOR SHARE: a freeze waits for an edit in
flight, and an edit waits for a freeze) and refuses by its state:

* content (agenda, texts, decisions, attendance, attachments …): closed while in justering and
  for ever once justerat;
* rounds, signers: closed once justerat;
* snapshots, approvals, remarks, seals, the archive: append-only from the start.

A meeting becomes justerat only with a seal whose hash is right and an approval of that same
hash by every signer of the round. Schema-qualified throughout, ENABLE ALWAYS.
"""

from django.db import migrations

LOOK_UP = {
    # table: how to find its meeting from a row r
    "meetings_agendaitem": "r.meeting_id",
    "meetings_attendance": "r.meeting_id",
    "meetings_attachment": "r.meeting_id",
    "meetings_meetingadjuster": "r.meeting_id",
    "meetings_decision": "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = r.item_id)",
    "meetings_organisationreport": "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = r.item_id)",
    "meetings_topic": "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = r.item_id)",
    "meetings_actionitem": "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = r.item_id)",
    "meetings_actionitem_persons": "(SELECT i.meeting_id FROM public.meetings_agendaitem i"
    " JOIN public.meetings_actionitem a ON a.item_id = i.id WHERE a.id = r.actionitem_id)",
    "meetings_actionitem_organisations": "(SELECT i.meeting_id FROM public.meetings_agendaitem i"
    " JOIN public.meetings_actionitem a ON a.item_id = i.id WHERE a.id = r.actionitem_id)",
}
LATE = {
    "meetings_textrevision": "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = r.item_id)",
    "meetings_signinground": "r.meeting_id",
    "meetings_signer": "(SELECT s.meeting_id FROM public.meetings_signinground s WHERE s.id = r.round_id)",
    "meetings_approval": "(SELECT s.meeting_id FROM public.meetings_signinground s WHERE s.id = r.round_id)",
    "meetings_reviewcomment": "(SELECT s.meeting_id FROM public.meetings_signinground s WHERE s.id = r.round_id)",
    "meetings_minutesversion": "r.meeting_id",
    "meetings_sealedminutes": "r.meeting_id",
    "meetings_archiveditem": "r.meeting_id",
}
APPEND_ONLY = (
    "meetings_minutesversion", "meetings_approval", "meetings_reviewcomment",
    "meetings_sealedminutes", "meetings_archiveditem", "meetings_actionevent",
)  # fmt: skip


def guard(table: str, meeting: str, states: str) -> str:
    """A trigger function for one table and its triggers."""
    name = table.removeprefix("meetings_")
    # The status of an action item lives on after its words are sealed.
    spared = (
        """
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status' THEN
        RETURN NEW;
    END IF;"""
        if table == "meetings_actionitem"
        else ""
    )
    return f"""
CREATE FUNCTION public.bra_guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r public.{table};
    found text;
BEGIN{spared}
    IF TG_OP <> 'INSERT' THEN
        r := OLD;
        SELECT m.state INTO found FROM public.meetings_meeting m
            WHERE m.id = {meeting} FOR SHARE;
        IF found IN ({states}) THEN
            RAISE EXCEPTION 'bra: % of a meeting in state % refused on {table}', TG_OP, found
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        r := NEW;
        SELECT m.state INTO found FROM public.meetings_meeting m
            WHERE m.id = {meeting} FOR SHARE;
        IF found IN ({states}) THEN
            RAISE EXCEPTION 'bra: % of a meeting in state % refused on {table}', TG_OP, found
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
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


def append_only(table: str) -> str:
    no_truncate = (
        f"""
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_no_truncate;"""
        if table not in LATE
        else ""
    )
    return f"""
CREATE TRIGGER bra_append_only BEFORE UPDATE OR DELETE ON public.{table}
    FOR EACH ROW EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_append_only;{no_truncate}
"""


MEETING = """
CREATE FUNCTION public.bra_guard_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('planned') THEN
            RAISE EXCEPTION 'bra: a meeting begins as planned'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'bra: % of a sealed meeting refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF OLD.state = 'signing' AND to_jsonb(NEW) - '{state,minuting_at,approved_at}'::text[]
            <> to_jsonb(OLD) - '{state,minuting_at,approved_at}'::text[] THEN
        RAISE EXCEPTION 'bra: a meeting in justering keeps its facts'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'approved' THEN
        IF OLD.state <> 'signing' THEN
            RAISE EXCEPTION 'bra: only minutes in justering can be sealed'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        PERFORM 1 FROM public.meetings_sealedminutes z
            JOIN public.meetings_signinground s ON s.id = z.round_id AND s.state = 'completed'
            JOIN public.meetings_minutesversion v ON v.id = z.version_id AND v.id = s.version_id
            WHERE z.meeting_id = NEW.id AND s.meeting_id = NEW.id AND v.meeting_id = NEW.id
              AND EXISTS (SELECT 1 FROM public.meetings_signer g WHERE g.round_id = s.id)
              AND NOT EXISTS (
                SELECT 1 FROM public.meetings_signer g
                LEFT JOIN public.meetings_approval a
                    ON a.signer_id = g.id AND a.round_id = s.id AND a.snapshot_sha256 = v.sha256
                WHERE g.round_id = s.id AND a.id IS NULL);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'bra: not every signer has approved the sealed text'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bra_guard BEFORE INSERT OR UPDATE OR DELETE ON public.meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION public.bra_guard_meeting();
ALTER TABLE public.meetings_meeting ENABLE ALWAYS TRIGGER bra_guard;
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.meetings_meeting
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.meetings_meeting ENABLE ALWAYS TRIGGER bra_no_truncate;

ALTER TABLE public.meetings_minutesversion ADD CONSTRAINT version_hash_is_of_the_bytes
    CHECK (sha256 = encode(pg_catalog.sha256(canonical), 'hex'));
ALTER TABLE public.meetings_sealedminutes ADD CONSTRAINT seal_hash_is_of_the_file
    CHECK (pdf_sha256 = encode(pg_catalog.sha256(pdf), 'hex'));
"""

FORWARD = "".join(
    [
        *(guard(table, meeting, "'signing', 'approved'") for table, meeting in LOOK_UP.items()),
        *(guard(table, meeting, "'approved'") for table, meeting in LATE.items()),
        *(append_only(table) for table in APPEND_ONLY),
        MEETING,
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("members", "0002_trail_is_append_only"),
    ]
    # No way back: a seal that a migration can lift is none.
    operations = [migrations.RunSQL(FORWARD, None)]
