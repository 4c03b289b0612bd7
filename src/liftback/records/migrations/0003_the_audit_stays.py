"""The database itself refuses to change rows of the audit, and to delete those younger than six years."""

from typing import Any

from django.db import migrations

YEARS = 6
SQLITE = (
    """CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON records_auditrow
    BEGIN SELECT RAISE(ABORT, 'rows of the audit are never changed'); END""",
    f"""CREATE TRIGGER audit_is_kept BEFORE DELETE ON records_auditrow
    WHEN OLD.at > datetime('now', '-{YEARS} years')
    BEGIN SELECT RAISE(ABORT, 'rows of the audit are kept for six years'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'rows of the audit are never changed'; END IF;
        IF OLD.at > now() - interval '{YEARS} years' THEN
            RAISE EXCEPTION 'rows of the audit are kept for six years';
        END IF;
        RETURN OLD;
    END $$""",
    """CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON records_auditrow
    FOR EACH ROW EXECUTE FUNCTION audit_is_kept()""",
)
UNDO = {
    "sqlite": ("DROP TRIGGER audit_is_never_changed", "DROP TRIGGER audit_is_kept"),
    "postgresql": ("DROP TRIGGER audit_is_kept ON records_auditrow", "DROP FUNCTION audit_is_kept()"),
}
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def guard(_apps: Any, editor: Any) -> None:
    """Put the triggers in place."""
    for statement in DO[editor.connection.vendor]:
        editor.execute(statement)


def unguard(_apps: Any, editor: Any) -> None:
    """Take them away."""
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_the_clinics_side")]
    operations = [migrations.RunPython(guard, unguard)]
