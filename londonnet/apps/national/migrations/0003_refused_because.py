"""Why a file was refused, so that the page can say it of files that nobody sent by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("national", "0002_count_rows_anew")]

    operations = [
        migrations.AddField(
            model_name="receivedfile",
            name="refused_because",
            field=models.TextField(db_default="", default="", help_text="why it was refused as a whole, if it was"),
        )
    ]
