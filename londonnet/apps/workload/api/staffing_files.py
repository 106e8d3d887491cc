"""Files of hours and reductions, for programs: sent, what became of them, and what is held."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Query, Status

from londonnet.apps.workload import services
from londonnet.apps.workload.models import StaffingFile, StaffingLoad
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.selectors.held import held_hours, held_reductions
from londonnet.apps.workload.selectors.staffing_files import file_of, files_of
from londonnet.apps.workload.services.files import COLUMNS
from londonnet.apps.workload.staffing_json import file_json, file_with_lines_json
from londonnet.platform.access import policy
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, page_of, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .parts import Number
from .staffing_file_schemas import (
    ContractedHoursHeld,
    ReductionsHeld,
    StaffingFileSent,
    StaffingFilesPage,
    StaffingFileWhole,
)

router = ApiRouter()
_KIND = StaffingLoad.Kind


@router.read("/staffing-files", permission=HOURS, answer=StaffingFilesPage)
def staffing_files(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Files that one sent.

    Of hours and of reductions, the latest first; kept for thirty days.
    """
    with snapshot():
        found = files_of(caller(request).pk)
        rows = list(found[paging.offset : paging.offset + paging.limit])
        return part_of(rows, found.count(), paging, file_json)


@router.write("POST", "/staffing-files", permission=HOURS, answer=StaffingFileWhole, status=201)
def send_staffing_file(request: HttpRequest, sent: StaffingFileSent) -> Status[Any]:
    """Send a file of hours or of reductions.

    Rows about people within the caller's reach are loaded; others are answered with what is wrong. The same file twice
    changes nothing.
    """
    user = caller(request)
    received = services.receive_file(
        kind=_KIND(sent.kind),
        content=sent.content.encode(),
        name=sent.name,
        sent_by=user.pk,
        reach=policy.reach(user, HOURS),
        personal=reach_of_personal(user),
    )
    return Status(201, _whole(received))


@router.read("/staffing-files/{int:number}", permission=HOURS, answer=StaffingFileWhole)
def staffing_file(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One file that one sent.

    With the lines that weren't taken, and what is wrong with each.
    """
    found = file_of(caller(request).pk, number)
    if found is None:
        raise NotAllowed
    consulted("workload_staffing_file", str(found.pk))
    return _whole(found)


@router.read("/staffing-files/held/hours", permission=HOURS, answer=ContractedHoursHeld)
def hours_held(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Contracted hours that are held.

    Of those whose hours the caller may change, as the file has them that can be sent in. As with the file, all are
    read whatever part is asked for.
    """
    rows = held_hours(policy.reach(caller(request), HOURS))
    return _held(rows, paging, _KIND.HOURS, ("om_key", "team_code", "contracted_hours", "first_day", "last_day"))


@router.read("/staffing-files/held/reductions", permission=HOURS, answer=ReductionsHeld)
def reductions_held(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Reductions that are held.

    The same for reductions. A personal reason that the caller may not know is "Personal".
    """
    user = caller(request)
    rows = held_reductions(policy.reach(user, HOURS), personal=reach_of_personal(user))
    return _held(rows, paging, _KIND.REDUCTIONS, COLUMNS[_KIND.REDUCTIONS])


def _held(rows: list[list[str]], paging: Paging, kind: StaffingLoad.Kind, names: Sequence[str]) -> dict[str, Any]:
    consulted("workload_held", kind.value)
    return page_of(rows, paging, lambda row: dict(zip(names, row, strict=True)))


def _whole(file: StaffingFile) -> dict[str, Any]:
    return file_with_lines_json(file, COLUMNS[_KIND(file.kind)])
