"""Searching: words in the cells of records, on the desk at once, then in the books, newest first.

A word is found as it is written, whatever its case; one of Latin letters also as the initials of
Chinese text. All words of a query must stand somewhere in the record or one of its parts. Of a
classified paper only what may be recorded of it is looked at and shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

import msgspec

from officetui.office import initials, picking, told
from officetui.office.ids import badged
from officetui.office.look import alive
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.rules_incoming import ABOUT, CLASSIFIED_TITLE, LEVELS
from officetui.store import pick
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.reading import Reading

Check = Callable[[], None]
"""Called now and then; may raise, to cancel."""

MOST: Final = 500  # of a register in one book, or on the desk
_AROUND: Final = 16  # characters of a cell before and after what was found
_SKIPPED: Final = frozenset(("id", "parent", "pos", "state", "direction", "links", "basis"))
_REPEATED = (("reviews.carried", "title"), ("reviews.carried", "why"))  # the matter has them
_EVERY: Final = 1000
_BY_NUMBER: Final = -1
_Cells = list[tuple[str, str]]  # (cell, its text)


class Found(msgspec.Struct, frozen=True):
    """A record that was found. `heading`: badge and title; `label`, `text`: where, when not in its
    title: the field's name (or the part's), and what stands around it ("" where that is private);
    `year`: of its book, 0 for the desk; `rank`: where, 0 in its title, below that by its number."""

    record: Record
    heading: str
    label: str
    text: str
    year: int
    rank: int

    @property
    def ref(self) -> str:
        return self.record.ref


class Query:
    """What is searched for: words, all of which must be found."""

    def __init__(self, text: str) -> None:
        self.words = normalize("NFKC", text).split()[:8]
        self._patterns = [_pattern(word) for word in self.words]
        self._probes = [_probe(word) for word in self.words]

    def __bool__(self) -> bool:
        """Whether there is enough of it to search for: two characters, or one of Chinese."""
        return any(len(word) > 1 or not word.isascii() for word in self.words)

    def may_be_in(self, data: bytes) -> bool:
        """Whether a record with these bytes may hold all words by itself."""
        return all(probe(data) for probe in self._probes)

    def may_begin_in(self, data: bytes) -> bool:
        """Whether a part of a record with these bytes may hold one of the words."""
        return any(probe(data) for probe in self._probes)

    def hits(self, cells: _Cells) -> list[tuple[int, re.Match[str]]] | None:
        """For each word the number of the first cell that holds it, and where; None unless all
        are found."""
        found = []
        for pattern in self._patterns:
            for n, (_name, text) in enumerate(cells):
                match = pattern.search(text)
                if match is not None:
                    found.append((n, match))
                    break
            else:
                return None
        return found


def _pattern(word: str) -> re.Pattern[str]:
    if _has_initials(word):
        return initials.matcher(word)
    return re.compile(re.escape(word), re.IGNORECASE)


def _has_initials(word: str) -> bool:
    return word.isascii() and word.isalnum() and len(word) > 1 and any(map(str.isalpha, word))


def _probe(word: str) -> Callable[[bytes], bool]:
    """Tells of the bytes of a record whether it is worth reading for a word."""
    numbers = [number.encode() for number in badged(word).values()]  # 收13 is written nowhere
    if _has_initials(word):
        search = _pattern(word).search
        return lambda data: search(data.decode()) is not None or any(n in data for n in numbers)
    if word.lower() == word.upper() and not set(word) & set('"\\/'):
        needles = (word.encode(), *numbers)
        return lambda data: any(needle in data for needle in needles)
    return lambda data: True


def on_desk(office: Reading, query: Query, check: Check | None = None) -> list[Found]:
    """What the desk has, by register, best first."""
    found: list[Found] = []
    for table in REGISTERS:
        with office.lock:
            records = office.records(table.id)
            parts = {child.id: office.records(child.id) for child in table.children}
        found += _among(query, table, records, parts, 0, check)
    return found


def in_book(office: Reading, query: Query, year: int, check: Check | None = None) -> list[Found]:
    """What the book of a year has, by register, best first. Takes a while: for a worker."""
    if year not in office.store.years():
        return []
    filed = picking.tables(office, year)
    found: list[Found] = []
    for table in REGISTERS:
        with office.lock:
            on_desk = set(office.store.desk(table.id))
        parts = {
            child.id: list(_read(child.id, filed.get(child.id, {}), query.may_begin_in, (), check))
            for child in table.children
        }
        wanted = {part.parent for each in parts.values() for part in each}
        docs = filed.get(table.id, {})
        records = list(_read(table.id, docs, query.may_be_in, wanted, check))
        records = [record for record in records if record.id not in on_desk]
        found += _among(query, table, records, parts, year, check)
    return found


def _read(
    register: str,
    docs: Mapping[str, msgspec.Raw],
    may: Callable[[bytes], bool],
    wanted: Iterable[str],
    check: Check | None,
) -> Iterator[Record]:
    """The records of a book that are worth looking at, and the `wanted` ones."""
    numbers = {pick.number(register, one) for one in wanted if one}
    for count, (number, raw) in enumerate(docs.items()):
        if check is not None and count % _EVERY == 0:
            check()
        if number in numbers or may(bytes(raw)):
            doc = pick.decoded(raw)
            if alive(doc):
                yield Record(register, doc)


def _among(
    query: Query,
    table: Register,
    records: Iterable[Record],
    parts: Mapping[str, Sequence[Record]],
    year: int,
    check: Check | None,
) -> list[Found]:
    members: dict[str, list[Record]] = {}
    for each in parts.values():
        for part in each:
            members.setdefault(part.parent, []).append(part)
    found: list[Found] = []
    for count, record in enumerate(records):
        if check is not None and count % _EVERY == 0:
            check()
        one = _hit(query, table, record, members.get(record.id, ()), year)
        if one is not None:
            found.append(one)
    found.sort(key=lambda one: one.record.text(table.day) if table.day else "", reverse=True)
    found.sort(key=lambda one: one.rank)
    return found[:MOST]


def _hit(
    query: Query, table: Register, record: Record, parts: Sequence[Record], year: int
) -> Found | None:
    kept_close = is_classified(record)
    cells = _cells(record, ABOUT if kept_close else None)
    title = CLASSIFIED_TITLE if kept_close else table.title(record)
    cells.insert(0, ("", _called(table, record, title)))
    own = len(cells)
    for part in () if kept_close else parts:
        cells += [
            (f"{part.register}#{cell}", text)
            for cell, text in _cells(part, None)
            if (part.register, cell) not in _REPEATED
        ]
    hits = query.hits(cells)
    if hits is None:
        return None
    rank = max(0 if n == 0 else 1 if n < own else 2 for n, _match in hits)
    if _named(query, table, record):
        rank = _BY_NUMBER
    label, text = "", ""
    beyond = [(n, match) for n, match in hits if n]
    if beyond:
        n, match = beyond[0]
        label, text = _where(table, cells[n][0], cells[n][1], match)
    if kept_close:
        heading = " ".join(part for part in (table.badge(record), CLASSIFIED_TITLE) if part)
    else:
        heading = told.heading(record.register, record)
    return Found(record, heading, label, text, year, rank)


def _number(table: Register, record: Record) -> str:
    return record.text(table.numbering.field) if table.numbering is not None else ""


def _named(query: Query, table: Register, record: Record) -> bool:
    """Whether the record is asked for by its number: 774, 收774."""
    number = _number(table, record)
    asked = "".join(query.words)
    return bool(number) and asked in (number, *(f"{prefix}{number}" for prefix in table.prefixes))


def in_order(found: Iterable[Found]) -> list[Found]:
    """By register, those that have what was asked for by its number before the others."""
    found = list(found)
    named = {one.record.register for one in found if one.rank == _BY_NUMBER}
    places = {register.id: place for place, register in enumerate(REGISTERS)}
    return sorted(
        found, key=lambda one: (one.record.register not in named, places[one.record.register])
    )


def _called(table: Register, record: Record, title: str) -> str:
    """All that a record is called by: title, badge, and its number after each of its prefixes."""
    number = _number(table, record)
    names = [f"{prefix}{number}" for prefix in table.prefixes if number]
    return " ".join((title, table.badge(record), *names))


def _cells(record: Record, only: frozenset[str] | None) -> _Cells:
    found: _Cells = []
    for cell, value in record.doc.items():
        if cell in _SKIPPED or cell[:1] == "_" or (only is not None and cell not in only):
            continue
        text = _text(value)
        if text:
            found.append((cell, text))
    return found


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(part for part in value if isinstance(part, str))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _where(table: Register, cell: str, text: str, match: re.Match[str]) -> tuple[str, str]:
    """The name of the field, and what stands around what was found in it."""
    register, _hash, name = cell.rpartition("#")
    of = BY_ID.get(register, table) if register else table
    field = of.field(name)
    label = _(field.label) if field is not None else visible(name, limit=40)
    if register:
        # What a part is by itself stands first: its list names it, "Decisions  Decision" says less.
        itself = field is not None and field.name == of.fields[0].name
        label = of.name() if itself else f"{of.name()} {label}"
    if field is not None and field.private:
        return label, ""
    begin, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    around = visible(text[begin:end].replace("\n", " "))
    return label, ("..." if begin else "") + around + ("..." if end < len(text) else "")


def is_classified(record: Record) -> bool:
    """Whether a record is a classified paper, of which the content is kept nowhere else."""
    return any(level in record.text("secrecy") for level in LEVELS)
