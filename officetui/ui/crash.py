"""When the program itself fails: a few plain words, and the details in a file."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

from officetui.text.i18n import _

NAME: Final = "fault.txt"


def report(error: BaseException, home: Path, when: str) -> str:
    """What the person is told; the traceback goes to `fault.txt` in the office's home.

    The traceback names places in the program, not the values of records: nothing of the office
    leaves it with the file, nor what was being typed, which an error's message may repeat.
    """
    path = home / NAME
    lines = _lines(error)
    try:
        path.write_text(f"{when}\n{''.join(lines)}", encoding="utf-8")
    except OSError:
        return "".join(lines)
    words = _(
        "The program stopped because of a fault of its own. Every change you saw confirmed is "
        "kept. Start it again; if it happens again, send the file {path} to whoever looks after it."
    )
    return words.format(path=path)


def _lines(error: BaseException) -> list[str]:
    """The traceback of an error and of what caused it, with messages only of such errors as tell
    names of the program."""
    lines: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        told = isinstance(at, AttributeError | NameError | ImportError | TypeError)
        name = type(at).__name__
        one = [*traceback.format_tb(at.__traceback__), f"{name}: {at}\n" if told else f"{name}\n"]
        lines = [*one, "\n", *lines] if lines else one
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return lines
