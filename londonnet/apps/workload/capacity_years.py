"""How far above which percentage somebody was, a byte a day: who was above any threshold for weeks, at a glance.

A day's byte is 0 where the day isn't kept, else 1 and the largest whole percentage that capacity was above, up to 254.
So "above T%" is one comparison, exact for every whole T; a year of a practitioner is 366 bytes, and two years of a
national service are looked through in less than it takes to draw the page.
"""

import re
from typing import Final, NamedTuple

from .excess import LONGEST_GAP_DAYS

LONGEST_YEAR: Final = 366
"""Days in a row of bytes; the last one of a common year isn't a day."""
MOST_PERCENT: Final = 254
"""The highest threshold that can be told: what is further above looks alike."""
_ABOVE: Final = b"x"
_SPELL: Final = rb"x(?=[x.]{%d})x*(?:\.{1,%d}x+)*"
"""Days that are above, with days that aren't kept between them; two kept ones further apart don't belong together.

Most of what is above is above for a few days: what isn't so for some is passed over without a second look.
"""
_LOOKED_AHEAD: Final = 14


def byte_of(points: int, available: int) -> int:
    """The byte of a kept day, from points held and points available.

    Where nothing is available there is no capacity to be above anything.
    """
    if points <= 0 or available <= 0:
        return 1
    return 1 + min((points * 100 - 1) // available, MOST_PERCENT)


class Stretch(NamedTuple):
    """Days of one row that are all above: which row, and the positions of the first and the last of them."""

    row: int
    first: int
    last: int

    @property
    def days(self) -> int:
        """How many, both ends counted."""
        return self.last - self.first + 1


Span = tuple[int, int]
"""Where a stretch begins in all rows together, and the position behind its end."""


def spans(rows: bytes, *, threshold: int, weeks: int) -> list[Span]:
    """The stretches above a threshold that last at least so many weeks: the same as `excess.spells` of each row.

    Args:
        rows: bytes of days, rows of one width after each other, with a byte of a kept day that isn't above between
            two of them.
        threshold: percent, from 1 to 254; exactly that much isn't above.
        weeks: how many weeks, of seven days, from the first day to the last.
    """
    least = 7 * weeks
    spell = re.compile(_SPELL % (min(least, _LOOKED_AHEAD) - 1, LONGEST_GAP_DAYS - 1))
    found = [one.span() for one in spell.finditer(rows.translate(_as_shown(threshold)))]
    return [(begin, end) for begin, end in found if end - begin >= least]


def stretch_of(span: Span, width: int) -> Stretch:
    """In which row it is, and where; `width` is that of a row, the byte behind it counted."""
    begin, end = span
    row, first = divmod(begin, width)
    return Stretch(row, first, first + end - begin - 1)


def _as_shown(threshold: int) -> bytes:
    """What each byte is at this threshold: above, not above, or not kept."""
    return b"." + b"-" * threshold + _ABOVE * (255 - threshold)
