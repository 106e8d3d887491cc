"""Files of hours and reductions that were sent on a page, with the lines that weren't taken."""

from django.db import migrations, models

KINDS = [("hours", "Contracted hours"), ("reductions", "Reductions")]


class Migration(migrations.Migration):
    dependencies = [("workload", "0007_terms_by_hand")]

    operations = [
        migrations.CreateModel(
            name="StaffingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("name", models.CharField(help_text="as the file was called", max_length=200)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("sent_by", models.BigIntegerField(help_text="number of the user")),
                ("unchanged", models.BooleanField()),
                ("read", models.PositiveIntegerField()),
                ("loaded", models.PositiveIntegerField()),
                ("quarantined", models.PositiveIntegerField()),
                ("ignored", models.PositiveIntegerField(help_text="rows that stood already")),
                ("problems", models.JSONField(help_text="line, column, value and reason of everything that is wrong")),
                ("lines", models.JSONField(help_text="the cells of the lines that weren't taken, by their number")),
                ("ignored_columns", models.JSONField()),
            ],
            options={"indexes": [models.Index(fields=["sent_by", "-id"], name="workload_file_sender")]},
        ),
    ]
