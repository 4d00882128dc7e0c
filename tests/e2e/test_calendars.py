"""Exported calendars as real clients read them: khal and calcurse, from Debian's packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

KHAL = """
[calendars]
[[office]]
path = {top}/events
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = office
[sqlite]
path = {top}/khal.db
"""
MEETINGS = (
    ("安全生产例会；一,二", "2026-11-20T14:30", "2026-11-20T16:00"),
    ("县委巡察组座谈", "2026-11-26", None),
    ("党代会", "2026-12-01", "2026-12-03"),
)


@pytest.fixture
def office(office_home: Path, repository: Path) -> Any:
    """The program, with two seats and three meetings."""
    env = os.environ | {"PYTHONPATH": str(repository)}

    def run(*args: str) -> str:
        program = [sys.executable, "-m", "officetui", *args]
        done = subprocess.run(program, capture_output=True, encoding="utf-8", env=env, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "--name", "清河镇", "--user", "李梅")
    run("add", "duty", "值 2026-11-20 夜班 罗丹")
    for title, start, end in MEETINGS:
        run("add", "meetings", f"会 {title} {start[:10]}")
        short = json.loads(run("list", "meetings", "--json"))
        record = next(one for one in short if title[:4] in one["title"])
        cells = [f"title={title}", f"start={start}", *([f"end={end}"] if end else [])]
        run("set", record["short"], *cells)
    return run


def test_khal_shows_the_schedule_of_one_leader_and_what_he_does_not_do(
    office: Any, tmp_path: Path
) -> None:
    office("add", "schedule", "程 王建国 2026-11-23 9:00到11:00 石桥村 调研")
    office("add", "schedule", "程 王建国 2026-11-25到2026-11-27 县委党校 学习")
    office("add", "schedule", "程 陈志远 2026-11-23 14:00到15:00 县里 汇报")
    office("add", "schedule", "程 王建国 2026-11-24 22:00到2026-11-25 2:00 防汛值守")
    out = tmp_path / "wang.ics"

    def shown() -> str:
        office("export", "schedule", "--person", "王建国", "--out", str(out), "--replace")
        khal(tmp_path, "import", "--batch", "-a", "office", str(out))
        line = "{start}|{end}|{title}|{location}|{status}"
        return khal(tmp_path, "list", "--format", line, "2026-11-20", "20d")

    listed = shown()
    assert "2026-11-23 09:00|2026-11-23 11:00|王建国 调研|石桥村|" in listed
    assert "2026-11-25|2026-11-27|王建国 " in listed
    assert "2026-11-24 22:00|2026-11-25 02:00|王建国 " in listed
    assert "汇报" not in listed
    trip = next(
        one for one in json.loads(office("list", "schedule", "--json")) if one["matter"] == "调研"
    )
    office("do", trip["short"], "cancel", "reason=大雪")
    listed = shown()
    assert listed.count("调研") == 1  # the same entry, not one more
    assert "Cancelled: 王建国 调研|石桥村|CANCELLED" in listed


def client(*args: str, **env: str) -> str:
    """What a client says; it may not complain."""
    zone = {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        args, capture_output=True, encoding="utf-8", env=os.environ | zone | env, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


def khal(top: Path, *args: str) -> str:
    conf = top / "khal.conf"
    if not conf.exists():
        (top / "events").mkdir()
        conf.write_text(KHAL.format(top=top))
    return client("khal", "-c", str(conf), *args, HOME=str(top))


def test_khal_takes_it_in_and_takes_in_what_was_moved(office: Any, tmp_path: Path) -> None:
    for register in ("duty", "meetings"):
        out = tmp_path / f"{register}.ics"
        office("export", register, "--out", str(out))
        khal(tmp_path, "import", "--batch", "-a", "office", str(out))
    listed = khal(tmp_path, "list", "--format", "{start}|{end}|{title}", "2026-11-20", "20d")
    assert "2026-11-20 14:30|2026-11-20 16:00|安全生产例会；一,二" in listed
    assert "2026-11-20 17:30|2026-11-21 08:00|Night 罗丹" in listed
    assert "2026-11-26|2026-11-26|县委巡察组座谈" in listed
    assert "2026-12-01|2026-12-03|党代会" in listed
    meeting = next(
        one for one in json.loads(office("list", "meetings", "--json")) if one["title"] == "党代会"
    )
    office("do", meeting["short"], "move", "start=2026-12-08")
    out = tmp_path / "meetings.ics"
    office("export", "meetings", "--out", str(out), "--replace")
    khal(tmp_path, "import", "--batch", "-a", "office", str(out))
    listed = khal(tmp_path, "list", "--format", "{start}|{title}", "2026-11-20", "30d")
    assert "2026-12-08|党代会" in listed
    assert "2026-12-01|党代会" not in listed
    office("do", meeting["short"], "cancel", "reason=并会")
    office("export", "meetings", "--out", str(out), "--replace")
    khal(tmp_path, "import", "--batch", "-a", "office", str(out))
    listed = khal(tmp_path, "list", "--format", "{status}|{title}", "2026-11-20", "30d")
    assert "CANCELLED |Cancelled: 党代会" in listed or "CANCELLED|Cancelled: 党代会" in listed


def test_calcurse_takes_it_in(office: Any, tmp_path: Path) -> None:
    data = tmp_path / "calcurse"
    data.mkdir()
    for register, told in (("duty", "1 app /"), ("meetings", "1 app / 2 events")):
        out = tmp_path / f"{register}.ics"
        office("export", register, "--out", str(out))
        said = client("calcurse", "-D", str(data), "-i", str(out))
        assert told in said
        assert "0 skipped" in said
    found = client("calcurse", "-D", str(data), "-Q", "--from", "11/20/2026", "--days", "20")
    first = found.split("11/21/26")[0]
    assert "14:30 -> 16:00\n\t安全生产例会；一,二" in first
    assert "17:30 -> " in first
    assert "Night 罗丹" in first
    assert found.count("党代会") == 3
