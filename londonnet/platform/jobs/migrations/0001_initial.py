import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScheduleRun",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("last_run_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="JobState",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="django_tasks_database.dbtaskresult",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("label", models.CharField(max_length=200)),
                ("asked_by_id", models.BigIntegerField(help_text="the user who asked for it, if one did", null=True)),
                ("asked_by_name", models.CharField(blank=True, max_length=200)),
                ("one_at_a_time", models.BooleanField(default=False)),
                (
                    "holds",
                    models.CharField(
                        help_text="its name while it runs, where one runs at a time",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=200)),
                ("stage_started_at", models.DateTimeField(null=True)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0, help_text="0 where it isn't known")),
                ("worker", models.CharField(blank=True, max_length=100)),
                (
                    "heartbeat_at",
                    models.DateTimeField(help_text="when its worker was last heard of; null: not running", null=True),
                ),
                (
                    "attempts",
                    models.PositiveIntegerField(
                        default=0, help_text="how often it was taken; tells one taking from another"
                    ),
                ),
                ("times_lost", models.PositiveIntegerField(default=0, help_text="how often its worker died")),
                ("error_message", models.TextField(blank=True)),
                ("error_code", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("heartbeat_at__isnull", False)),
                        fields=["heartbeat_at"],
                        name="jobs_running",
                    ),
                    models.Index(fields=["name"], name="jobs_name"),
                ],
            },
        ),
    ]
