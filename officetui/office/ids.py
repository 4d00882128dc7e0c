"""The short ids people type, and finding the record they mean."""

from __future__ import annotations

from hashlib import sha256

from officetui.errors import Refused
from officetui.office.look import Look, alive
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _
from officetui.text.words import listed

# Crockford's alphabet: no i, l, o, u, so that nothing is misread or spells a word.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
SHORTEST = 5
# What badges and captured lines put before an official number, whatever the language; what a badge
# alone says stands here.
_BADGED = {"reception": ("v", "訪", "來訪"), "followups": ("f",)}
_BADGES = {
    r.id: tuple(w for w in (*r.prefixes, *_BADGED.get(r.id, ())) if not w.isdigit())
    for r in REGISTERS
    if r.numbering is not None
}


def short_id(ref: str) -> str:
    """Five letters and digits that name a record (25 bits: clashes are said, never guessed)."""
    return _letters(ref)[:SHORTEST]


def _letters(ref: str) -> str:
    number = int.from_bytes(sha256(ref.encode()).digest()[:10], "big")
    return "".join(_ALPHABET[(number >> (5 * (15 - n))) & 31] for n in range(16))


def badged(text: str) -> dict[str, str]:
    """The official number that a text like 收774 or "In 774" names, by register."""
    lowered = text.strip().lower()
    found = {}
    for register, words in _BADGES.items():
        for word in sorted(words, key=len, reverse=True):  # 来访, before 访
            number = lowered.removeprefix(word).strip()
            if lowered.startswith(word) and number:
                found[register] = number
                break
    return found


def find(look: Look, text: str, register: str | None = None) -> Record:
    """The record meant by a full id, `register/id`, a short id, a natural key or 收774.

    Looks on the desk first, then in the books, newest first. Raises Refused when nothing or
    more than one fits.
    """
    wanted = text.strip()
    ids = [r.id for r in REGISTERS if register in (None, r.id)]
    ids += [child.id for r in REGISTERS for child in r.children if register in (None, r.id)]
    if "/" in wanted:
        record = look.get(wanted)
        if record is not None:
            return record
    direct = [found for i in ids if (found := look.get(f"{i}/{wanted}")) is not None]
    if direct:
        return direct[0]
    if wanted:
        several = _among(look, ids, wanted, None)
        for year in sorted(look.store.years(), reverse=True):
            if several:
                break
            several = _among(look, ids, wanted, year)
        if len(several) == 1:
            return several[0]
        if several:
            names = listed(f"{r.register}/{r.id}" for r in several[:5])
            raise Refused(_("“{id}” could be any of: {names}.").format(id=wanted, names=names))
    raise Refused(_("There is no record “{id}”.").format(id=wanted))


def _bears(record: Record, cell: str, number: str) -> bool:
    """Whether a record's official number is the one of a badge: 发12 is 清政发〔2026〕12号 too."""
    written = record.text(cell)
    if not written or written.lower() == number:
        return bool(written)
    kind = BY_ID[record.register].numbering
    said = kind.read(written) if kind is not None and kind.form else None
    return said is not None and str(said.n) == number


def _among(look: Look, ids: list[str], wanted: str, year: int | None) -> list[Record]:
    lowered = wanted.lower()
    is_short = SHORTEST <= len(lowered) <= 16 and all(c in _ALPHABET for c in lowered)
    numbers = badged(wanted)
    cells = {r.id: r.numbering.field for r in REGISTERS if r.numbering is not None}
    forms = {  # 清政发〔2026〕12号, also as it is typed in a hurry
        r.id: {wanted, r.numbering.mended(wanted)} - {""}
        for r in REGISTERS
        if r.numbering is not None and r.numbering.form
    }
    found = []
    for register in ids:
        with look.lock:
            docs = list(
                (
                    look.store.desk(register)
                    if year is None
                    else look.store.book(year).get(register, {})
                ).values()
            )
        for doc in docs:
            record = Record(register, doc)
            number = numbers.get(register)
            named = number and alive(doc) and _bears(record, cells[register], number)
            if register in forms and not named:
                named = record.text(cells[register]) in forms[register] and alive(doc)
            if named or (is_short and _letters(record.ref).startswith(lowered)):
                found.append(record)
    return found
