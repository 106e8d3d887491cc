"""The quarantine is downloaded, mended and sent in again, against a real database."""

import shutil
from pathlib import Path

import fastexcel
import pytest
import xlsxwriter

from londonnet.apps.caseload.models import CaseCount, RosterEntry
from londonnet.apps.national import services, store
from londonnet.apps.national.models import QuarantinedRow
from londonnet.apps.national.reading import WorkbookRefused
from londonnet.platform.trusts import Trust

from .workbooks import national, person, write


def bad_extract(path: Path, **more: int) -> Path:
    """An extract in which one scored row has a count that can't be read."""
    rows = [person("N07A001", commtierb2=4), person("N07A002", commtierb2="lots", commtiera3=2)]
    return write(path, national(wmt_extract_filtered=[*rows, person("N07A003", commtierb2=more.get("third", 1))]))


def mended(quarantine: Path, path: Path, wrong: str, right: str) -> Path:
    """The quarantine workbook as somebody sends it back, with one cell put right."""
    reader = fastexcel.read_excel(quarantine)
    with xlsxwriter.Workbook(path) as workbook:
        for name in reader.sheet_names:
            sheet = workbook.add_worksheet(name)
            frame = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
            for place, cells in enumerate(frame.iter_rows()):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write_string(place, column, right if cell == wrong else cell)
    return path


def sent(path: Path) -> services.LoadOutcome:
    return services.load_extract(file=services.receive(path, name=path.name, came_by="page"))


def test_mended_rows_take_the_place_of_the_extracts_own(in_alpha: Trust, tmp_path: Path) -> None:
    first = sent(bad_extract(tmp_path / "extract.xlsx"))
    assert [(row.row, row.column, row.value) for row in QuarantinedRow.objects.all()] == [(3, "commtierb2", "lots")]
    quarantine = store.quarantine_path(first.load)

    second = sent(mended(quarantine, tmp_path / "mended.xlsx", "lots", "7"))
    assert second.report["quarantined"] == []
    assert second.report["sheets"]["wmt_extract_filtered"] == {"read": 3, "loaded": 3, "quarantined": 0, "ignored": 0}
    counts = CaseCount.objects.filter(snapshot=second.load.snapshot, sheet=1, place__practitioner__om_key="N07A002")
    assert sorted(counts.values_list("count", flat=True)) == [2, 7]
    assert not RosterEntry.objects.filter(snapshot=second.load.snapshot, is_incomplete=True).exists()
    assert sent(tmp_path / "mended.xlsx").unchanged


def test_a_person_whose_scored_row_is_in_quarantine_is_marked(in_alpha: Trust, tmp_path: Path) -> None:
    rows = [person("N07A001", commtierb2=4), person("N07A002", commtierb2="lots")]
    sheets = national(wmt_extract_filtered=rows, wmt_extract=[person("N07A001"), person("N07A002")])
    sent(write(tmp_path / "extract.xlsx", sheets))
    marked = RosterEntry.objects.filter(is_incomplete=True).values_list("place__practitioner__om_key", flat=True)
    assert list(marked) == ["N07A002"]


def test_mended_rows_of_another_extract_are_refused(in_alpha: Trust, tmp_path: Path) -> None:
    first = sent(bad_extract(tmp_path / "extract.xlsx"))
    quarantine = shutil.copy(store.quarantine_path(first.load), tmp_path / "quarantine.xlsx")
    services.load_extract(
        file=services.receive(bad_extract(tmp_path / "other.xlsx", third=2), name="other.xlsx", came_by="page")
    )
    with pytest.raises(WorkbookRefused, match="another extract than the one in force"):
        sent(mended(Path(quarantine), tmp_path / "mended.xlsx", "lots", "7"))
