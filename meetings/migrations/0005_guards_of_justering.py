"""The guards of migration 0002 for what justering has become.

* An item in an extract of omedelbar justering is closed while that is open, and for ever once it
  is sealed: only its order may change, because the full minutes repeat it word for word.
* A correction is written and signed after the minutes are sealed, so its rounds are let in then.
* Signers are append-only: a stand-in is one more row, and the replaced one's approval is no
  longer asked for. A round is closed once and never opened again.
* Nothing enters the register of files (sealed minutes, sealed files) without an approval of that
  same hash by every signer of its round.

Schema-qualified throughout, ENABLE ALWAYS.
"""

from django.db import migrations

REFUSE = "USING ERRCODE = 'integrity_constraint_violation'"
OF_ITEM = "(SELECT i.meeting_id FROM public.meetings_agendaitem i WHERE i.id = r.item_id)"
OF_ACTION = (
    "(SELECT i.meeting_id FROM public.meetings_agendaitem i"
    " JOIN public.meetings_actionitem a ON a.item_id = i.id WHERE a.id = r.actionitem_id)"
)
ITEM_OF_ACTION = (
    "(SELECT a.item_id FROM public.meetings_actionitem a WHERE a.id = r.actionitem_id)"
)
OF_ROUND = "(SELECT s.meeting_id FROM public.meetings_signinground s WHERE s.id = r.round_id)"
KIND_OF_ROUND = "(SELECT s.kind FROM public.meetings_signinground s WHERE s.id = r.round_id)"
OF_VERSION = "(SELECT v.meeting_id FROM public.meetings_minutesversion v WHERE v.id = r.version_id)"
KIND_OF_VERSION = "(SELECT v.kind FROM public.meetings_minutesversion v WHERE v.id = r.version_id)"
OF_SIGNER = (
    "(SELECT s.meeting_id FROM public.meetings_signinground s"
    " JOIN public.meetings_signer g ON g.round_id = s.id WHERE g.id = r.signer_id)"
)
OF_COMMENT = (
    "(SELECT s.meeting_id FROM public.meetings_signinground s"
    " JOIN public.meetings_reviewcomment c ON c.round_id = s.id WHERE c.id = r.comment_id)"
)

CONTENT = {  # table: (its meeting, its item), closed in justering and after, and while frozen
    "meetings_agendaitem": ("r.meeting_id", "r.id"),
    "meetings_decision": (OF_ITEM, "r.item_id"),
    "meetings_organisationreport": (OF_ITEM, "r.item_id"),
    "meetings_topic": (OF_ITEM, "r.item_id"),
    "meetings_actionitem": (OF_ITEM, "r.item_id"),
    "meetings_actionitem_persons": (OF_ACTION, ITEM_OF_ACTION),
    "meetings_actionitem_organisations": (OF_ACTION, ITEM_OF_ACTION),
    "meetings_dissent": ("r.meeting_id", "coalesce(r.item_id, 0)"),
}
LATE = {  # table: (its meeting, what tells that it belongs to a correction)
    "meetings_minutesversion": ("r.meeting_id", "r.kind"),
    "meetings_signinground": ("r.meeting_id", "r.kind"),
    "meetings_signer": (OF_ROUND, KIND_OF_ROUND),
    "meetings_approval": (OF_ROUND, KIND_OF_ROUND),
    "meetings_reviewcomment": (OF_ROUND, KIND_OF_ROUND),
    "meetings_preflight": (OF_VERSION, KIND_OF_VERSION),
    "meetings_itemreview": (OF_SIGNER, "''"),
    "meetings_commentanswer": (OF_COMMENT, "''"),
    "meetings_frozenitem": (OF_VERSION, "''"),
}
NEW_TABLES = {
    "meetings_dissent", "meetings_preflight", "meetings_itemreview", "meetings_commentanswer",
    "meetings_frozenitem", "meetings_sealedfile", "meetings_sealcertificate",
}  # fmt: skip
APPEND_ONLY = (
    "meetings_signer", "meetings_commentanswer", "meetings_preflight", "meetings_frozenitem",
    "meetings_sealedfile", "meetings_sealcertificate",
)  # fmt: skip

SPARED = {
    # The status of an action item lives on after its words are sealed.
    "meetings_actionitem": "to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status'",
}
UNFROZEN = {
    # The order may still change; the number only to the one the extract has.
    "meetings_agendaitem": """TG_OP = 'UPDATE'
            AND to_jsonb(NEW) - '{position,number}'::text[]
                = to_jsonb(OLD) - '{position,number}'::text[]
            AND (NEW.number IS NULL OR NEW.number = (
                SELECT max(f.number) FROM public.meetings_frozenitem f
                JOIN public.meetings_signinground s ON s.version_id = f.version_id
                WHERE f.item_id = NEW.id AND s.state IN ('open', 'completed')))""",
}


def body(row: str, table: str, meeting: str, check: str) -> str:
    return f"""
        r := {row};
        SELECT m.state INTO found FROM public.meetings_meeting m
            WHERE m.id = {meeting} FOR SHARE;
        IF {check} THEN
            RAISE EXCEPTION 'bra: % of a meeting in state % refused on {table}', TG_OP, found
                {REFUSE};
        END IF;"""


def function(table: str, first: str, of_row: str, of_new: str) -> str:
    name = table.removeprefix("meetings_")
    return f"""
CREATE OR REPLACE FUNCTION public.bra_guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r public.{table};
    found text;
BEGIN{first}
    IF TG_OP <> 'INSERT' THEN{of_row}
    END IF;
    IF TG_OP <> 'DELETE' THEN{of_new}
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
"""


def content_guard(table: str, meeting: str, item: str) -> str:
    spared = SPARED.get(table)
    first = (
        f"\n    IF TG_OP = 'UPDATE' AND {spared} THEN\n        RETURN NEW;\n    END IF;"
        if spared
        else ""
    )
    frozen = f"""
        IF EXISTS (SELECT 1 FROM public.meetings_frozenitem f
                JOIN public.meetings_signinground s ON s.version_id = f.version_id
                WHERE f.item_id = {item} AND s.state IN ('open', 'completed'))
            AND NOT ({UNFROZEN.get(table, "false")}) THEN
            RAISE EXCEPTION 'bra: % refused on {table}: the item is adjusted at once', TG_OP
                {REFUSE};
        END IF;"""
    check = "found IN ('signing', 'approved')"
    return function(
        table,
        first,
        body("OLD", table, meeting, check) + frozen,
        body("NEW", table, meeting, check) + frozen,
    )


def late_guard(table: str, meeting: str, kind: str) -> str:
    check = f"found = 'approved' AND {kind} IS DISTINCT FROM 'correction'"
    first = ROUND_IS_CLOSED_ONCE if table == "meetings_signinground" else ""
    if table == "meetings_approval":
        first = APPROVAL_OF_THE_TEXT
    return function(
        table,
        first,
        body("OLD", table, meeting, check),
        body("NEW", table, meeting, check),
    )


ROUND_IS_CLOSED_ONCE = f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'bra: rounds of justering are kept' {REFUSE};
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state <> 'open' OR to_jsonb(NEW)
            - '{{state,closed_at,returned_by_id,unlock_reason,handed_to_id}}'::text[]
            <> to_jsonb(OLD)
            - '{{state,closed_at,returned_by_id,unlock_reason,handed_to_id}}'::text[]) THEN
        RAISE EXCEPTION 'bra: a round is closed once and keeps its text' {REFUSE};
    END IF;"""

APPROVAL_OF_THE_TEXT = f"""
    IF TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT 1 FROM public.meetings_signinground s
            JOIN public.meetings_minutesversion v ON v.id = s.version_id
            JOIN public.meetings_signer g ON g.round_id = s.id
            WHERE s.id = NEW.round_id AND s.state = 'open' AND v.sha256 = NEW.snapshot_sha256
              AND g.id = NEW.signer_id AND NOT EXISTS (
                SELECT 1 FROM public.meetings_signer h WHERE h.stands_in_for_id = g.id)) THEN
        RAISE EXCEPTION 'bra: an approval is of the text and by a signer of an open round'
            {REFUSE};
    END IF;"""

# Everybody whose approval the round r (alias s) of version v needs has approved that hash.
ALL_APPROVED = """EXISTS (SELECT 1 FROM public.meetings_signer g WHERE g.round_id = s.id)
              AND NOT EXISTS (
                SELECT 1 FROM public.meetings_signer g
                LEFT JOIN public.meetings_approval a
                    ON a.signer_id = g.id AND a.round_id = s.id AND a.snapshot_sha256 = v.sha256
                WHERE g.round_id = s.id AND a.id IS NULL AND NOT EXISTS (
                    SELECT 1 FROM public.meetings_signer h WHERE h.stands_in_for_id = g.id))"""

SIGNER = f"""
CREATE FUNCTION public.bra_signer_of_an_open_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_signinground s WHERE s.id = NEW.round_id AND s.state = 'open'
        FOR SHARE;
    IF NOT FOUND OR (NEW.stands_in_for_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM public.meetings_signer g
            LEFT JOIN public.meetings_approval a ON a.signer_id = g.id
            WHERE g.id = NEW.stands_in_for_id AND g.round_id = NEW.round_id AND a.id IS NULL)) THEN
        RAISE EXCEPTION 'bra: a signer is named while the round is open' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bra_open_round BEFORE INSERT ON public.meetings_signer
    FOR EACH ROW EXECUTE FUNCTION public.bra_signer_of_an_open_round();
ALTER TABLE public.meetings_signer ENABLE ALWAYS TRIGGER bra_open_round;
"""

SEALED_MINUTES = f"""
CREATE OR REPLACE FUNCTION public.bra_guard_sealedminutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_meeting m WHERE m.id = NEW.meeting_id FOR SHARE;
    PERFORM 1 FROM public.meetings_meeting m
            JOIN public.meetings_signinground s ON s.meeting_id = m.id AND s.id = NEW.round_id
            JOIN public.meetings_minutesversion v ON v.id = s.version_id AND v.id = NEW.version_id
            WHERE m.id = NEW.meeting_id AND m.state = 'signing'
              AND s.kind = 'minutes' AND s.state = 'completed' AND {ALL_APPROVED};
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bra: not every signer has approved the sealed text' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
"""

SEALED_FILE = f"""
CREATE FUNCTION public.bra_guard_sealedfile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.meetings_signinground s
            JOIN public.meetings_minutesversion v ON v.id = s.version_id
            JOIN public.meetings_meeting m ON m.id = s.meeting_id
            WHERE s.id = NEW.round_id AND m.id = NEW.meeting_id AND s.state = 'completed'
              AND ((NEW.kind IN ('extract', 'correction') AND s.kind = NEW.kind)
                OR (NEW.kind IN ('scan', 'augmented') AND s.kind = 'minutes'))
              AND {ALL_APPROVED};
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bra: not every signer has approved the sealed file' {REFUSE};
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bra_guard BEFORE INSERT ON public.meetings_sealedfile
    FOR EACH ROW EXECUTE FUNCTION public.bra_guard_sealedfile();
ALTER TABLE public.meetings_sealedfile ENABLE ALWAYS TRIGGER bra_guard;
ALTER TABLE public.meetings_sealedfile ADD CONSTRAINT file_hash_is_of_the_file
    CHECK (pdf_sha256 = encode(pg_catalog.sha256(pdf), 'hex'));
ALTER TABLE public.meetings_sealcertificate ADD CONSTRAINT certificate_hash_is_of_the_bytes
    CHECK (sha256 = encode(pg_catalog.sha256(der), 'hex'));
"""

MEETING = f"""
CREATE OR REPLACE FUNCTION public.bra_guard_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('planned') THEN
            RAISE EXCEPTION 'bra: a meeting begins as planned' {REFUSE};
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'bra: % of a sealed meeting refused', TG_OP {REFUSE};
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF OLD.state = 'signing' AND to_jsonb(NEW) - '{{state,minuting_at,approved_at}}'::text[]
            <> to_jsonb(OLD) - '{{state,minuting_at,approved_at}}'::text[] THEN
        RAISE EXCEPTION 'bra: a meeting in justering keeps its facts' {REFUSE};
    END IF;
    IF NEW.state = 'approved' THEN
        IF OLD.state <> 'signing' THEN
            RAISE EXCEPTION 'bra: only minutes in justering can be sealed' {REFUSE};
        END IF;
        PERFORM 1 FROM public.meetings_sealedminutes z
            JOIN public.meetings_signinground s ON s.id = z.round_id AND s.state = 'completed'
            JOIN public.meetings_minutesversion v ON v.id = z.version_id AND v.id = s.version_id
            WHERE z.meeting_id = NEW.id AND s.meeting_id = NEW.id AND v.meeting_id = NEW.id
              AND s.kind = 'minutes' AND v.kind = 'minutes' AND {ALL_APPROVED};
        IF NOT FOUND THEN
            RAISE EXCEPTION 'bra: not every signer has approved the sealed text' {REFUSE};
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""


def triggers(table: str) -> str:
    """What a new table needs; sealed files have a guard of their own, certificates none."""
    name = table.removeprefix("meetings_")
    guard = (
        f"""
CREATE TRIGGER bra_guard BEFORE INSERT OR UPDATE OR DELETE ON public.{table}
    FOR EACH ROW EXECUTE FUNCTION public.bra_guard_{name}();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_guard;"""
        if table in CONTENT or table in LATE
        else ""
    )
    return f"""{guard}
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_no_truncate;
"""


def append_only(table: str) -> str:
    return f"""
CREATE TRIGGER bra_append_only BEFORE UPDATE OR DELETE ON public.{table}
    FOR EACH ROW EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER bra_append_only;
"""


FORWARD = "".join(
    [
        *(content_guard(table, *where) for table, where in CONTENT.items()),
        *(late_guard(table, *where) for table, where in LATE.items()),
        *(triggers(table) for table in sorted(NEW_TABLES)),
        *(append_only(table) for table in APPEND_ONLY),
        SIGNER,
        SEALED_MINUTES,
        SEALED_FILE,
        MEETING,
    ]
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_justering_per_item")]
    # No way back: a seal that a migration can lift is none.
    operations = [migrations.RunSQL(FORWARD, None)]
