"""Let the load refresh the planner's knowledge of the tables that it has filled; only their owner may."""

from typing import Any

from django.db import migrations

from londonnet.platform.trusts.naming import runtime_role

FUNCTION = """
CREATE FUNCTION national_count_rows_anew() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE caseload_rosterentry, caseload_casecount, caseload_case, caseload_supportcontact;
END $$
"""


def make(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(FUNCTION)
    schema_editor.execute("REVOKE ALL ON FUNCTION national_count_rows_anew() FROM PUBLIC")
    schema_editor.execute(f'GRANT EXECUTE ON FUNCTION national_count_rows_anew() TO "{runtime_role()}"')


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP FUNCTION national_count_rows_anew()")


class Migration(migrations.Migration):
    dependencies = [("national", "0001_initial"), ("caseload", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
