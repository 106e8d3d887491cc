"""Figures by day: eleven million rows for two years of a national service, so a partition for each calendar year.

The runtime role can't make partitions, so those of the coming years are made here; whatever falls outside of them
goes into the last one.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = """
CREATE TABLE workload_dailyfigure (
    cases bigint NOT NULL,
    t2a_cases bigint NOT NULL,
    points_cases bigint NOT NULL,
    points_reports bigint NOT NULL,
    points_support bigint NOT NULL,
    points_total bigint NOT NULL,
    available bigint NOT NULL,
    place_id bigint NOT NULL,
    team_id bigint NOT NULL,
    pdu_id bigint NOT NULL,
    region_id bigint NOT NULL,
    day date NOT NULL,
    is_incomplete boolean NOT NULL,
    grade varchar(3) NOT NULL,
    capacity_note varchar(20) NOT NULL,
    points_t2a numeric(16, 2) NOT NULL,
    contracted_hours numeric(5, 2),
    reduction_hours numeric(7, 2) NOT NULL,
    PRIMARY KEY (day, place_id)
) PARTITION BY RANGE (day)
"""
PARTITIONS = [
    f"CREATE TABLE workload_dailyfigure_{year} PARTITION OF workload_dailyfigure "
    f"FOR VALUES FROM ('{year}-01-01') TO ('{year + 1}-01-01')"
    for year in range(2022, 2039)
]
OTHERS = "CREATE TABLE workload_dailyfigure_others PARTITION OF workload_dailyfigure DEFAULT"
INDEX = "CREATE INDEX workload_daily_place ON workload_dailyfigure (place_id, day)"


class Migration(migrations.Migration):
    dependencies = [("workload", "0004_history")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    sql=[TABLE, *PARTITIONS, OTHERS, INDEX], reverse_sql="DROP TABLE workload_dailyfigure"
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="DailyFigure",
                    fields=[
                        ("cases", models.BigIntegerField()),
                        ("t2a_cases", models.BigIntegerField()),
                        ("points_cases", models.BigIntegerField()),
                        ("points_t2a", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("points_reports", models.BigIntegerField()),
                        ("points_support", models.BigIntegerField()),
                        ("points_total", models.BigIntegerField(help_text="a whole number; may be negative")),
                        ("available", models.BigIntegerField(help_text="points; never below 0")),
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "day", "place_id", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("day", models.DateField()),
                        ("grade", models.CharField(blank=True, max_length=3)),
                        ("contracted_hours", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("reduction_hours", models.DecimalField(decimal_places=2, max_digits=7)),
                        (
                            "capacity_note",
                            models.CharField(
                                blank=True, help_text="why there is no capacity; else empty", max_length=20
                            ),
                        ),
                        ("is_incomplete", models.BooleanField(help_text="a scored row about them is in quarantine")),
                        (
                            "pdu",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organisation.pdu",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organisation.practitionerinteam",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organisation.region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organisation.team",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["place", "day"], name="workload_daily_place")],
                    },
                ),
            ],
        ),
    ]
