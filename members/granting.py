"""What the application's role may do in the database, where it does not own the tables.

The owner runs migrate; the web server and the worker run as a role that may read and add
everywhere, but never change, take away or empty what is append-only, nor alter a table, a trigger
or a function. What is append-only is told by the database itself: the tables with its guard.
"""

from __future__ import annotations

import re

from django.db import connection, transaction

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
GUARD = "bra_append_only"  # the trigger of migrations 0002 and later
# Written by migrate alone.
READ_ONLY = frozenset({"django_migrations", "django_content_type", "auth_permission"})
KEPT = frozenset({"meetings_signinground"})  # closed once, never taken away
READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
TABLES = """
SELECT c.relname, EXISTS (
    SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = %s
) FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname
"""


class NotARole(Exception):
    """The name is none of a role; the message says why in Swedish."""


def rights() -> dict[str, tuple[str, ...]]:
    """What the application may do with each table of the schema."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [GUARD])
        return {name: rights_in(name, append_only=kept) for name, kept in cursor.fetchall()}


def rights_in(table: str, *, append_only: bool) -> tuple[str, ...]:
    if table in READ_ONLY:
        return (READ,)
    if append_only:
        return (READ, ADD)
    return (READ, ADD, CHANGE) if table in KEPT else (READ, ADD, CHANGE, REMOVE)


def statements(role: str) -> list[str]:
    """The SQL that gives a role these rights and no others. May be run again and again."""
    name, database = quoted(role), connection.ops.quote_name(connection.settings_dict["NAME"])
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {name}",
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        # Whoever sets another search_path finds nothing there: no schema to make things in, and
        # no temporary tables that could stand before ours.
        f"ALTER DATABASE {database} SET search_path = public",
        f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {name}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        *(
            f"GRANT {', '.join(may)} ON public.{connection.ops.quote_name(table)} TO {name}"
            for table, may in rights().items()
        ),
    ]


def quoted(role: str) -> str:
    if not ROLE.fullmatch(role):
        raise NotARole(f"{role!r} är inget namn på en roll: a–z, 0–9 och _ går bra.")
    return connection.ops.quote_name(role)


@transaction.atomic
def grant(role: str) -> None:
    """Give the rights. Run as the owner of the tables, after every migrate."""
    if not exists(role):
        raise NotARole(f"Rollen {role} finns inte. Skapa den först: createuser --pwprompt {role}")
    with connection.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)


def exists(role: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


# --- Is it as it should be? -----------------------------------------------------------------------

POWERS = """
SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
    EXISTS (SELECT 1 FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid),
    EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.relowner = r.oid),
    EXISTS (SELECT 1 FROM pg_catalog.pg_proc p WHERE p.proowner = r.oid),
    EXISTS (SELECT 1 FROM pg_catalog.pg_database d WHERE d.datdba = r.oid),
    pg_catalog.has_schema_privilege(r.rolname, 'public', 'CREATE'),
    pg_catalog.has_database_privilege(r.rolname, pg_catalog.current_database(), 'CREATE'),
    pg_catalog.has_database_privilege(r.rolname, pg_catalog.current_database(), 'TEMP')
FROM pg_catalog.pg_roles r WHERE r.rolname = %s
"""
TOO_MUCH = (
    "är superanvändare", "får skapa roller", "får skapa databaser", "får replikera",
    "går förbi radskydd", "är medlem i en annan roll", "äger tabeller", "äger funktioner",
    "äger en databas", "får skapa saker i schemat public", "får skapa scheman i databasen",
    "får skapa tillfälliga tabeller",
)  # fmt: skip
EVERY_RIGHT = (READ, ADD, CHANGE, REMOVE, "TRUNCATE", "REFERENCES", "TRIGGER")
HELD = """
SELECT c.relname, p.what FROM pg_catalog.pg_class c, pg_catalog.unnest(%s::text[]) AS p(what)
WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p')
AND (pg_catalog.has_table_privilege(%s, c.oid, p.what) OR (p.what IN ('INSERT', 'UPDATE')
    AND pg_catalog.has_any_column_privilege(%s, c.oid, p.what)))
"""


def faults(role: str) -> list[str]:
    """How the role's powers differ from what they should be; none when all is well."""
    quoted(role)
    with connection.cursor() as cursor:
        cursor.execute(POWERS, [role])
        powers = cursor.fetchone()
        if powers is None:
            return [f"Rollen {role} finns inte."]
        cursor.execute(HELD, [list(EVERY_RIGHT), role, role])
        held = set(cursor.fetchall())
    wanted = {(table, right) for table, may in rights().items() for right in may}
    told = [f"{role} {words}." for words, has in zip(TOO_MUCH, powers, strict=True) if has]
    told += [
        f"{role} får {right} på {table} men ska inte." for table, right in sorted(held - wanted)
    ]
    told += [f"{role} saknar {right} på {table}." for table, right in sorted(wanted - held)]
    return told
