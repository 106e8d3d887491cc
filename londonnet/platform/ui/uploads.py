"""Files that are sent: onto disk piece by piece, and no further than the largest size allowed."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from londonnet.config.environment import ENV

_MARK = "londonnet.upload_too_large"


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes sent files to a temporary place, and stops at the largest size that the installation allows.

    The size is that of all files of one request together: a form may carry a hundred. Nobody's files are thrown
    away unwritten, since forms are read before anybody asks who sent them.
    """

    _received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file.

        Raises:
            SkipFile: nobody is signed in.
        """
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the files have grown too large.

        Raises:
            StopUpload: the rest is read and thrown away, so that the page can say what is wrong.
        """
        self._received += len(raw_data)
        if self._received > ENV.upload_megabytes * 1_048_576:
            if self.request is not None:
                self.request.META[_MARK] = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was cut off for its size."""
    return bool(request.META.get(_MARK))
