"""The trail can be added to and read, nothing else, whoever asks and however.

Plain SQL, schema-qualified; ENABLE ALWAYS, so that session_replication_role does not open it.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION public.bra_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'bra: % is append-only, % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER bra_append_only BEFORE UPDATE OR DELETE ON public.members_auditentry
    FOR EACH ROW EXECUTE FUNCTION public.bra_append_only();
CREATE TRIGGER bra_no_truncate BEFORE TRUNCATE ON public.members_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION public.bra_append_only();
ALTER TABLE public.members_auditentry ENABLE ALWAYS TRIGGER bra_append_only;
ALTER TABLE public.members_auditentry ENABLE ALWAYS TRIGGER bra_no_truncate;
"""

BACKWARD = """
DROP TRIGGER bra_append_only ON public.members_auditentry;
DROP TRIGGER bra_no_truncate ON public.members_auditentry;
DROP FUNCTION public.bra_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
