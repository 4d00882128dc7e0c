"""Whether an old .xls can be read at all, tried in a process of its own.

A few changed bytes make the native reader of that format take all memory there is, or panic over
the screen of the app. Nothing of that reaches us from a child with limits.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

MOST_MEMORY: Final = 2 << 30
MOST_SECONDS: Final = 60

# Errors that the reader tells of itself are left to whoever reads next: they have words for them.
_TRIAL: Final = """
import io, resource, sys
for limit, most in ((resource.RLIMIT_AS, {memory}), (resource.RLIMIT_CPU, {seconds}),
                    (resource.RLIMIT_CORE, 0)):
    resource.setrlimit(limit, (most, most))
import python_calamine
try:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.end is None or (sheet.end[0] + 1) * (sheet.end[1] + 1) <= {cells}:
            sheet.to_python(skip_empty_area=False)
except Exception:
    pass
"""


def survives(data: bytes, most_cells: int) -> bool:
    """Whether reading `data` ends, well or with an error; True where no child can be started."""
    code = _TRIAL.format(memory=MOST_MEMORY, seconds=MOST_SECONDS, cells=most_cells)
    try:
        trial = subprocess.run(
            [sys.executable, "-c", code],
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=2 * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    except OSError:
        return True
    return trial.returncode == 0
