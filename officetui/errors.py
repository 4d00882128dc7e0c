"""The errors a person may see: what happened, what was kept, what to do."""

from __future__ import annotations


class OfficeError(Exception):
    """Base of everything told to people; `status` is the exit status of the command line."""

    status = 1

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Refused(OfficeError):
    """The request is not allowed or not understood; nothing was changed."""


class NotKept(OfficeError):
    """The change could not be written durably (disk full, I/O error); the journal is as before."""


class DataDamaged(OfficeError):
    """A file of the office cannot be believed."""

    status = 3


class FolderUnreachable(OfficeError):
    """The shared folder is absent, foreign, or not answering."""

    status = 4


class NoOffice(OfficeError):
    """There is no office in the home folder yet."""

    status = 2
