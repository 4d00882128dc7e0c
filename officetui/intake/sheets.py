"""Files an office brings: spreadsheets and text tables, read into sheets of raw rows.

A cell is what the file says: text, a number, a date or time, or None when it is empty. What a
row means is decided elsewhere. What the file is, its first bytes say, not its name.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from officetui.errors import Refused
from officetui.text.i18n import _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = str | int | float | bool | date | datetime | time | timedelta | None

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_UNPACKED: Final = 2 * 1024 * 1024 * 1024  # of a zipped spreadsheet: more is a bomb
MOST_CELLS: Final = 50_000_000
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
# What offices pick by mistake; named, so that the answer helps.
_OTHERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"{\\rtf", "RTF"),
)


class Sheet(msgspec.Struct):
    """One sheet. Row i of the file (counted from 1) is `rows[i - 1]`; `merged` are ranges
    ((row, column), (row, column)), counted from 0, both ends inside."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: bool = False
    kind: str = ""  # xlsx, csv …: what the file turned out to be


def read(path: Path) -> list[Sheet]:
    """All sheets of a file; raises Refused, with what to do, when it cannot be read."""
    data = _bytes(path)
    head = data[:512].lstrip()
    if data.startswith(b"PK\x03\x04"):
        _no_bomb(data, path)
        return _spreadsheet(data, path)
    if data.startswith(_OLE):
        from officetui.intake.trial import survives

        if not survives(data, MOST_CELLS):
            raise _unreadable(path, _("damaged"))
        return _spreadsheet(data, path)
    for magic, name in _OTHERS:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            raise Refused(
                _("“{file}” is not a spreadsheet but a {kind} file. Nothing was imported.").format(
                    file=path.name, kind=name
                )
            )
    if head[:1] == b"<":
        raise Refused(
            _(
                "“{file}” is a web page under a spreadsheet's name. Open it in your spreadsheet"
                " program, save it as .xlsx, and import that. Nothing was imported."
            ).format(file=path.name)
        )
    return [_text_table(data, path)]


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Refused(_("“{file}” is a folder; name a file in it.").format(file=path.name))
        if not path.is_file():
            raise Refused(_("“{file}” is not a file.").format(file=path.name))
        if size > MOST_BYTES:
            raise Refused(
                _("“{file}” is too large: {size} MB, at most {most} MB. Split it.").format(
                    file=path.name, size=size >> 20, most=MOST_BYTES >> 20
                )
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(_("There is no file “{file}”.").format(file=path)) from None
    except OSError as error:
        raise Refused(
            _("“{file}” cannot be read: {why}.").format(
                file=path.name, why=error.strerror or type(error).__name__
            )
        ) from error
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Refused(_("“{file}” is empty.").format(file=path.name))
    return data


def _unreadable(path: Path, why: object) -> Refused:
    return Refused(
        _(
            "“{file}” cannot be read as a spreadsheet ({why}). Open it in your spreadsheet"
            " program, save it as .xlsx, and import that. Nothing was imported."
        ).format(file=path.name, why=why)
    )


# What zipfile lets through where bytes of the file were changed.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError),
    *(NotImplementedError, RuntimeError, LookupError, OverflowError),
)


def _no_bomb(data: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise Refused(
                    _("“{file}” is too large when unpacked. Split it.").format(file=path.name)
                )
            for info in infos:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                    with parts.open(info) as part:
                        _no_desert(part.read(4096), path)
    except _BROKEN as error:
        raise _unreadable(path, type(error).__name__) from error


def _no_desert(head: bytes, path: Path) -> None:
    """A sheet that says it is used to its far corner would fill the memory with empty cells."""
    found = re.search(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"', head)
    if found is None:
        return
    columns = 0
    for letter in found[1]:
        columns = columns * 26 + letter - 64
    if columns * int(found[2]) > MOST_CELLS:
        raise Refused(
            _(
                "“{file}” says it is used down to {corner}: too many empty cells. Delete the empty"
                " rows and columns, save it, and try again."
            ).format(file=path.name, corner=(found[1] + found[2]).decode())
        )


def _spreadsheet(data: bytes, path: Path) -> list[Sheet]:
    import python_calamine as calamine

    if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
        raise _encrypted(path)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        kind = path.suffix.lstrip(".").lower() or "xlsx"
        sheets = []
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            found = book.get_sheet_by_name(meta.name)
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            sheets.append(_sheet(found, hidden, kind, path))
    except calamine.PasswordError:
        raise _encrypted(path) from None
    except calamine.CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise _encrypted(path) from None
        raise _unreadable(path, str(error).split("\n")[0][:120]) from error
    # The reader is a native library: what it makes of a damaged file is not only its own errors.
    except BaseException as error:
        if isinstance(error, Refused | KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise _unreadable(path, type(error).__name__) from error
    if not any(sheet.rows for sheet in sheets):
        raise Refused(_("“{file}” is empty.").format(file=path.name))
    return sheets


def _encrypted(path: Path) -> Refused:
    return Refused(
        _(
            "“{file}” is protected by a password. Open it with the password, save a copy without"
            " one, and import that. Nothing was imported."
        ).format(file=path.name)
    )


def _sheet(found: CalamineSheet, hidden: bool, kind: str, path: Path) -> Sheet:
    if found.end is not None and (found.end[0] + 1) * (found.end[1] + 1) > MOST_CELLS:
        raise Refused(_("“{file}” is too large. Split it.").format(file=path.name))
    rows: list[list[Any]] = found.to_python(skip_empty_area=False)
    for row in rows:
        while row and row[-1] == "":
            row.pop()
        for column, value in enumerate(row):
            if value == "":
                row[column] = None
    while rows and not rows[-1]:
        rows.pop()
    merged = tuple(found.merged_cell_ranges or ())
    _fill_down(rows, merged)
    return Sheet(found.name, rows, merged, hidden, kind)


def _fill_down(
    rows: list[list[Cell]], merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
) -> None:
    """A cell merged downward stands for each of its rows: one date for three meetings."""
    for (top, left), (bottom, _right) in merged:
        if bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top + 1 : bottom + 1]:
            # An entirely empty row under a merged cell is still an empty row.
            if value is not None and row:
                row.extend([None] * (left + 1 - len(row)))
                if row[left] is None:
                    row[left] = value


# --- text tables ---------------------------------------------------------------------------------


def _text_table(data: bytes, path: Path) -> Sheet:
    text = decode(data)
    if text is None:
        raise Refused(
            _(
                "“{file}” is neither a spreadsheet nor a text table in a known encoding. Save it"
                " as .xlsx, and import that. Nothing was imported."
            ).format(file=path.name)
        )
    try:
        rows = _rows(text, _delimiter(text))
    except csv.Error as error:
        raise _unreadable(path, error) from error
    if not any(rows):
        raise Refused(_("“{file}” is empty.").format(file=path.name))
    return Sheet(path.stem, rows, kind=path.suffix.lstrip(".").lower() or "csv")


def _rows(text: str, delimiter: str) -> list[list[Cell]]:
    before = csv.field_size_limit(64 * 1024 * 1024)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows: list[list[Cell]] = [[cell or None for cell in row] for row in reader]
    finally:
        csv.field_size_limit(before)
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


def _delimiter(text: str) -> str:
    """The mark that cuts the most rows into the same number of columns; quotes are heeded."""
    sample = text[:65536]
    best, most = ",", 0.0
    for mark in ",\t;|，":
        lines = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
        widths = Counter(len(row) for row in lines if row)
        many = [(count * min(width, 8), width) for width, count in widths.items() if width > 1]
        score = max(many)[0] / sum(widths.values()) if many else 0.0
        if score > most:
            best, most = mark, score
    return best


def decode(data: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16, GB18030 or Big5; None when it is none of them."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _plain(data, name)
    text = _plain(data, "utf-8")
    sixteen = _utf_16(data[:4096], text is not None)
    if sixteen:
        return _plain(data, sixteen)
    if text is not None:
        return text
    found = [(_common(data, name), name) for name in ("gb18030", "big5hkscs")]
    for score, name in sorted(found, reverse=True):
        text = _plain(data, name) if score >= 0 else None
        if text is not None:
            return text
    return None


def _utf_16(head: bytes, also_utf_8: bool) -> str:
    """Which UTF-16 without a mark it is, "" for none.

    Its commas, digits and line ends have a zero byte, always on the same side. A stray zero in a
    table of another encoding is not that: where the bytes are UTF-8 too, many must be zero.
    """
    zeros, even = head.count(0), head[::2].count(0)
    if zeros * (4 if also_utf_8 else 50) <= len(head) or even * 10 > zeros > even * 10 / 9:
        return ""
    name = "utf-16-be" if even * 2 > zeros else "utf-16-le"
    ends = {"\n".encode(name), "\r".encode(name)}
    lines = any(head[at : at + 2] in ends for at in range(0, len(head), 2))
    return name if lines or also_utf_8 else ""


def _plain(data: bytes, encoding: str) -> str | None:
    """The decoded text; None when it does not fit or is mostly control characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = text[:65536]
    odd = sum(1 for char in sample if (char < " " and char not in "\t\r\n") or char == "\x7f")
    return None if odd * 10 > len(sample) else text


def _common(data: bytes, encoding: str) -> float:
    """How much of the text is everyday characters of that encoding; -1 when it does not fit.

    Nearly all bytes of one Chinese encoding also decode in the other, into rare characters: the
    everyday ones stand together in both tables (GB 2312 level 1, Big5 level 1).
    """
    low, high = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    try:
        sample = data[:131072].decode(encoding, errors="ignore")
    except LookupError:
        return -1.0
    common = total = 0
    for char in sample:
        if char < "\x80":
            continue
        raw = char.encode(encoding, errors="ignore")
        total += 1
        if len(raw) == 2 and low <= raw[0] <= high and (encoding != "gb18030" or raw[1] >= 0xA1):
            common += 1
    return common / total if total else 0.0
