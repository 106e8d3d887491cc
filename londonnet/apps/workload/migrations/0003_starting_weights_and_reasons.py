"""What every trust begins with: version 1 of the weights, and the reasons for a reduction of hours."""

from datetime import date

from django.db import migrations

from londonnet.apps.workload.starting import starting_reasons, starting_weights

LOCATIONS = {"community": 1, "custody": 2, "licence": 3}
CASES, T2A = 1, 3
BEGINNING = date(1990, 1, 1)  # the starting terms hold for whatever is dated before their first change


def add_starting_weights(apps, schema_editor):
    weights = starting_weights()
    WeightVersion = apps.get_model("workload", "WeightVersion")
    CaseWeight = apps.get_model("workload", "CaseWeight")
    SupportWeight = apps.get_model("workload", "SupportWeight")
    GradeRule = apps.get_model("workload", "GradeRule")
    further = {kind: report.points for kind, report in weights.further_reports.items()}
    counted = {f"{kind}_counted": report.counted for kind, report in weights.further_reports.items()}
    percents = {f"{kind}_percent": percent for kind, percent in weights.inactive_percent.items()}
    WeightVersion.objects.create(
        version=1,
        valid_from=weights.valid_from,
        reason="The public starting values",
        sdr=weights.sdr,
        conversion=weights.conversion,
        **further,
        **counted,
        **percents,
    )
    CaseWeight.objects.bulk_create(
        CaseWeight(version_id=1, kind=kind, location=LOCATIONS[place], tier=tier, points=points)
        for kind, table in ((CASES, weights.cases), (T2A, weights.t2a))
        for (place, tier), points in table.items()
    )
    SupportWeight.objects.bulk_create(
        SupportWeight(version_id=1, code=code, points=points) for code, points in weights.support.items()
    )
    GradeRule.objects.bulk_create(
        GradeRule(version_id=1, grade=grade, target=target, default_hours=weights.default_hours[grade])
        for grade, target in weights.target.items()
    )


def add_starting_reasons(apps, schema_editor):
    ReductionReason = apps.get_model("workload", "ReductionReason")
    ReductionTerms = apps.get_model("workload", "ReductionTerms")
    for position, reason in enumerate(starting_reasons()):
        stored = ReductionReason.objects.create(
            name=reason.name, short_name=reason.short_name, kind=reason.kind, position=position
        )
        ReductionTerms.objects.create(
            reason=stored,
            valid_from=BEGINNING,
            allowance_percent=reason.allowance_percent,
            maximum_percent=reason.maximum_percent,
            months_to_expiry=reason.months_to_expiry,
            enabled=reason.enabled,
        )


class Migration(migrations.Migration):
    dependencies = [("workload", "0002_weights_never_change")]

    operations = [
        migrations.RunPython(add_starting_weights, migrations.RunPython.noop),
        migrations.RunPython(add_starting_reasons, migrations.RunPython.noop),
    ]
