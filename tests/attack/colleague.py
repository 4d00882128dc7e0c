"""A colleague whose program is broken or wicked: any JSON, rightly framed, in a journal."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from officetui.ledger import identity
from officetui.ledger.line import Header, encode_header
from officetui.ledger.stamp import make
from officetui.registers.model import Register
from officetui.registers.registry import REGISTERS

WRITER = "colleag1"
WHEN = 1_795_000_000_000
DAY = "2026-11-20"

HOSTILE: dict[str, list[Any]] = {
    "markup": ["[bold", "[/nope]", "[@click=app.quit]x[/]", "a/b'c\"d", "$(x)"],
    "escapes": ["\x1b]52;c;aGk=\x07", "\x1b]0;t\x07", "\x1b[2J", "\x9b31m", "a\x00b", "\x7f"],
    "lines": ["a\nb\r\nc\td\x85e\u2028f", "\u202e\u200fabc", "\u2066x", "\u061c"],
    "long": ["x" * 20_000, "会" * 20_000, "e" + "\u0301" * 500, "1" * 5_000],
    "signs": ["👨‍👩‍👧‍👦🇨🇳", "²", "٣", "２", "", " "],
    "numbers": [0, -1, 10**30, -(10**30), 3.7, 1e308, True, False],
    "shapes": [[], {}, ["a", 1, None, ["b"]], {"a": {"b": [1]}}, [{"a": 1}], [""]],
    "first days": ["0001-01-01", "0001-01-01T00:00:00Z", "-001-01-01", "0001-01-01T00:00"],
    "last days": ["9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59:59Z"],
    "no days": [f"{DAY}T14:30+25:00", "2026-02-30", f"{DAY}T99:99", f"{DAY}T", "2026-W47-5T10:00"],
    "other days": [f"{DAY}T14:30+08:00", "20261120T10", "２０２６-11-20", f"{DAY}T12Z"],
    "words": ["day", "leader", "issued", "act", "closed", "held", "planned"],
}
_CHOSEN: dict[str, dict[str, Any]] = {
    "documents": {
        "direction": "incoming", "recv_at": "2026-11-19T09:15", "from_org": "县委办",
        "title": "通知", "kind": "act", "state": "in_hand", "due": f"{DAY}T10:00", "recv_no": "7",
    },
    "duty": {"date": DAY, "line": "night", "seat": 1, "person": "罗丹", "state": "planned"},
    "meetings": {
        "title": "党委会", "kind": "own", "start": f"{DAY}T09:30", "end": f"{DAY}T11:30",
        "room": "二楼", "chair": "王建国", "state": "fixed", "rsvp_due": f"{DAY}T09:00",
    },
    "reception": {
        "at": "2026-11-18", "channel": "letter", "name": "石大爷", "matter": "水", "phone": "138",
        "state": "accepted", "due": DAY, "notify_due": DAY,
    },
    "followups": {
        "no": "31", "raised_at": "2026-11-12", "content": "道路隐患表", "owner": "罗丹",
        "source": "instruction", "raised_by": "王建国", "due": DAY, "state": "in_hand",
        "collecting": True, "extension_asked": "2026-11-25",
    },
    "duty_log": {"at": f"{DAY}T07:40", "content": "石桥村停水", "state": "noted", "due": DAY},
    "outgoing": {
        "title": "关于道路维修资金的请示", "genre": "请示", "drafter": "赵强", "due": DAY,
        "drafted_at": "2026-11-19", "main_to": ["县政府"], "state": "drafting",
    },
    "drafts": {"title": "书记讲话稿", "writer": "赵强", "due": DAY, "state": "writing"},
    "hospitality": {"at": f"{DAY}T12:00", "headcount": 6, "state": "requested"},
    "errands": {
        "kind": "vehicles", "at": f"{DAY}T09:00", "end": f"{DAY}T11:00", "content": "送材料",
        "for_whom": "罗丹", "passengers": ["赵强"], "vehicle": "车1", "state": "approved",
    },
    "incidents": {
        "at": f"{DAY}T07:40", "learned_at": f"{DAY}T07:45", "place": "石桥村", "matter": "滑坡",
        "phone_due": f"{DAY}T08:05", "written_due": f"{DAY}T08:25", "state": "noted",
    },
    "information": {
        "title": "冬季防火做法", "author": "罗丹", "unit": "综治办", "sent_at": DAY,
        "wait_until": "2026-12-20", "state": "sent",
    },
    "people": {"name": "赵强", "unit": "党政办", "leave": ["2026-11-01/2026-12-31"], "rank": 1},
    "settings": {"name": "close", "value": "17:30"},
}  # fmt: skip
_BY_KIND: dict[str, Any] = {
    "whole": 1, "day": DAY, "moment": f"{DAY}T10:00", "instant": f"{DAY}T02:00:00Z", "flag": True,
    "people": ["罗丹"], "units": ["县委办"], "words": ["a"], "refs": [], "spans": [], "json": {},
}  # fmt: skip


def _usual(register: Register) -> dict[str, Any]:
    """Cells of a record as there are thousands: what must be given, and what is chosen here."""
    given = [field for field in register.fields if field.required or field.name == register.due]
    cells = {
        field.name: field.choices[0].value if field.choices else _BY_KIND.get(field.kind, "罗丹")
        for field in given
    }
    return (
        cells
        | ({"state": register.initial} if register.initial else {})
        | _CHOSEN.get(register.id, {})
    )


USUAL: dict[str, dict[str, Any]] = {register.id: _usual(register) for register in REGISTERS}

_DRIVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def drives_terminal(out: bytes) -> str:
    """The first character that a terminal would obey, with what stands around it; ""."""
    text = out.decode()
    found = _DRIVES.search(text)
    return ascii(text[max(0, found.start() - 40) : found.start() + 5]) if found else ""


def framed(body: bytes) -> bytes:
    """A line of a journal without its LF."""
    return b"%08x %b" % (crc32(body), body)


class Colleague:
    """Writes a journal beside the office's own."""

    def __init__(self, home: Path) -> None:
        office = identity.read_office(home)
        assert office is not None
        directory = home / "journals" / WRITER
        directory.mkdir(parents=True)
        self.path = directory / "000001.jsonl"
        self.n = 0
        self._hash = ""
        header = Header(1, office.id, WRITER, 1, 0, "", zone=office.zone, app="9", reader=1)
        self.path.write_bytes(encode_header(header) + b"\n")

    def change(self, *entries: tuple[str, str, dict[str, Any]], **other: Any) -> list[str]:
        """One change; an id "#k" becomes that of a new record. The ids."""
        self.n += 1
        t = make(WHEN, self.n, WRITER)
        named = [
            [register, f"{t}.{record[1:]}" if record.startswith("#") else record, cells, {}]
            for register, record, cells in entries
        ]
        line = {"n": self.n, "t": t, "u": "zhao", "p": self._hash, "a": "documents.set", "c": named}
        self.raw(framed(json.dumps(line | other, ensure_ascii=False).encode()))
        return [str(entry[1]) for entry in named]

    def raw(self, line: bytes) -> None:
        """Any bytes as a line."""
        with self.path.open("ab") as file:
            file.write(line + b"\n")
        self._hash = sha256(line).hexdigest()


def attack(colleague: Colleague, values: list[Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Records of every register with these values in every cell, alone and all at once."""
    wrong: list[tuple[str, str, dict[str, Any]]] = []
    for register in REGISTERS:
        (parent,) = colleague.change((register.id, "#0", USUAL[register.id]))
        for value in values:
            wrong += _of(register, register.id, USUAL[register.id], value)
            for child in register.children:
                wrong += _of(child, child.id, {"parent": parent}, value)
    wrong = [(register, f"#{k}", cells) for k, (register, _id, cells) in enumerate(wrong)]
    ids = []
    pace = 5 if any(len(str(value)) > 1_000 for value in values) else 300
    for at in range(0, len(wrong), pace):
        ids += colleague.change(*wrong[at : at + pace])
    return [(register, id_, cells) for (register, _id, cells), id_ in zip(wrong, ids, strict=True)]


def _of(
    register: Register, name: str, usual: dict[str, Any], value: Any
) -> list[tuple[str, str, dict[str, Any]]]:
    cells = [field.name for field in register.fields] + ["state", "pos", "nope"]
    short = value[:2_000] if isinstance(value, str) else value
    every = dict.fromkeys(cells, short) | {k: v for k, v in usual.items() if k == "parent"}
    return [(name, "", every)] + [(name, "", usual | {cell: value}) for cell in cells]
