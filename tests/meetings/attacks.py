"""34 ways to get at what is sealed, out on justering or in the trail with SQL alone.

Each with its control: the same thing done where it is allowed, or the very same statement by the
owner of the tables (`OWNER`), or by the owner with the guards off (`UNGUARDED`). So a refusal is
of the act, and not of a misspelt word. The words in braces are keys of the stage.
"""

from __future__ import annotations

from dataclasses import dataclass

OWNER, UNGUARDED = "owner", "unguarded"
SHA = "encode(sha256('x'), 'hex')"
# Of other words under the salt that a row of closed items has (migration 0007).
COMMITMENT = "encode(sha256(decode('70617200', 'hex') || salt || 'x'), 'hex')"


@dataclass(frozen=True)
class Attack:
    sql: str
    control: str  # SQL by the application itself, or OWNER, or UNGUARDED


def both(sql: str, **places: tuple[str, str]) -> Attack:
    """The same statement twice: the first of each pair where it is refused, then where it is not.

    As `both("… {at}", at=("{sealed}", "{open}"))`.
    """
    attack, control = sql, sql
    for word, (refused, allowed) in places.items():
        attack = attack.replace(f"<{word}>", refused)
        control = control.replace(f"<{word}>", allowed)
    return Attack(attack, control)


ITEM = ("{sealed_item}", "{open_item}")
MEETING = ("{sealed}", "{open}")
DECISION = ("{sealed_decision}", "{open_decision}")
COPIED = (
    "meeting_id, position, kind, heading, presenters, registry_number, proposed_decision, dispatch,"
    " text, text_version"
)
COPY_COLUMNS = f"COPY meetings_agendaitem ({COPIED}) FROM STDIN WITH (DELIMITER '|')\n"
APPROVAL = (
    "INSERT INTO meetings_approval (round_id, signer_id, snapshot_sha256, preview_sha256, method,"
    " evidence, consent_text, nonce, user_agent) VALUES ({round}, {signer}, '{sha}', '',"
    " 'password', jsonb_build_object(), '', gen_random_uuid(), '')"
)
GOOD_APPROVAL = APPROVAL.format(round="{out_round}", signer="{out_signer}", sha="{out_sha}")
CLOSE = (
    "UPDATE meetings_signinground SET state = 'completed', closed_at = now() WHERE id = {out_round}"
)
SEAL = (
    "INSERT INTO meetings_sealedminutes (meeting_id, version_id, round_id, pdf, pdf_sha256, pages,"
    f" sealed_at, validation) VALUES ({{out}}, {{out_version}}, {{out_round}}, 'x', {SHA}, 1,"
    " now(), jsonb_build_object())"
)
APPROVED = "UPDATE meetings_meeting SET state = 'approved', approved_at = now() WHERE id = {out}"
VERSION = (
    "INSERT INTO meetings_minutesversion (meeting_id, kind, number, canonical, sha256,"
    " frozen_by_id, program_version)"
)

ATTACKS: dict[str, Attack] = {
    # --- The words of sealed minutes
    "UPDATE": both("UPDATE meetings_agendaitem SET text = 'x' WHERE id = <at>", at=ITEM),
    "UPDATE … FROM": both(
        "UPDATE meetings_decision d SET text = 'x' FROM meetings_agendaitem i"
        " WHERE i.id = d.item_id AND i.meeting_id = <at>", at=MEETING,
    ),
    "a CTE that updates": both(
        "WITH done AS (UPDATE meetings_attendance SET name = 'x' WHERE meeting_id = <at>"
        " RETURNING 1) SELECT count(*) FROM done", at=MEETING,
    ),
    "ON CONFLICT DO UPDATE": both(
        "INSERT INTO meetings_decision (id, item_id, position, text)"
        " SELECT id, item_id, position, text FROM meetings_decision WHERE id = <at>"
        " ON CONFLICT (id) DO UPDATE SET text = 'x'", at=DECISION,
    ),
    "MERGE": both(
        "MERGE INTO meetings_decision d USING (SELECT <at>::bigint AS id) s ON d.id = s.id"
        " WHEN MATCHED THEN UPDATE SET text = 'x'", at=DECISION,
    ),
    "COPY FROM": both(
        COPY_COLUMNS + "<at>|99|other|Instucken||||||0\n", at=MEETING
    ),
    "DELETE": both("DELETE FROM meetings_decision WHERE id = <at>", at=DECISION),
    "a DELETE that takes all below it": both(
        "WITH a AS (DELETE FROM meetings_decision WHERE item_id = <at>),"
        " b AS (DELETE FROM meetings_textrevision WHERE item_id = <at>)"
        " UPDATE meetings_agendaitem SET heading = 'x' WHERE id = <at>", at=ITEM,
    ),
    "a cursor": both(
        "BEGIN; DECLARE c CURSOR FOR SELECT text FROM meetings_decision WHERE id = <at> FOR UPDATE;"
        " FETCH c; UPDATE meetings_decision SET text = 'x' WHERE CURRENT OF c; COMMIT", at=DECISION,
    ),
    "a DO block": both(
        "DO $$ BEGIN EXECUTE 'UPDATE meetings_agendaitem SET text = ''x'' WHERE id = <at>'; END $$",
        at=ITEM,
    ),
    "a prepared statement": both(
        "PREPARE p AS UPDATE meetings_decision SET text = 'x' WHERE id = <at>; EXECUTE p",
        at=DECISION,
    ),
    "every row at once": both(
        "UPDATE meetings_agendaitem SET heading = heading || 'x' WHERE id > <at>",
        at=("0", "2147483647"),
    ),
    "moving a row out": both(
        "UPDATE meetings_decision SET item_id = {open_item_2} WHERE id = <at>", at=DECISION
    ),
    "moving a row in": both(
        "UPDATE meetings_decision SET item_id = <to>, position = 99 WHERE id = {open_decision}",
        to=("{sealed_item}", "{open_item_2}"),
    ),
    "giving a row another key": both(
        "UPDATE meetings_decision SET id = id + 1000000 WHERE id = <at>", at=DECISION
    ),
    # --- The meeting, its rounds and its seal
    "un-sealing": both(
        "UPDATE meetings_meeting SET state = <to> WHERE id = <at>",
        to=("'signing'", "state"), at=MEETING,
    ),
    "giving it to another council": both(
        "UPDATE meetings_meeting SET council_id = {other_council} WHERE id = <at>", at=MEETING
    ),
    "sealing without an approval": Attack(
        f"BEGIN; {CLOSE}; {SEAL}; COMMIT", f"{GOOD_APPROVAL}; {CLOSE}; {SEAL}"
    ),
    "calling it sealed without a seal": Attack(
        f"BEGIN; {CLOSE}; {APPROVED}; COMMIT", f"{GOOD_APPROVAL}; {CLOSE}; {SEAL}; {APPROVED}"
    ),
    "an approval of another text": Attack(
        APPROVAL.format(round="{out_round}", signer="{out_signer}", sha="0" * 64), GOOD_APPROVAL
    ),
    "an approval too late": Attack(
        APPROVAL.format(round="{sealed_round}", signer="{sealed_signer}", sha="{sealed_sha}"),
        GOOD_APPROVAL,
    ),
    "a signer too late": both(
        "INSERT INTO meetings_signer (round_id, person_id, role, position, name, reason)"
        " VALUES (<at>, {stranger}, 'adjuster', 9, 'Någon', '')",
        at=("{sealed_round}", "{out_round}"),
    ),
    "a version too late": both(
        f"{VERSION} VALUES (<at>, 'minutes', 9, 'x', {SHA}, {{stranger}}, '')", at=MEETING
    ),
    "an approval altered": Attack(
        "UPDATE meetings_approval SET method = 'passkey' WHERE round_id = {sealed_round}", UNGUARDED
    ),
    "a file and its hash exchanged": Attack(
        f"UPDATE meetings_sealedminutes SET pdf = 'x', pdf_sha256 = {SHA}"
        " WHERE meeting_id = {sealed}", UNGUARDED,
    ),
    "TRUNCATE … CASCADE": Attack("TRUNCATE meetings_meeting CASCADE", UNGUARDED),
    # --- The guards
    "DISABLE TRIGGER": Attack(
        "ALTER TABLE meetings_agendaitem DISABLE TRIGGER bra_guard", OWNER
    ),
    "DROP TRIGGER": Attack("DROP TRIGGER bra_append_only ON meetings_approval", OWNER),
    "a guard's function replaced": Attack(
        "CREATE OR REPLACE FUNCTION public.bra_guard_agendaitem() RETURNS trigger"
        " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", OWNER,
    ),
    "session_replication_role": Attack("SET session_replication_role = replica", OWNER),
    "a temporary table before ours": Attack(
        "CREATE TEMP TABLE meetings_meeting AS SELECT {sealed} AS id, 'planned' AS state;"
        " UPDATE public.meetings_agendaitem SET text = 'x' WHERE id = {open_item}", OWNER,
    ),
    "a function with the owner's rights": Attack(
        "CREATE FUNCTION public.equal(bigint, bigint) RETURNS boolean LANGUAGE sql"
        " SECURITY DEFINER AS 'SELECT false'", OWNER,
    ),
    # --- The trail
    "an entry of the trail altered": Attack(
        "UPDATE members_auditentry SET person_name = 'x' WHERE meeting_id = {sealed}", UNGUARDED
    ),
    "the trail cut off": Attack(
        "DELETE FROM members_auditentry WHERE meeting_id = {sealed}", UNGUARDED
    ),
}  # fmt: skip

# More of the same kind, by ways that the 34 do not count.
MORE: dict[str, Attack] = {
    "constraints put off": both(
        "BEGIN; SET CONSTRAINTS ALL DEFERRED; DELETE FROM meetings_decision WHERE id = <at>;"
        " COMMIT",
        at=DECISION,
    ),
    "a search path of nothing": both(
        "SET search_path = ''; UPDATE public.meetings_decision SET text = 'x' WHERE id = <at>",
        at=DECISION,
    ),
    "a schema of one's own": Attack("CREATE SCHEMA mine", OWNER),
    "a rule": Attack(
        "CREATE RULE r AS ON INSERT TO meetings_decision DO INSTEAD NOTHING", OWNER
    ),
    "a view": Attack("CREATE VIEW public.v AS SELECT * FROM meetings_approval", OWNER),
    "a trigger of one's own": Attack(
        "CREATE TRIGGER a BEFORE INSERT ON meetings_decision FOR EACH ROW"
        " EXECUTE FUNCTION public.bra_append_only()", OWNER,
    ),
    "a constraint taken away": Attack(
        "ALTER TABLE meetings_sealedminutes DROP CONSTRAINT seal_hash_is_of_the_file", OWNER
    ),
    "a column more": Attack("ALTER TABLE meetings_approval ADD COLUMN x int", OWNER),
    "a table taken away": Attack("DROP TABLE meetings_sealedminutes CASCADE", OWNER),
    "a table renamed": Attack("ALTER TABLE members_auditentry RENAME TO old", OWNER),
    "counting from the beginning": Attack(
        "SELECT setval(pg_get_serial_sequence('meetings_approval', 'id'), 1)", OWNER
    ),
    "another role": Attack("SET ROLE {owner}", OWNER),
    "power": Attack("ALTER ROLE {role} SUPERUSER", OWNER),
    "TRUNCATE the trail": Attack("TRUNCATE members_auditentry", UNGUARDED),
    "TRUNCATE the approvals": Attack("TRUNCATE meetings_approval CASCADE", UNGUARDED),
    "a row of the archive altered": Attack(
        "UPDATE meetings_archiveditem SET text = 'x' WHERE meeting_id = {sealed}", UNGUARDED
    ),
    "arms exchanged": Attack(
        f"UPDATE members_arms SET drawing = 'x', sha256 = {SHA}", UNGUARDED
    ),
    "arms taken away": Attack("DELETE FROM members_arms", UNGUARDED),
    "TRUNCATE the arms": Attack("TRUNCATE members_arms", UNGUARDED),
    "a certificate of another": Attack(
        f"UPDATE meetings_sealcertificate SET der = 'x', sha256 = {SHA}", UNGUARDED
    ),
    "an entry of the trail in another council": Attack(
        "UPDATE members_auditentry SET council_id = {other_council} WHERE meeting_id = {sealed}"
        " AND sequence = 1000", UNGUARDED,
    ),
    "a signer altered while it is out": Attack(
        "UPDATE meetings_signer SET person_id = {stranger} WHERE id = {out_signer}", UNGUARDED
    ),
    "words altered while they are out": both(
        "UPDATE meetings_agendaitem SET text = 'x' WHERE id = <at>",
        at=("{out_item}", "{open_item}"),
    ),
    "a round opened again": Attack(
        "UPDATE meetings_signinground SET state = 'open', closed_at = NULL"
        " WHERE id = {sealed_round}", UNGUARDED,
    ),
    "a round given another text": Attack(
        "UPDATE meetings_signinground SET version_id = {sealed_version} WHERE id = {out_round}",
        "UPDATE meetings_signinground SET state = 'returned', closed_at = now()"
        " WHERE id = {out_round}",
    ),
    "a round taken away": Attack(
        "DELETE FROM meetings_signinground WHERE id = {out_round}",
        "DELETE FROM meetings_decision WHERE id = {open_decision}",
    ),
    "a closed item altered": Attack(
        f"UPDATE meetings_closeditem SET canonical = 'x', commitment = {COMMITMENT}", UNGUARDED
    ),
    "a closed item taken away": Attack(
        "DELETE FROM meetings_closeditem WHERE item_id = {out_closed}", UNGUARDED
    ),
    "TRUNCATE the closed items": Attack("TRUNCATE meetings_closeditem", UNGUARDED),
    "a closed item more": Attack(
        "INSERT INTO meetings_closeditem (version_id, item_id, canonical, salt, commitment)"
        f" SELECT version_id, {{apart_item}}, 'x', salt, {COMMITMENT} FROM meetings_closeditem"
        " WHERE item_id = {out_closed}", UNGUARDED,
    ),
    "a closed item opened": both(
        "UPDATE meetings_agendaitem SET secrecy = '' WHERE id = <at>",
        at=("{sealed_closed}", "{open_closed}"),
    ),
    "a closed item opened while it is out": both(
        "UPDATE meetings_agendaitem SET secrecy = '', public_heading = '' WHERE id = <at>",
        at=("{out_closed}", "{open_closed}"),
    ),
    "the closed file altered": Attack(
        f"UPDATE meetings_sealedfile SET pdf = 'x', pdf_sha256 = {SHA} WHERE kind = 'closed'",
        UNGUARDED,
    ),
    "a closed file before it is approved": Attack(
        "INSERT INTO meetings_sealedfile (meeting_id, round_id, kind, pdf, pdf_sha256, pages,"
        f" sealed_at, validation) VALUES ({{apart}}, {{apart_round}}, 'closed', 'x', {SHA}, 1,"
        " now(), '{{}}')", UNGUARDED,
    ),
    "a program run by COPY": Attack(
        "COPY members_council (name) TO PROGRAM 'cat >/dev/null'", OWNER
    ),
}  # fmt: skip
