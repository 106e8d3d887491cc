"""Files that are sent: onto disk piece by piece, and no further than the largest size allowed."""

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from londonnet.config.environment import ENV

_MARK = "londonnet.upload_too_large"


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes a sent file to a temporary place, and stops at the largest size that the installation allows."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the file has grown too large.

        Raises:
            StopUpload: the rest is read and thrown away, so that the page can say what is wrong.
        """
        if start + len(raw_data) > ENV.upload_megabytes * 1_048_576:
            if self.request is not None:
                self.request.META[_MARK] = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was cut off for its size."""
    return bool(request.META.get(_MARK))
