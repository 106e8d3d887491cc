"""Posts for cases that nobody has stand apart from practitioners in the sums of a day; days kept before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workload", "0012_history_files")]

    operations = [
        migrations.AddField(
            model_name="dailysum",
            name="posts",
            field=models.PositiveIntegerField(
                null=True,
                help_text="posts for cases that nobody has; empty: kept before they were told from practitioners",
            ),
        ),
    ]
