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


@job(name="workload.tell_expiring", label="Tell whose reductions end soon", one_at_a_time=True)
def tell_expiring(progress: Progress) -> None:
    """Tell managers and the people themselves."""
    from .services.telling_expiring import tell_of_expiring_reductions

    tell_of_expiring_reductions()


def ask_to_tell(place_ids: Collection[int]) -> None:
    """Have it told, after the caller's transaction, that these have come above 110%. Nobody: nothing."""
    if place_ids:
        enqueue(tell_who_is_over, place_ids=sorted(place_ids))


def ask_to_tell_of_four_weeks() -> None:
    """Have it told whose fourth week is full."""
    enqueue(tell_four_weeks_over)


def ask_to_tell_of_expiring() -> None:
    """Have it told whose reductions end soon."""
    enqueue(tell_expiring)
