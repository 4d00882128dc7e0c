"""The five sheets of an office, under the names that an office gives them: the import reads those,
too. In `tests/data` they have plain names, which every tool shows as they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

NAMES: Final = {
    "meetings.xls": "会议安排.xls",
    "roster-2026-11.xlsx": "值班表2026年11月.xlsx",
    "papers-2026.xlsx": "收文登记簿2026.xlsx",
    "visitors.csv": "来访接待登记.csv",
    "people.xlsx": "通讯录.xlsx",
}

_made = TemporaryDirectory(prefix="sheets-")  # goes with the process
SHEETS: Final = Path(_made.name)
for _plain, _named in NAMES.items():
    shutil.copy(Path(__file__).parent / "data" / _plain, SHEETS / _named)
