"""Errors in the language of the person: ledger and store speak none."""

from __future__ import annotations

import errno

from officetui.errors import DataDamaged, NotKept, OfficeError
from officetui.text.i18n import N_, _

# What the ledger says is wrong with a line; it speaks no language itself.
DAMAGES = (
    N_("altered: the next line was written after another text"),
    N_("a segment before this one is missing"),
    N_("empty line"),
    N_("header: of another journal or segment"),
    N_("impossible group"),
    N_("longer than 1 MiB"),
    N_("not a JSON object"),
    N_("only NUL bytes"),
    N_("stamp and number do not agree"),
    N_("the checksum does not match"),
    N_("nested too deeply"),
    N_("the line is torn"),
    N_("the segment was altered after it was closed"),
    N_("written by another writer"),
)


def told(error: OfficeError) -> str:
    """What happened, what was kept, what to do."""
    if isinstance(error, NotKept):
        cause = error.__cause__ or error.__context__
        full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        if isinstance(cause, OSError) and cause.errno in full:
            return _(
                "The disk is full: the change was not kept, and the journal is as it was before. "
                "Make room, then try again."
            )
        if isinstance(cause, OSError):
            return _(
                "The change could not be written and was not kept; the journal is as it was "
                "before. The system says: {reason}"
            ).format(reason=reason(cause))
        return error.message
    if isinstance(error, DataDamaged):
        found: object = getattr(error, "path", None)
        if found is not None:
            return _(
                "{file} is damaged. It was left as it is; desk and books can be made again from "
                "the journals: officetui doctor --rebuild"
            ).format(file=found)
        return _("{reason}. It was left as it is; take it from a backup of this folder.").format(
            reason=error.message.rstrip(".")
        )
    return error.message


def reason(error: OSError) -> str:
    """Why the system refused, with the file when it names one."""
    words = error.strerror or str(error)
    return f"{words}: {error.filename}" if error.filename else words
