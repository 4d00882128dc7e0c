"""Situations 4, 5 and 15 with real errors: EIO by strace, a full tmpfs, a share that goes away.

Needs `strace` (Debian: apt-get install strace) and `unshare` of util-linux.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from officetui.ledger import folder as folders
from officetui.ledger.files import OnDisk
from officetui.ledger.folder import Marker

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parent.parent.parent
SYNC = ROOT / "tests" / "sync" / "sync_rounds.py"
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def found(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    folders.write_marker(OnDisk(folder), Marker("office", mode="600"))


def said(output: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def same(home: Path, folder: Path) -> bool:
    here = {p.name: p.read_bytes() for p in (home / "journals").glob("*/*.jsonl")}
    there = {p.name: p.read_bytes() for p in (folder / "journals").glob("*/*.jsonl")}
    return bool(here) and here == there


@pytest.mark.parametrize("call", ["fsync", "rename", "close"])
@pytest.mark.parametrize("when", [1, 2, 3])
def test_situation_05_eio_from_the_system_itself(tmp_path: Path, call: str, when: int) -> None:
    """Situation 5: an error of the folder's file system: told, compared, and right in the end."""
    home, folder = tmp_path / "home", tmp_path / "folder"
    found(folder)
    subprocess.run([sys.executable, SYNC, home, folder, "0", "3"], env=ENV, check=True)
    inject = f"inject={call}:error=EIO:when={when}..{when + 1}"
    names = [f"-P{path}" for path in (folder, folder / "journals")]
    journal = next((home / "journals").iterdir())
    names += [f"-P{folder / 'journals' / journal.name}"]
    names += [f"-P{folder / 'journals' / journal.name / '000001.jsonl'}"]
    done = subprocess.run(
        ["strace", "-f", "-o", tmp_path / "log", "-e", f"trace={call}", "-e", inject, *names,
         sys.executable, SYNC, home, folder, "24", "2"],
        env=ENV, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    rounds = said(done.stdout)
    assert done.returncode == 0 and rounds, done.stderr.decode()[-800:]
    assert (rounds[-1]["waiting"], rounds[-1]["error"]) == (0, "")
    assert same(home, folder)


def test_situation_04_the_folder_is_full_and_then_is_not(tmp_path: Path) -> None:
    """Situation 4: a folder on a tmpfs of 200 KiB is told as full, nothing is lost, later all is there."""
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    marker = folder / "officetui.json"
    script = f"""
set -e
mount -t tmpfs -o size=200k none {folder}
printf '{{"office":"office","mode":"600"}}' > {marker}
head -c 120000 /dev/zero > {folder}/ballast
{sys.executable} {SYNC} {home} {folder} 4 100
rm {folder}/ballast
{sys.executable} {SYNC} {home} {folder} 30
cmp {home}/journals/*/000001.jsonl {folder}/journals/*/000001.jsonl && echo '{{"same": true}}'
"""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(command, env=ENV, capture_output=True, timeout=120, check=False)
    rounds = said(done.stdout)
    assert done.returncode == 0, done.stderr.decode()[-800:]
    assert rounds[0]["state"] == "full" and rounds[0]["waiting"] == 100
    assert rounds[-2] == {"state": "ok", "waiting": 0, "error": ""}
    assert rounds[-1] == {"same": True}


def test_situation_15_a_share_that_is_unmounted_in_the_middle(tmp_path: Path) -> None:
    """Situation 15: nothing is written into the mount point it leaves behind."""
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    script = f"""
set -e
mount -t tmpfs none {folder}
printf '{{"office":"office","mode":"600"}}' > {folder}/officetui.json
{sys.executable} {SYNC} {home} {folder} 2 3
umount {folder}
{sys.executable} {SYNC} {home} {folder} 3 2
find {folder} | wc -l
"""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(command, env=ENV, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-800:]
    *rounds, entries = done.stdout.splitlines()
    states = [each["state"] for each in said(b"\n".join(rounds))]
    assert states == ["ok", "ok", "absent", "absent", "absent"]
    assert int(entries) == 1
