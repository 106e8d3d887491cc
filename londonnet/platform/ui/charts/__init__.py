"""The geometry of charts: where each mark stands, in hundredths of the picture. No Django, no markup.

The macros of `ui/components/charts.html` print what is worked out here. All places are percentages of the plot, so the
picture stretches to its room while its text keeps its size.
"""

from .histograms import Bucket, histogram
from .lines import Event, LineChart, Series, line_chart
from .moves import Move, move
from .stacks import Stack, stacks
from .trends import Trend, trend, verb

__all__ = [
    "Bucket",
    "Event",
    "LineChart",
    "Move",
    "Series",
    "Stack",
    "Trend",
    "histogram",
    "line_chart",
    "move",
    "stacks",
    "trend",
    "verb",
]
