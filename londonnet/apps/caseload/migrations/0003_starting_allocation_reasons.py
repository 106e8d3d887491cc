"""Reasons for moving a case that every trust begins with: LondonNet's own list, to be changed by the trust."""

from django.db import migrations

REASONS = (
    "The practitioner is leaving",
    "Workload",
    "Long absence",
    "Change of address or office",
    "Change of tier or risk",
    "Conflict of interest",
    "Continuity with an earlier practitioner",
    "Back from custody or recall",
    "Change in the team",
    "Other, as the notes say",
)


def add_reasons(apps, schema_editor):
    AllocationReason = apps.get_model("caseload", "AllocationReason")
    AllocationReason.objects.bulk_create(
        AllocationReason(name=name, position=position) for position, name in enumerate(REASONS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("caseload", "0002_allocations")]

    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop, elidable=False)]
