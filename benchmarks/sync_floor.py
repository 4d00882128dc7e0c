"""`python -m benchmarks.sync_floor FOLDER HOME`: as little as a first sync can do with the same
bytes: read, CRC, SHA, decode, fold into a dict, write and fsync, encode the records, write them."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec


class _Wire(msgspec.Struct, gc=False):
    n: int
    t: str
    u: str
    p: str
    c: list[tuple[str, str, dict[str, Any], dict[str, list[str]]]]


def main(folder: Path, home: Path) -> None:
    decode = msgspec.json.Decoder(_Wire).decode
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted(folder.glob("journals/*/*.jsonl")):
        data = path.read_bytes()
        sha256(data).hexdigest()
        for raw in data.split(b"\n")[1:-1]:
            body = raw[9:]
            assert int(raw[:8], 16) == crc32(body)
            sha256(raw).hexdigest()
            for register, record, cells, _over in decode(body).c:
                tables.setdefault(register, {}).setdefault(record, {}).update(cells)
        target = home / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, data)
    _write(home / "desk.json", msgspec.json.encode(tables))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
