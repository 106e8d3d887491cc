"""What else is written about jobs: clearing old ones away."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

KEPT_DAYS = 30


def clear_away(now: datetime | None = None) -> int:
    """Delete the jobs of the trust that is entered that were over more than 30 days ago; answers how many."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    _, each = DBTaskResult.objects.filter(finished_at__lt=before).delete()
    return each.get(DBTaskResult._meta.label, 0)
