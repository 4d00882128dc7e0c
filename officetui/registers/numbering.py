"""How an official number is written, and what counts it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    import re

_OPEN, _CLOSED = "〔[［【〖（({", "〕]］】〗）)}"
_DIGIT = "[0-9０-９]"


class Written(NamedTuple):
    """What a number on paper says: its mark ("" without one), year (0 without one), and count."""

    mark: str
    year: int
    n: int


class Numbering(msgspec.Struct, frozen=True):
    """The official numbers of a register: where they stand, how they are written, who gives them.

    `field`: the cell that holds the number, as it is on paper. `per_year`: the cell whose year its
    series counts (empty: one series for all years). `series`: the cell with the mark (代字) that
    has a series of its own. `form`: how a number is written, of {mark}, {year} and {n}; empty: the
    bare digits. `given_by`: the step that gives it; empty: it is given with the recording. That
    step must set the `per_year` cell: a record which has that cell and no number waits for one.
    """

    field: str
    per_year: str = ""
    series: str = ""
    form: str = ""
    given_by: str = ""

    def written(self, mark: str, year: int, n: int) -> str:
        """The number in its form: 清政发〔2026〕12号."""
        return self.form.format(mark=mark, year=year, n=n) if self.form else str(n)

    def read(self, text: str) -> Written | None:
        """What a number says, also one with other brackets, 第, leading zeros or without 号, so
        that no such number is given again; None for one of another form."""
        text = text.strip()
        if not self.form:
            return Written("", 0, int(text[:18])) if text.isascii() and text.isdigit() else None
        found = _pattern(self.form).fullmatch(text)
        if found is None:
            return None
        said = found.groupdict()
        return Written(said.get("mark", "").strip(), int(said.get("year") or 0), int(said["n"]))

    def mended(self, text: str) -> str:
        """The number in the form it should have; "" when it cannot be read."""
        found = self.read(text)
        return self.written(*found) if found is not None else ""


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """What reads numbers of a form."""
    import re

    parts = {
        "{mark}": r"(?P<mark>\S.*?)",
        "{year}": rf"(?P<year>{_DIGIT}{{4}})",
        "{n}": rf"(?:第\s*)?(?P<n>{_DIGIT}{{1,9}})",
    }
    pieces = []
    for piece in re.findall(r"\{\w+\}|\S", form):
        sign = next((f"[{re.escape(some)}]" for some in (_OPEN, _CLOSED) if piece in some), "")
        pieces.append(parts.get(piece) or sign or re.escape(piece) + "?")
    return re.compile(r"\s*".join(pieces))
