"""Versions of the weights are only ever added: whoever tries to change or delete one is refused."""

from django.db import migrations

TABLES = ("workload_weightversion", "workload_caseweight", "workload_supportweight", "workload_graderule")

PATIENCE = ["SET LOCAL lock_timeout = '5s'", "SET LOCAL statement_timeout = '30s'"]
FUNCTION = """
CREATE FUNCTION workload_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of the weights is never changed: adopt a new one' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
TRIGGERS = [
    f"CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION workload_refuse_change()"
    for table in TABLES
]


class Migration(migrations.Migration):
    dependencies = [("workload", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[*PATIENCE, FUNCTION, *TRIGGERS],
            reverse_sql=[
                *(f"DROP TRIGGER never_changed ON {table}" for table in TABLES),
                "DROP FUNCTION workload_refuse_change()",
            ],
        ),
    ]
