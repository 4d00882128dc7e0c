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
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_lines(cause), "\n"] if cause is not None else []
    lines += traceback.format_tb(error.__traceback__)
    told = isinstance(error, AttributeError | NameError | ImportError | TypeError)
    name = type(error).__name__
    return [*lines, f"{name}: {error}\n" if told else f"{name}\n"]
