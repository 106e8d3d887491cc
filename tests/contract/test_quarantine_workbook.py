"""What an extract brings in can't become a formula or a link in the workbook that goes out."""

import zipfile
from pathlib import Path

from londonnet.apps.national.quarantine import write_quarantine
from londonnet.apps.national.reading import read_workbook

from .layout import write
from .service import identity, sheets


def test_cells_that_look_like_formulas_and_links_go_out_as_text(tmp_path: Path) -> None:
    hostile = {
        **identity("N07A020", "N07T01"),
        "om_surname": '=HYPERLINK("https://elsewhere.example","Quill")',
        "om_forename": "https://elsewhere.example",
        "commtierb3": "=1+1",
    }
    rows = sheets(bad=())
    rows["wmt_extract_filtered"].append(hostile)
    reading = read_workbook(write(tmp_path / "extract.xlsx", rows))
    assert [(row.sheet, row.column, row.value) for row in reading.quarantined] == [
        ("wmt_extract_filtered", "commtierb3", "=1+1")
    ]
    out = tmp_path / "quarantine.xlsx"
    write_quarantine(reading, out)
    with zipfile.ZipFile(out) as parts:
        inside = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))}
    assert any("=1+1" in text and "=HYPERLINK" in text for text in inside.values())
    assert not any("<f>" in text or "<hyperlink" in text for text in inside.values())
