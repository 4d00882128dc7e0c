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
    leaves it with the file.
    """
    path = home / NAME
    lines = traceback.format_exception(error)
    try:
        path.write_text(f"{when}\n{''.join(lines)}", encoding="utf-8")
    except OSError:
        return "".join(lines)
    words = _(
        "The program stopped because of a fault of its own. Every change you saw confirmed is "
        "kept. Start it again; if it happens again, send the file {path} to whoever looks after it."
    )
    return words.format(path=path)
