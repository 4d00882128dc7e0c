"""Numbers of papers (发文字号): how they should be written, and when two are the same."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from officetui.registers.numbering import Numbering

if TYPE_CHECKING:
    from officetui.registers.record import Record
    from officetui.registers.view import View

PAPER = Numbering("doc_no", form="{mark}〔{year}〕{n}号")


def mended(number: str) -> str:
    """县办发【2026】第012号 as 县办发〔2026〕12号; "" for one of another form (国令第707号)."""
    return PAPER.mended(number)


@lru_cache(maxsize=16384)
def sign(text: str) -> str:
    """What two numbers, or two issuers, have in common that are the same however written."""
    plain = normalize("NFKC", text).casefold().strip()
    return "".join((mended(plain) or plain).split())


def bearers(register: str, number: str, view: View) -> list[Record]:
    """The records on the desk whose `doc_no` is the same number, however written."""
    known = view.memo(f"numbers of {register}", (register,), partial(_by_sign, register, view))
    return known.get(sign(number), [])


def _by_sign(register: str, view: View) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in view.records(register):
        number = record.text("doc_no")
        if number:
            found.setdefault(sign(number), []).append(record)
    return found


def year_of(number: str) -> int:
    """The year that a number says; 0 without one."""
    written = PAPER.read(normalize("NFKC", number).strip())
    return written.year if written is not None else 0


def same_issuer(one: str, other: str) -> bool:
    """县委办 is 县委办公室."""
    a, b = sign(one), sign(other)
    return bool(a and b) and (a.startswith(b) or b.startswith(a))
