"""What the report of a load says about workloads."""

from londonnet.apps.workload import extract_notes


def test_codes_without_points_are_told_with_their_number() -> None:
    (note,) = extract_notes._codes({"CMSX9": 1_200, "NEW": 1})
    assert note.endswith("they count 0 points: CMSX9 (1,200), NEW (1).")
    assert extract_notes._codes({}) == []


def test_of_many_who_left_hours_behind_the_first_are_named_and_the_rest_counted() -> None:
    (note,) = extract_notes._behind([f"Person {number} in Team" for number in range(23)])
    assert "Person 19 in Team, and 3 more." in note
    assert extract_notes._behind([]) == []
