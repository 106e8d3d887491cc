"""`londonnet workload weights list`, `show --version` and `try`."""

import json
from pathlib import Path

from londonnet.platform.trusts import Trust, trust_scope

from . import extracts
from .test_commands import Run, londonnet  # noqa: F401  # the fixture


def a_file(londonnet: Run, folder: Path, b2: int) -> str:  # noqa: F811  # given by the fixture
    """The weights in force with another weight for B2 in the community, as a file."""
    _, weights, _ = londonnet("workload", "weights", "show", "--trust", "alpha", "--json")
    weights["cases"]["community"]["b2"] = b2
    file = folder / "weights.json"
    file.write_text(json.dumps(weights))
    return str(file)


def test_versions_are_listed_and_each_can_be_shown(alpha: Trust, londonnet: Run, tmp_path: Path) -> None:  # noqa: F811
    londonnet("workload", "weights", "load", a_file(londonnet, tmp_path, 150), "--trust", "alpha", "--reason", "Audit")
    _, rows, _ = londonnet("workload", "weights", "list", "--trust", "alpha", "--json")
    assert [(row["version"], row["in_force"], row["reason"]) for row in rows] == [
        (2, True, "Audit"),
        (1, False, "The public starting values"),
    ]
    _, first, _ = londonnet("workload", "weights", "show", "--version", "1", "--trust", "alpha", "--json")
    assert (first["version"], first["cases"]["community"]["b2"]) == (1, 115)
    code, _, said = londonnet("workload", "weights", "show", "--version", "9", "--trust", "alpha", "--json")
    assert (code, "There is no version 9" in said) == (1, True)


def test_a_file_is_tried_without_changing_anything(alpha: Trust, londonnet: Run, tmp_path: Path) -> None:  # noqa: F811
    with trust_scope(alpha):
        extracts.load()
    file = a_file(londonnet, tmp_path, 150)
    asked = ("workload", "weights", "try", file, "--trust", "alpha", "--json")
    _, effect, _ = londonnet(*asked, "--by", "team", "--team", "N07T01")
    (team,) = effect["places"]
    assert (team["code"], team["newly_above_110"], team["above_110_after"]) == ("N07T01", 1, 2)
    assert {one["om_key"]: one["points_after"] for one in effect["people"]}["N07A002"] == 20 * 150
    _, effect, _ = londonnet(*asked, "--by", "pdu")
    assert [(one["code"], one["newly_above_110"]) for one in effect["places"]] == [("N07P1", 2), ("N07P2", 1)]
    _, weights, _ = londonnet("workload", "weights", "list", "--trust", "alpha", "--json")
    assert len(weights) == 1
    code, _, said = londonnet(*asked, "--team", "N07T77")
    assert (code, "There is no team with the code" in said) == (1, True)
