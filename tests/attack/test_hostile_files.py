"""Files that are no tables, or tables with wicked cells: a clear word each, and nothing half."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from colleague import DAY, HOSTILE, drives_terminal

from officetui.errors import Refused
from officetui.intake.sheets import read

HEAVY = bool(os.environ.get("OFFICETUI_HEAVY"))
HEADS = {
    "documents": [
        "收文号",
        "收文日期",
        "来文单位",
        "文号",
        "标题",
        "紧急程度",
        "办理期限",
        "承办人",
    ],
    "reception": ["登记号", "日期", "姓名", "电话", "单位", "事项", "接待人", "办理期限"],
    "people": ["姓名", "单位", "职务", "电话", "手机"],
    "meetings": ["会议名称", "时间", "地点", "主持人", "参加人员", "日期"],
    "duty": ["日期", "带班领导", "白班", "夜班"],
}
GOOD = {
    "documents": ["1", DAY, "县委办", "县委〔2026〕1号", "通知", "特急", "2026-11-25", "李梅"],
    "reception": ["1", DAY, "石大爷", "13800000000", "", "水", "李梅", "2026-11-30"],
    "people": ["赵强", "综治办", "主任", "0535-1", "13800000001"],
    "meetings": ["党委会", "9:00", "二楼", "王建国", "全体", "2026-11-25"],
    "duty": [DAY, "王建国", "李梅", "赵强"],
}
WICKED = [text for kind in ("markup", "escapes", "lines", "long", "no days", "signs")
          for text in HOSTILE[kind]]  # fmt: skip
WICKED += ["0001-01-01", "9999-12-31", "1e400", "-5", "99999999999", "=cmd|'/c calc'!A1", ",,,"]
WICKED += ["2026-11-20至9999-12-31", "李梅、" * 2_000, "11月31日", "½", "nan", "inf", ".."]


@pytest.mark.parametrize("register", sorted(HEADS))
def test_a_table_of_wicked_cells(
    command: Callable[..., Any], founded: Path, tmp_path: Path, register: str
) -> None:
    before = command("list", register, "--json").out
    for at, text in enumerate(WICKED if HEAVY else WICKED[::5]):
        good = GOOD[register]
        rows = [HEADS[register], [text] * len(good)]
        rows += [[*good[:k], text, *good[k + 1 :]] for k in range(len(good))]
        file = tmp_path / f"{at}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        dry = command("import", str(file), "--dry-run")
        done = command("import", str(file), "--json")
        assert done.status in (0, 1)
        assert not drives_terminal(dry.out + dry.err + done.err), ascii(text[:20])
        if done.status == 0 and json.loads(done.out).get("ids"):
            assert not drives_terminal(command("list", register).out)
            assert command("undo").status == 0
            assert command("list", register, "--json").out == before


def _workbook(sheet: bytes = b"<worksheet/>") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>" * 40)
        parts.writestr("xl/workbook.xml", "<workbook><sheets/></workbook>" * 40)
        parts.writestr("xl/worksheets/sheet1.xml", sheet * 400)
    return held.getvalue()


def _old_workbook() -> bytes:
    """A compound file as old spreadsheets are, whose chain of sectors bites its own tail."""
    sector = 512
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    header[44:48] = (1).to_bytes(4, "little")  # one sector of allocations
    header[48:52] = (1).to_bytes(4, "little")  # the directory begins at sector 1
    header[60:64] = (0xFFFFFFFE).to_bytes(4, "little")
    header[68:72] = (0xFFFFFFFE).to_bytes(4, "little")
    header[76:] = b"\xff" * (sector - 76)
    header[76:80] = (0).to_bytes(4, "little")
    table = bytearray(b"\xff" * sector)
    table[0:4] = (0xFFFFFFFD).to_bytes(4, "little")
    table[4:8] = (1).to_bytes(4, "little")  # the directory goes on where it began
    return bytes(header + table + bytearray(sector))


def test_damaged_spreadsheets_are_refused(tmp_path: Path) -> None:
    """Bytes changed at random; the reader of old files once took all memory there was."""
    rng = random.Random(7)
    whole = _workbook()
    for at in range(3_000 if HEAVY else 300):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 3, 10, 40))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        file = tmp_path / f"{at}.xlsx"
        file.write_bytes(data)
        with pytest.raises(Refused):
            read(file)


def test_an_old_spreadsheet_that_never_ends(tmp_path: Path) -> None:
    file = tmp_path / "old.xls"
    file.write_bytes(_old_workbook())
    with pytest.raises(Refused, match=r"old\.xls"):
        read(file)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("nul.csv", b"\0" * 5_000),
        ("junk.xlsx", bytes(range(256)) * 20),
        ("zip.xlsx", b"PK\x03\x04" + bytes(range(256)) * 9),
        ("junk.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 9),
        ("byte.csv", b"\xff"),
        ("wide.csv", b",".join(b"c%d" % k for k in range(20_000)) + b"\n"),
        ("long.csv", b"x" * 2_000_000),
        ("quotes.csv", b'"' * 10_001),
        ("\x1b[2J[bold.csv", b"a,b\n"),
    ],
    ids=lambda part: part.strip("\x1b[2J") if isinstance(part, str) else "",
)
def test_what_is_no_table(
    command: Callable[..., Any], founded: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    for args in (("--dry-run",), (), ("--json",)):
        done = command("import", str(tmp_path / name), *args)
        assert done.status == 1
        assert b"officetui: " in done.err
        assert not drives_terminal(done.out + done.err)
