"""Hours and reductions are changed by hand too: who did it and why, and what a reduction was before."""

from django.db import migrations, models

ACTS = [
    ("added", "Added"),
    ("changed", "Changed"),
    ("ended", "Ended early"),
    ("deleted", "Deleted"),
    ("put_back", "Put back"),
    ("taken_along", "Taken along to another team"),
]


class Migration(migrations.Migration):
    dependencies = [("workload", "0005_daily_figures")]

    operations = [
        migrations.AddField(
            "staffingload", "act", models.CharField(blank=True, choices=ACTS, db_default="", max_length=15)
        ),
        migrations.AddField(
            "staffingload",
            "done_by",
            models.CharField(blank=True, db_default="", help_text="who, as the trail names them", max_length=200),
        ),
        migrations.AddField(
            "staffingload",
            "why",
            models.TextField(blank=True, db_default="", help_text="in their words; as private as a reduction's notes"),
        ),
        migrations.AddField(
            "reduction",
            "replaces",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="what it was before",
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to="workload.reduction",
            ),
        ),
    ]
