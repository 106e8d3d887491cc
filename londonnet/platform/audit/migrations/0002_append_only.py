from django.db import migrations

from londonnet.platform.trusts.naming import runtime_role


def let_runtime_only_add(apps, schema_editor):
    quoted = schema_editor.quote_name(runtime_role())
    schema_editor.execute(f"REVOKE ALL ON audit_trailentry FROM {quoted}")
    schema_editor.execute(f"GRANT SELECT, INSERT ON audit_trailentry TO {quoted}")


def give_back(apps, schema_editor):
    schema_editor.execute(f"GRANT UPDATE, DELETE ON audit_trailentry TO {schema_editor.quote_name(runtime_role())}")


class Migration(migrations.Migration):
    """The trail can only grow: by grant for the runtime role, and by trigger for everybody, its owner too."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                """
                CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'the audit trail can only be added to' USING ERRCODE = 'insufficient_privilege';
                END
                $$
                """,
                """
                CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_trailentry
                FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()
                """,
            ],
            reverse_sql=[
                "DROP TRIGGER audit_append_only ON audit_trailentry",
                "DROP FUNCTION audit_refuse_change()",
            ],
        ),
        migrations.RunPython(let_runtime_only_add, give_back),
    ]
