"""Sums by place and grade, weeks, tiers of month-ends, and which days are kept."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("workload", "0003_starting_weights_and_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("kept_at", models.DateTimeField()),
                (
                    "datestamp",
                    models.DateField(help_text="the day that the extract described; empty: not known", null=True),
                ),
                (
                    "weight_version",
                    models.PositiveIntegerField(help_text="empty: not known, from another tool", null=True),
                ),
                ("source", models.CharField(choices=[("kept", "Kept here"), ("imported", "Imported")], max_length=10)),
                ("practitioners", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="MonthTiers",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "month_end",
                        "place_id",
                        "location",
                        "tier",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("month_end", models.DateField()),
                ("place_id", models.BigIntegerField()),
                ("team_id", models.BigIntegerField()),
                ("pdu_id", models.BigIntegerField()),
                ("region_id", models.BigIntegerField()),
                ("grade", models.CharField(blank=True, max_length=3)),
                ("location", models.SmallIntegerField()),
                (
                    "tier",
                    models.SmallIntegerField(help_text="0 untiered; 1…16 A3…D0; 17…32 the same, contact suspended"),
                ),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="DailySum",
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
                        "level",
                        "unit_id",
                        "grade",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.CharField(help_text="trust, region, pdu or team", max_length=6)),
                ("unit_id", models.BigIntegerField(help_text="number of the team, PDU or region; 0 for the trust")),
                (
                    "parent_id",
                    models.BigIntegerField(help_text="number of the place above it on that day; 0 for the trust"),
                ),
                ("grade", models.CharField(blank=True, help_text="*: all of them", max_length=3)),
                ("day", models.DateField()),
                ("practitioners", models.PositiveIntegerField()),
                ("above", models.PositiveIntegerField(help_text="practitioners above the band")),
                ("within", models.PositiveIntegerField()),
                ("below", models.PositiveIntegerField()),
                ("not_measured", models.PositiveIntegerField()),
                (
                    "none_left",
                    models.PositiveIntegerField(help_text="practitioners whose reductions take all their hours"),
                ),
                ("incomplete", models.PositiveIntegerField()),
                (
                    "points_not_measured",
                    models.BigIntegerField(help_text="points, within the total, of people without capacity"),
                ),
                ("contracted_hours", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reduction_hours", models.DecimalField(decimal_places=2, max_digits=12)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["level", "parent_id", "grade", "day"], name="workload_sums_below"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["day"], name="workload_sums_of_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeekFigure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "unit_id", "week", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.CharField(help_text="trust, region, pdu, team or practitioner", max_length=12)),
                (
                    "unit_id",
                    models.BigIntegerField(
                        help_text="number of the practitioner-in-team, team, PDU or region; 0: the trust"
                    ),
                ),
                ("week", models.DateField(help_text="its Monday")),
                ("days", models.PositiveSmallIntegerField(help_text="days kept")),
                ("first_day", models.DateField(help_text="the first one kept")),
                ("last_day", models.DateField()),
                ("points_sum", models.BigIntegerField()),
                ("available_sum", models.BigIntegerField()),
                ("lowest_points", models.BigIntegerField()),
                ("lowest_available", models.BigIntegerField()),
                (
                    "highest_points",
                    models.BigIntegerField(help_text="of the day with the highest capacity; 0 where none has any"),
                ),
                ("highest_available", models.BigIntegerField()),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True), size=7),
                ),
                (
                    "available",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True), size=7),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["level", "week"], name="workload_weeks_of_level")],
            },
        ),
    ]
