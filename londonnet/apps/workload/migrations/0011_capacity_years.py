"""A byte a day of how far above which percentage everybody was: made of the days that are kept already."""

from django.db import migrations, models

BYTE = """
set_byte('\\x00', 0, CASE WHEN points_total <= 0 OR available <= 0 THEN 1
    ELSE 1 + least((points_total * 100 - 1) / available, 254) END::integer)
"""
FILL = f"""
DO $fill$
DECLARE month date;
BEGIN
    FOR month IN SELECT DISTINCT date_trunc('month', day)::date FROM workload_keptday ORDER BY 1 LOOP
        WITH figures AS MATERIALIZED (
            SELECT 'practitioner' AS level, place_id AS unit_id, day, {BYTE} AS byte FROM workload_dailyfigure
            WHERE day >= month AND day < month + interval '1 month'
            UNION ALL
            SELECT level, unit_id, day, {BYTE} FROM workload_dailysum
            WHERE day >= month AND day < month + interval '1 month' AND grade = '*'
        ),
        units AS (SELECT DISTINCT level, unit_id FROM figures),
        days AS (SELECT generate_series(month, month + interval '1 month' - interval '1 day', '1 day')::date AS day),
        pieces AS (
            SELECT units.level, units.unit_id,
                string_agg(coalesce(figures.byte, '\\x00'::bytea), ''::bytea ORDER BY days.day) AS piece
            FROM units CROSS JOIN days LEFT JOIN figures
                ON figures.level = units.level AND figures.unit_id = units.unit_id AND figures.day = days.day
            GROUP BY units.level, units.unit_id
        )
        INSERT INTO workload_capacityyear AS kept (level, unit_id, year, days)
        SELECT level, unit_id, extract(year FROM month),
            overlay(decode(repeat('00', 366), 'hex') PLACING piece FROM extract(doy FROM month)::integer)
        FROM pieces
        ON CONFLICT (level, unit_id, year) DO UPDATE SET days = overlay(
            kept.days PLACING substring(excluded.days FROM extract(doy FROM month)::integer FOR 31)
            FROM extract(doy FROM month)::integer
        );
    END LOOP;
END
$fill$
"""  # noqa: S608  # our own SQL


class Migration(migrations.Migration):
    dependencies = [("workload", "0010_mistakes")]

    operations = [
        migrations.CreateModel(
            name="CapacityYear",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "unit_id", "year", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.CharField(help_text="trust, region, pdu, team or practitioner", max_length=12)),
                (
                    "unit_id",
                    models.BigIntegerField(
                        help_text="number of the practitioner-in-team, team, PDU or region; 0: the trust"
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("days", models.BinaryField(help_text="366 bytes from 1 January on")),
            ],
        ),
        migrations.RunSQL(sql=FILL, reverse_sql=migrations.RunSQL.noop),
    ]
