"""How much a form with files may bring: more is refused before any of it is read, so that nobody fills the disk of a web process."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 32 * 1024 * 1024  # of the whole request; what one file may be is said by its form


class Limit(FileUploadHandler):
    """Stands before Django's own handlers (settings.FILE_UPLOAD_HANDLERS), which keep the file."""

    def handle_raw_input(
        self, input_data: Any, meta: dict[str, Any], content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:  # fmt: skip
        """Raises RequestDataTooBig, which is answered with 413."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler has it."""
