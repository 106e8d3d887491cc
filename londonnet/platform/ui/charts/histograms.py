"""How many are in each bucket, for one or two series side by side: now and after, say."""

from collections.abc import Sequence
from dataclasses import dataclass

from .scales import Scale


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, `length` hundredths long; `number` (from 1) is its series."""

    number: int
    count: int
    length: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket and its bars, a bar for each series."""

    label: str
    bars: tuple[Bar, ...]


def histogram(buckets: Sequence[str], counts: Sequence[Sequence[int]]) -> tuple[Bucket, ...]:
    """The bars of every bucket, all on one scale from 0; the longest fills the plot.

    Args:
        buckets: the buckets' labels, lowest first.
        counts: for each series its counts, one a bucket.

    Raises:
        ValueError: a series hasn't a count for each bucket.
    """
    if any(len(series) != len(buckets) for series in counts):
        raise ValueError("Each series of a histogram has one count for each bucket.")
    scale = Scale(0, max([1, *(count for series in counts for count in series)]))
    return tuple(
        Bucket(
            label,
            tuple(Bar(number, series[place], scale.place(series[place])) for number, series in enumerate(counts, 1)),
        )
        for place, label in enumerate(buckets)
    )
