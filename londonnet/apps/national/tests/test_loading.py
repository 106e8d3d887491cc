"""Loading into a real database: all of it or nothing, and said."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from londonnet.apps.caseload.models import Case, CaseCount, CurrentSnapshot, RosterEntry, Snapshot
from londonnet.apps.national import selectors, services, store
from londonnet.apps.national.models import Load, ReceivedFile
from londonnet.apps.national.reading import WorkbookRefused
from londonnet.apps.organisation.models import PractitionerInTeam, Team
from londonnet.demo.workbook import write_workbook
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three weeks' extracts of a small service."""
    folder = tmp_path_factory.mktemp("workbooks")
    made = {}
    for week in (0, 1):
        made[f"week {week}"] = folder / f"week-{week}.xlsx"
        write_workbook(made[f"week {week}"], practitioners=60, cases=900, seed=7, day=DAY, week=week)
    made["small"] = folder / "small.xlsx"
    write_workbook(made["small"], practitioners=30, cases=300, seed=7, day=DAY, week=2)
    return made


def received(path: Path) -> ReceivedFile:
    return services.receive(path, name=path.name, came_by="command")


def test_a_first_extract_fills_organisation_and_caseload(in_alpha: Trust, workbooks: dict[str, Path]) -> None:
    outcome = services.load_extract(file=received(workbooks["week 0"]))
    sheets = outcome.report["sheets"]
    assert all(s["read"] == s["loaded"] + s["quarantined"] + s["ignored"] for s in sheets.values())
    assert Case.objects.count() == sheets["flag_warr_4_n"]["loaded"]
    assert RosterEntry.objects.count() == PractitionerInTeam.objects.count() > 50
    assert Team.objects.exists()
    counted = CaseCount.objects.filter(sheet=1).values_list("count", flat=True)
    assert sum(counted) > 0
    assert TrailEntry.objects.filter(kind="national.extract_loaded").count() == 1


def test_the_same_file_twice_changes_nothing_the_second_time(in_alpha: Trust, workbooks: dict[str, Path]) -> None:
    first = services.load_extract(file=received(workbooks["week 0"]))
    again = services.load_extract(file=received(workbooks["week 0"]))
    assert not first.unchanged
    assert again.unchanged
    assert again.report["unchanged"] is True
    assert again.report["sheets"] == first.report["sheets"]
    assert Load.objects.count() == Snapshot.objects.count() == 1


def test_the_next_week_says_what_changed_and_keeps_one_extract_to_put_back(
    in_alpha: Trust, workbooks: dict[str, Path]
) -> None:
    services.load_extract(file=received(workbooks["week 0"]))
    second = services.load_extract(file=received(workbooks["week 1"]))
    changes = second.report["changes"]
    assert changes["practitioners_new"]["count"] + changes["practitioners_left"]["count"] > 0
    assert Snapshot.objects.count() == 2
    back = services.put_back()
    assert back.load.put_back
    assert back.load.datestamp == DAY
    assert CurrentSnapshot.objects.get().snapshot == back.load.snapshot
    assert Snapshot.objects.count() == 2, "only what can be put back is kept"


def test_last_weeks_file_is_refused_unless_confirmed(in_alpha: Trust, workbooks: dict[str, Path]) -> None:
    services.load_extract(file=received(workbooks["week 1"]))
    with pytest.raises(WorkbookRefused, match="older than the one in force"):
        services.load_extract(file=received(workbooks["week 0"]))
    assert Load.objects.count() == 1
    assert TrailEntry.objects.filter(kind="national.extract_refused").count() == 1
    assert services.load_extract(file=received(workbooks["week 0"]), force=True).load.datestamp == DAY


def test_a_much_smaller_file_is_refused_unless_confirmed(in_alpha: Trust, workbooks: dict[str, Path]) -> None:
    services.load_extract(file=received(workbooks["week 0"]))
    with pytest.raises(WorkbookRefused, match="more than a tenth fewer"):
        services.load_extract(file=received(workbooks["small"]))
    services.load_extract(file=received(workbooks["small"]), force=True)


def test_a_load_that_dies_half_way_leaves_nothing_behind(
    in_alpha: Trust, workbooks: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM caseload_case")
    from londonnet.platform.audit import events

    def dies(event: events.Event) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setitem(events._handlers, "national.extract_loaded", [dies])
    with pytest.raises(RuntimeError):
        services.load_extract(file=received(workbooks["week 0"]))
    for model in (Snapshot, Case, CaseCount, RosterEntry, PractitionerInTeam, Team, Load, CurrentSnapshot):
        assert not model._default_manager.exists()


def test_files_that_nobody_can_reach_any_more_are_removed(in_alpha: Trust, workbooks: dict[str, Path]) -> None:
    for name in ("week 0", "week 1", "week 0", "week 1"):
        services.load_extract(file=received(workbooks[name]), force=True)
    kept = ReceivedFile.objects.exclude(stored_as="")
    assert kept.count() == 2
    assert all(store.path_of(file).exists() for file in kept)


def test_the_number_of_statements_does_not_grow_with_the_practitioners(
    in_alpha: Trust, workbooks: dict[str, Path], count_queries: object
) -> None:
    counts = []
    for name in ("small", "week 0"):
        file = received(workbooks[name])
        with count_queries() as counted:  # type: ignore[operator]
            services.load_extract(file=file, force=True)
        counts.append(counted.count)
    # The second load has an extract before it to compare with and to keep: a few statements, none of them per row.
    assert abs(counts[1] - counts[0]) <= 10, counts


def test_a_job_that_is_done_again_after_its_load_was_written_keeps_the_file_and_the_report(
    in_alpha: Trust, workbooks: dict[str, Path]
) -> None:
    file = received(workbooks["week 0"])
    first = services.load_extract(file=file)
    again = services.load_extract(file=ReceivedFile.objects.get(pk=file.pk))
    assert (again.load, again.unchanged, again.report["sheets"]) == (first.load, False, first.report["sheets"])
    assert Load.objects.count() == 1
    assert store.path_of(ReceivedFile.objects.get(pk=file.pk)).is_file()


def test_putting_back_that_is_asked_for_twice_or_done_again_does_not_go_back_and_forth(
    in_alpha: Trust, workbooks: dict[str, Path]
) -> None:
    services.load_extract(file=received(workbooks["week 0"]))
    newest = services.load_extract(file=received(workbooks["week 1"])).load
    back = services.put_back(instead_of=newest.pk)
    again = services.put_back(instead_of=newest.pk)
    assert (again.load, again.load.datestamp) == (back.load, DAY)
    assert Load.objects.count() == 3


def test_a_file_that_waits_for_its_turn_is_not_removed_by_a_load_that_overtakes_it(
    in_alpha: Trust, workbooks: dict[str, Path]
) -> None:
    waiting = received(workbooks["week 1"])
    services.load_extract(file=received(workbooks["week 0"]))
    assert services.load_extract(file=ReceivedFile.objects.get(pk=waiting.pk)).unchanged is False


def test_a_refused_file_is_listed_with_the_reason_until_the_next_load(
    in_alpha: Trust, workbooks: dict[str, Path]
) -> None:
    services.load_extract(file=received(workbooks["week 1"]))
    refused = received(workbooks["week 0"])
    with pytest.raises(WorkbookRefused, match="older than the one in force, of"):
        services.load_extract(file=refused)
    (listed,) = selectors.refused_since(selectors.recent_loads()[0])
    assert (listed.pk, "--force" in listed.refused_because) == (refused.pk, True)
    services.load_extract(file=received(workbooks["week 0"]), force=True)
    assert selectors.refused_since(selectors.recent_loads()[0]) == []


def test_a_load_names_who_sent_the_file(in_alpha: Trust, workbooks: dict[str, Path]) -> None:
    left = services.receive(workbooks["week 0"], name="nightly.xlsx", came_by="folder")
    with acting_as(Actor("job", "Load the national extract")):
        assert services.load_extract(file=left).load.loaded_by == "the watched folder"
    with acting_as(Actor("job", "Alice", 7)):
        assert services.load_extract(file=received(workbooks["week 1"])).load.loaded_by == "Alice"
