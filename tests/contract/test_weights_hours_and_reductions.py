"""`londonnet workload weights`, `hours` and `reductions`: published shapes, and files that are not taken."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from .conftest import Loaded
from .layout import TIERS, names
from .program import Program
from .service import PEOPLE

WEIGHTS_KEYS: Final = names("version valid_from cases t2a reports target default_hours inactive_percent support")
GRADES: Final = names("PO TPO PSO SPO DMY")
REPORT_KEYS: Final = names("unchanged rows quarantined ignored_columns")


@pytest.fixture(scope="session")
def weights(program: Program, spare: str) -> dict[str, Any]:
    """The weights that a new trust starts with, as they are printed."""
    shown: dict[str, Any] = program("workload", "weights", "show", "--trust", spare, "--json").done().json
    return shown


def test_weights_are_shown_in_the_published_shape(weights: dict[str, Any]) -> None:
    tiers = (*TIERS, *(f"{tier}s" for tier in TIERS))
    assert tuple(weights) == WEIGHTS_KEYS
    for sheet in ("cases", "t2a"):
        assert tuple(weights[sheet]) == ("community", "custody", "licence")
        assert all(tuple(points) == tiers for points in weights[sheet].values())
        assert all(points[tier] == 0 for points in weights[sheet].values() for tier in tiers[16:])
    assert weights["reports"] == {"sdr": 138, "conversion": 65}
    assert weights["target"] == dict.fromkeys(GRADES, 2176)
    assert weights["default_hours"] == {"PO": 37, "TPO": 37, "PSO": 37, "SPO": 0, "DMY": None}
    assert weights["inactive_percent"] == {"warrants": 0, "overdue": 0, "unpaid_work": 100}
    assert weights["support"]["CMS01"] == 9
    assert (weights["version"], weights["valid_from"]) == (1, "2026-04-01")


def test_a_partial_file_of_weights_is_refused_and_a_whole_one_is_a_new_version_that_the_figures_follow(
    program: Program, spare: str, weights: dict[str, Any], tmp_path: Path
) -> None:
    dearer = json.loads(json.dumps(weights))
    dearer["cases"]["community"]["a3"] = 300
    whole, part = tmp_path / "whole.json", tmp_path / "part.json"
    whole.write_text(json.dumps(dearer))
    del dearer["cases"]["custody"]["c2"], dearer["reports"]
    part.write_text(json.dumps(dearer))

    refused = program("workload", "weights", "load", part, "--trust", spare)
    assert (refused.code, refused.out) == (2, "")
    assert "cases.custody.c2" in refused.err
    assert "reports" in refused.err

    adopted = program("workload", "weights", "load", whole, "--trust", spare, "--json").done()
    assert adopted.json == {"version": 2, "valid_from": "2026-04-01"}
    line = ("workload", "show", "--trust", spare, "--practitioner", "N07A002", "--json")
    (manager,) = program(*line).done().json
    assert (manager["weights_version"], manager["points"]["cases"]) == (2, 5 * 300)


def test_hours_and_reductions_say_what_became_of_every_line(loaded: Loaded) -> None:
    for ran, good in (
        (loaded.hours, sum(len(one.hours) for one in PEOPLE)),
        (loaded.reductions, sum(len(one.reductions) for one in PEOPLE)),
    ):
        report = ran.json
        assert tuple(report) == REPORT_KEYS
        assert report["rows"] == {"read": good + 1, "loaded": good, "quarantined": 1, "ignored": 0}
        (bad,) = report["quarantined"]
        assert tuple(bad) == ("line", "column", "value", "reason")
        assert bad["line"] == good + 2
        assert str(bad["line"]) in ran.err
    assert loaded.hours.json["quarantined"][0]["value"] == "N07A999"
    assert loaded.reductions.json["quarantined"][0]["value"] == "Gardening"


def test_files_that_lack_columns_are_refused(program: Program, spare: str, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text("om_key,contracted_hours\nN07A001,37\n")
    hours, reductions = program.each(
        ("workload", "hours", "load", file, "--trust", spare, "--json"),
        ("workload", "reductions", "load", file, "--trust", spare, "--json"),
    )
    for ran, missing in ((hours, "team_code"), (reductions, "reason")):
        assert (ran.code, ran.out) == (2, "")
        assert missing in ran.err
