"""What this application does in the background."""

from collections.abc import Collection

from londonnet.platform.jobs import Progress, enqueue, job


@job(name="workload.tell_who_is_over", label="Tell who is above 110%")
def tell_who_is_over(progress: Progress, *, place_ids: list[int]) -> None:
    """Tell managers and the people themselves."""
    from .services.telling import tell_who_is_over as tell

    tell(place_ids=place_ids)


@job(name="workload.tell_four_weeks_over", label="Tell who has been above 110% for four weeks", one_at_a_time=True)
def tell_four_weeks_over(progress: Progress) -> None:
    """Tell managers and the people themselves."""
    from .services.telling import tell_who_is_over_for_weeks

    tell_who_is_over_for_weeks()


def ask_to_tell(place_ids: Collection[int]) -> None:
    """Have it told, after the caller's transaction, that these have come above 110%. Nobody: nothing."""
    if place_ids:
        enqueue(tell_who_is_over, place_ids=sorted(place_ids))


def ask_to_tell_of_four_weeks() -> None:
    """Have it told whose fourth week is full."""
    enqueue(tell_four_weeks_over)
