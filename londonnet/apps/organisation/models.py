"""The organisation: region > PDU > (LDU) > team > practitioner in team. The trust is the root."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Place(models.Model):
    """What every level has: a code that nobody else on the level has, and a name."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=250, help_text="the name folded by search.folding.sort_key")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Region(Place):
    """A region of the trust."""


class Pdu(Place):
    """A probation delivery unit."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="pdus")


class Ldu(Place):
    """A local delivery unit, where a PDU has them."""

    pdu = models.ForeignKey(Pdu, on_delete=models.PROTECT, related_name="ldus")


class Team(Place):
    """A team. It belongs to one PDU, and maybe to one of its LDUs."""

    pdu = models.ForeignKey(Pdu, on_delete=models.PROTECT, related_name="teams")
    ldu = models.ForeignKey(Ldu, on_delete=models.PROTECT, related_name="teams", null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="organisation_team_spelling"),
        ]


class Practitioner(models.Model):
    """A member of staff who holds cases, known nationally by an om_key."""

    om_key = models.CharField(max_length=20, unique=True)
    surname = models.CharField(max_length=100, blank=True)
    forename = models.CharField(max_length=100, blank=True)
    sort_key = models.CharField(max_length=250, help_text="surname and forename folded by search.folding.sort_key")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_key", "om_key"], name="organisation_by_name"),
            GinIndex(fields=["sort_key"], opclasses=["gin_trgm_ops"], name="organisation_name_spelling"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Forename and surname, or the key where the record has neither."""
        return f"{self.forename} {self.surname}".strip() or self.om_key


class PractitionerInTeam(models.Model):
    """A practitioner's place in one team; someone in two teams has two, each with cases and hours of its own."""

    # The constraint's index begins with the practitioner: it needs none of its own.
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="places", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="places")
    grade_code = models.CharField(max_length=10, blank=True, help_text="as the national record gives it")
    grade = models.CharField(max_length=3, blank=True, help_text="PO, TPO, PSO, SPO, DMY; empty counts as PO")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="the day of the extract that named them no more")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["practitioner", "team"], name="organisation_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} in {self.team}"


class NameChange(models.Model):
    """A name that something had before: the history of names."""

    level = models.CharField(max_length=12, help_text="region, pdu, ldu, team or practitioner")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=250)
    until = models.DateField(help_text="the day of the extract that brought the new name")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["level", "code"], name="organisation_name_change")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.code} was {self.name} until {self.until}"
