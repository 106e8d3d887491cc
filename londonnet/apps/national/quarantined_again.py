"""Reading a loaded extract once more, for what was quarantined in it, word for word."""

from . import store
from .models import Load
from .quarantine import read_mended
from .reading import WorkbookReading, read_workbook


def read_again(load: Load) -> WorkbookReading:
    """The reading of a load from its kept file and mended rows.

    Raises:
        WorkbookRefused: the file is no longer as it was.
    """
    mended = [read_mended(store.path_of(file)) for file in load.mended.order_by("pk")]
    return read_workbook(store.path_of(load.file), mended=mended)
