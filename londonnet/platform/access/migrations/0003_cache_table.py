from django.db import migrations


class Migration(migrations.Migration):
    """The table of Django's database cache, as its `createcachetable` makes it, so that each trust has its own."""

    dependencies = [("access", "0002_sessions_and_lock_out")]

    operations = [
        migrations.RunSQL(
            sql=[
                """
                CREATE TABLE access_cache (
                    cache_key varchar(255) NOT NULL PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamp with time zone NOT NULL
                )
                """,
                "CREATE INDEX access_cache_expires ON access_cache (expires)",
            ],
            reverse_sql="DROP TABLE access_cache",
        )
    ]
