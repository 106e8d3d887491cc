"""Cases and counts as an extract gave them. Every row carries its snapshot; one pointer says which is in force."""

from typing import ClassVar

from django.db import models

from londonnet.apps.organisation.models import PractitionerInTeam


class Snapshot(models.Model):
    """One extract's worth of rows."""

    datestamp = models.DateField(help_text="the day that the extract describes")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file's content, mended rows included")
    providers = models.CharField(max_length=250, blank=True, help_text="the trusts that the file names")
    practitioners = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Extract of {self.datestamp}"


class CurrentSnapshot(models.Model):
    """The pointer: the one row says which snapshot readers see. Switching it is the moment of change."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="caseload_one_pointer"),
        ]

    def __str__(self) -> str:
        return str(self.snapshot)


class Sheet(models.IntegerChoices):
    """The sheets that carry counts; only the filtered one is scored."""

    FILTERED = 1, "Filtered"
    ALL = 2, "All"
    T2A = 3, "Transition to adulthood"
    OMIC = 4, "Offender management in custody"


class Location(models.IntegerChoices):
    """Where a case is supervised."""

    COMMUNITY = 1, "Community"
    CUSTODY = 2, "Custody"
    LICENCE = 3, "Licence"


class RosterEntry(models.Model):
    """A practitioner in team as one extract names them, with the numbers that aren't counts by tier."""

    pk = models.CompositePrimaryKey("snapshot_id", "place_id")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="roster")
    place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=3, blank=True)
    grade_code = models.CharField(max_length=10, blank=True)
    only_omic = models.BooleanField(default=False, help_text="named by omic_teams alone: shown apart, not in capacity")
    is_incomplete = models.BooleanField(default=False, help_text="a scored row about them is in quarantine")
    community_first_16_weeks = models.PositiveIntegerField(default=0)
    licence_first_16_weeks = models.PositiveIntegerField(default=0)
    sdr_last_30 = models.PositiveIntegerField(default=0)
    sdr_due_next_30 = models.PositiveIntegerField(default=0)
    sdr_conversion_last_30 = models.PositiveIntegerField(default=0)
    oral_reports = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.place_id} in {self.snapshot_id}"


class CaseCount(models.Model):
    """How many cases a practitioner in team has of one tier in one location; zero counts aren't stored."""

    pk = models.CompositePrimaryKey("snapshot_id", "sheet", "place_id", "location", "tier")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+", db_index=False)
    sheet = models.SmallIntegerField(choices=Sheet.choices)
    # A million of these arrive at once; the load joins them to places, so a checked key would cost seconds for nothing.
    place = models.ForeignKey(
        PractitionerInTeam, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    location = models.SmallIntegerField(choices=Location.choices)
    tier = models.SmallIntegerField(help_text="0 untiered; 1…16 A3…D0; 17…32 the same, contact suspended")
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(tier__range=(0, 32), count__gt=0), name="caseload_count_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.count} of tier {self.tier}"


class Case(models.Model):
    """One case of an extract: whose it is, its tier, where it is supervised, and what is flagged about it."""

    pk = models.CompositePrimaryKey("snapshot_id", "crn")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="cases_of", db_index=False)
    crn = models.CharField(max_length=20)
    # Always read within a snapshot: the index is on both.
    place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+", db_index=False)
    tier = models.SmallIntegerField(help_text="0 untiered; 1…16 A3…D0; 17…32 the same, contact suspended")
    location = models.SmallIntegerField(choices=Location.choices)
    is_warrant = models.BooleanField(default=False)
    is_unpaid_work = models.BooleanField(default=False)
    is_overdue_termination = models.BooleanField(default=False)
    is_priority = models.BooleanField(default=False)
    is_suspended = models.BooleanField(default=False)
    is_standalone_order = models.BooleanField(default=False)
    is_suspended_lifer = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["snapshot", "place", "tier"], name="caseload_case_place"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(tier__range=(0, 32)), name="caseload_case_tier_known"),
        ]

    def __str__(self) -> str:
        return self.crn


class SuspendedLifer(models.Model):
    """A registration of a suspended life-sentence case."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    crn = models.CharField(max_length=20)
    in_custody = models.CharField(max_length=20, blank=True)
    register_code = models.CharField(max_length=20, blank=True)
    register_description = models.CharField(max_length=250, blank=True)
    register_level = models.CharField(max_length=50, blank=True)
    register_level_description = models.CharField(max_length=250, blank=True)
    register_category = models.CharField(max_length=50, blank=True)
    register_category_description = models.CharField(max_length=250, blank=True)
    registration_date = models.DateField(null=True)
    next_review_date = models.DateField(null=True)
    deregistration_date = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.crn} {self.register_code}"


class StandaloneOrder(models.Model):
    """A suspended or stand-alone order of a case."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    crn = models.CharField(max_length=20)
    disposal_type_code = models.CharField(max_length=50, blank=True)
    disposal_type_desc = models.CharField(max_length=250, blank=True)
    standalone_order = models.CharField(max_length=50, blank=True)

    def __str__(self) -> str:
        return f"{self.crn} {self.disposal_type_code}"


class SupportContact(models.Model):
    """A case-management-support contact: someone did something for a case that someone else manages."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    contact_id = models.CharField(max_length=40)
    crn = models.CharField(max_length=20, blank=True)
    contact_date = models.DateField()
    contact_type_code = models.CharField(max_length=20)
    contact_type_desc = models.CharField(max_length=250, blank=True)
    done_by = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    managed_by = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["snapshot", "contact_id"], name="caseload_contact_once"),
        ]

    def __str__(self) -> str:
        return self.contact_id


class T2aEvent(models.Model):
    """An event of a case in transition to adulthood."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    crn = models.CharField(max_length=20)
    event_no = models.CharField(max_length=10)
    allocation_date = models.DateField(null=True)
    birth_date = models.DateField(null=True)
    team_code = models.CharField(max_length=20, blank=True)
    om_key = models.CharField(max_length=20, blank=True)
    nsi_code = models.CharField(max_length=50, blank=True)
    nsi_status_code = models.CharField(max_length=50, blank=True)
    nsi_outcome_code = models.CharField(max_length=50, blank=True)

    def __str__(self) -> str:
        return f"{self.crn} event {self.event_no}"
