"""What a reason allows is changed by hand: who did it, when and why; of one day the last change holds."""

from django.db import migrations, models

# Squawk warns that somebody may rely on there being one change a day: those who read them take the last one.
DROP = """-- squawk-ignore ban-drop-constraint
ALTER TABLE workload_reductionterms DROP CONSTRAINT workload_terms_once"""


class Migration(migrations.Migration):
    dependencies = [("workload", "0006_staffing_by_hand")]

    operations = [
        migrations.RunSQL(
            [DROP],
            migrations.RunSQL.noop,
            state_operations=[migrations.RemoveConstraint("reductionterms", "workload_terms_once")],
        ),
        migrations.AddField(
            "reductionterms", "set_at", models.DateTimeField(help_text="empty: it began with the trust", null=True)
        ),
        migrations.AddField("reductionterms", "set_by", models.CharField(blank=True, db_default="", max_length=200)),
        migrations.AddField("reductionterms", "why", models.TextField(blank=True, db_default="")),
    ]
