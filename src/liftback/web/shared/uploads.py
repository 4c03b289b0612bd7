"""A limit on what is uploaded, applied while it comes in, so that no upload can fill the disk or the memory."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

TOO_LARGE = "liftback.too_large"
"""The key of `request.META` that says that a file was cut off because of its size."""


class Limited(FileUploadHandler):
    """Ends an upload that is larger than a training log can be; the form's other fields are kept, the file is not."""

    so_far = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's own signature
        """Count what comes in, and hand it on. Raises StopUpload."""
        self.so_far += len(raw_data)
        if self.so_far > settings.LONGEST_UPLOAD:
            self._stop()
        return raw_data

    def _stop(self) -> NoReturn:
        if self.request is not None:
            self.request.META[TOO_LARGE] = True
        raise StopUpload(connection_reset=False)

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002 - Django's own signature
        """Leave the making of the file to the handlers after this one."""
        return None


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was cut off because of its size; asked after the form was read."""
    return bool(request.META.get(TOO_LARGE))
