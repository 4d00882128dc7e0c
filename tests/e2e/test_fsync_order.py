"""What kill -9 cannot show: that fsync comes before the confirmation, and what real errors do.

Needs `strace` (Debian: apt-get install strace) and, for the full disk, `unshare` of util-linux.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from officetui.ledger.cursor import Cursor
from officetui.ledger.journal import Ledger

pytestmark = pytest.mark.e2e

W = "k7q2m9xa"
ROOT = Path(__file__).resolve().parent.parent.parent
WRITER = ROOT / "tests" / "ledger" / "keep_writing.py"
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def traced(tmp_path: Path, *more: str, options: tuple[str, ...] = ()) -> tuple[list[str], str, int]:
    """Run the writer under strace: (its calls, its standard error, its exit status)."""
    log = tmp_path / "strace.log"
    calls = "trace=openat,write,fsync,fdatasync,rename,ftruncate,unlink"
    command = ["strace", "-f", "-y", "-o", str(log), "-e", calls, *options,
               sys.executable, str(WRITER), str(tmp_path / "home"), W, *more]  # fmt: skip
    done = subprocess.run(command, env=ENV, capture_output=True, timeout=120, check=False)
    return log.read_text("utf-8", "replace").splitlines(), done.stderr.decode(), done.returncode


def test_fsync_comes_before_every_confirmation(tmp_path: Path) -> None:
    calls, _, status = traced(tmp_path, "30", "9")
    assert status == 0
    dirty: set[str] = set()
    created: set[str] = set()
    confirmed = 0
    for call in calls:
        at = re.search(r"<([^<>]*)>", call)
        path = at.group(1) if at else ""
        if "openat(" in call and "O_CREAT" in call and ".jsonl" in call:
            name = re.search(r'"([^"]*\.jsonl)"', call)
            if name and name.group(1) not in created:
                created.add(name.group(1))
                dirty.add(str(Path(name.group(1)).parent))
        elif re.search(r"\bwrite\(1<", call):
            assert dirty == set(), call
            confirmed += 1
        elif "write(" in call and path.endswith(".jsonl"):
            dirty.add(path)
        elif re.search(r"\bf(data)?sync\(", call) and call.rstrip().endswith("= 0"):
            dirty.discard(path)
    assert confirmed == 30 and len(created) > 1


@pytest.mark.parametrize("when", range(1, 13))
def test_a_failing_fsync_is_never_confirmed(tmp_path: Path, when: int) -> None:
    """The fsync that fails may be of a directory, of a segment or of a new segment."""
    inject = f"inject=fsync:error=EIO:when={when}"
    calls, stderr, status = traced(tmp_path, "60", "4", options=("-e", inject))
    said = [call for call in calls if re.search(r"\bwrite\(1<", call)]
    assert status == 1 and "NotKept" in stderr
    lines = list(Ledger(tmp_path / "home").read_since(Cursor()))
    changes = [line for line in lines if line.group is None or line.group[1] == 1]
    assert len(changes) == len(said)
    assert Ledger(tmp_path / "home").verify() == []
    _, _, status = traced(tmp_path, "3")
    assert status == 0
    assert len(list(Ledger(tmp_path / "home").read_since(Cursor()))) == len(lines) + 3


def test_a_full_file_system_refuses_and_takes_on_again(tmp_path: Path) -> None:
    """On a tmpfs of 700 KiB: filled to the last byte, whole, and writable again after making room."""
    script = f"""
set -e
mount -t tmpfs -o size=700k none {tmp_path}
mkdir {tmp_path}/home
head -c 100000 /dev/zero > {tmp_path}/ballast
{sys.executable} {WRITER} {tmp_path}/home {W} 9999 > {tmp_path}/../said 2> {tmp_path}/../errors && exit 9
{sys.executable} -c 'import sys; from pathlib import Path
from officetui.ledger.journal import Ledger
from officetui.ledger.cursor import Cursor
ledger = Ledger(Path(sys.argv[1]))
print(len(list(ledger.read_since(Cursor()))), ledger.verify())' {tmp_path}/home
rm {tmp_path}/ballast
{sys.executable} {WRITER} {tmp_path}/home {W} 2
"""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(command, env=ENV, capture_output=True, timeout=120, check=True)
    said = (tmp_path / ".." / "said").read_text().split("\n")[:-1]
    assert "NotKept: The disk is full" in (tmp_path / ".." / "errors").read_text()
    found, *after = done.stdout.decode().split("\n")[:-1]
    assert found == f"{len(said)} []"
    assert after == [f"{len(said) + 1} 1", f"{len(said) + 2} 1"]
