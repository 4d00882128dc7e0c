"""One office on several devices: real processes, a home each, one directory between them."""

from __future__ import annotations

import fcntl
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from officetui.ledger import identity
from officetui.ledger.folder import MARKER
from officetui.ledger.journal import Journal
from officetui.ledger.line import Change, Entry
from officetui.office.sync import Sync
from tests.cli import inside
from tests.cli.conftest import Result

# As `python -m officetui`, on a machine whose machine-id stands in a file.
ON_A_MACHINE = """
import pathlib, sys
from officetui.ledger import identity
identity._MACHINE_IDS = (pathlib.Path(sys.argv[1]),)
del sys.argv[1]
from officetui.cli import main
main()
"""
# Put before it: a share whose server stops answering after twenty files.
STALLING = """
from officetui.ledger import apart
apart.HELPER = '''
import itertools, sys
sys.path += sys.argv[2:]
from officetui.ledger.apart import OnDisk, serve
read, count = OnDisk.read, itertools.count()
def stalling(files, path, start=0):
    if path.startswith("journals/") and next(count) >= 20:
        sys.stdin.buffer.read()  # until nobody asks any more
    return read(files, path, start)
OnDisk.read = stalling
serve(sys.argv[1])
'''
"""
LINE = "县应急局 关于低温雨雪防范的通知 @李梅 ^周五"
OLD = identity.Office("o-1", "综合办", "Asia/Shanghai")


class Device:
    """A home on a machine of its own, and the program as a shell there runs it."""

    def __init__(self, home: Path, repository: Path, machine: str = "") -> None:
        self.home = home
        self.machine = home.with_name(f"{home.name}.machine-id")
        self.machine.write_text(machine or f"machine of {home.name}")
        self.env = os.environ | {
            "PYTHONPATH": str(repository), "COLUMNS": "120", "OFFICETUI_HOME": str(home),
        }  # fmt: skip
        self.program = [sys.executable, "-c", ON_A_MACHINE, str(self.machine)]

    def __call__(self, *args: str, **env: str) -> Result:
        if inside.fits(args, env):
            before = identity._MACHINE_IDS
            identity._MACHINE_IDS = (self.machine,)
            try:
                run = inside.run(args, self.env | env)
            finally:
                identity._MACHINE_IDS = before
        else:
            run = subprocess.run(
                [*self.program, *args], stdin=subprocess.DEVNULL, capture_output=True,
                env=self.env | env, encoding="utf-8", check=False, timeout=60,
            )  # fmt: skip
        assert "Traceback" not in run.stderr, run.stderr
        return run

    def good(self, *args: str) -> str:
        run = self(*args)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def json(self, *args: str) -> Any:
        return json.loads(self.good(*args, "--json"))

    def sync(self) -> Any:
        return self.json("sync")

    def writer(self) -> str:
        """The one that works here now."""
        found = identity.known_writer(self.home, self.machine.read_text())
        assert found is not None
        return found

    def started(self, *args: str, before: str = "") -> subprocess.Popen[str]:
        """The program, running; `before`: code that runs first in its process."""
        program = [sys.executable, "-c", before + ON_A_MACHINE, str(self.machine)]
        return subprocess.Popen(
            [*program, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=self.env, encoding="utf-8",
        )  # fmt: skip


@pytest.fixture
def device(tmp_path: Path, repository: Path) -> Callable[..., Device]:
    """Makes devices by name."""
    return lambda name, machine="": Device(tmp_path / name, repository, machine)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir()
    return path


@pytest.fixture
def mei(device: Callable[..., Device], folder: Path) -> Device:
    """The device that founded the office."""
    mei = device("mei")
    mei.good("init", "--name", "清河镇党政办", "--user", "李梅", "--folder", str(folder))
    return mei


@pytest.fixture
def min_(mei: Device, device: Callable[..., Device], folder: Path) -> Device:
    """A colleague's device that has joined."""
    min_ = device("min")
    min_.good("join", str(folder), "--user", "吴敏")
    return min_


def everywhere(*devices: Device) -> None:
    """Sync until all have all."""
    for one in (*devices, *devices[:-1]):
        one.sync()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def alike(devices: list[Device], *command: str) -> Any:
    """What a command says, which must be the same on each device."""
    said = [one.json(*command) for one in devices]
    assert all(each == said[0] for each in said)
    return said[0]


# one office


def test_an_office_is_founded_joined_and_one(mei: Device, folder: Path, device: Any) -> None:
    paper = mei.good("add", "documents", LINE)
    mei.sync()
    home = device("min")
    run = home("join", str(folder), "--user", "吴敏")
    assert run.returncode == 0
    assert run.stdout == ""
    assert "清河镇党政办" in run.stderr
    assert "李梅" in run.stderr
    assert home.json("show", paper)["title"] == "关于低温雨雪防范的通知"
    assert json.loads((home.home / "office.json").read_bytes()) == json.loads(
        (mei.home / "office.json").read_bytes()
    )
    assert home.good("folder") == str(folder)


def test_commands_leave_the_folder_alone_until_the_next_sync(mei: Device, folder: Path) -> None:
    mei.sync()
    before = contents(folder)
    paper = mei.good("add", "documents", LINE)
    mei.good("set", paper, "note=加急")
    mei.good("do", paper, "close", "result=已报送")
    mei.good("undo")
    assert contents(folder) == before
    assert mei.sync()["waiting"] == 0
    assert len(contents(folder)) == len(before) + 1


def test_three_devices_edit_offline_and_decide_once(
    mei: Device, min_: Device, device: Any, folder: Path
) -> None:
    paper = mei.good("add", "documents", LINE)
    mei.sync()
    hai = device("hai")
    hai.good("join", str(folder), "--user", "周海涛")
    min_.sync()
    mei.good("set", paper, "owner=周海涛", "note=请阅")
    min_.good("set", paper, "owner=吴敏")
    hai.good("set", paper, "doc_no=应急〔2026〕7号")
    everywhere(mei, min_, hai)
    (conflict,) = alike([mei, min_, hai], "list", "conflicts")
    assert (conflict["register"], conflict["cell"]) == ("documents", "owner")
    assert {v["value"]: v["user"] for v in conflict["values"]} == {
        "周海涛": "李梅", "吴敏": "吴敏",
    }  # fmt: skip
    assert {v["writer"] for v in conflict["values"]} == {mei.writer(), min_.writer()}
    head, *rows = mei.good("list", "conflicts").splitlines()
    assert [name in head for name in ("Id", "Record", "Field", "Value")] == [True] * 4
    assert all(row.startswith(paper) and "关于低温雨雪防范的通知" in row for row in rows)
    assert all("Owner" in row and conflict["id"] not in row for row in rows)
    assert ["周海涛" in rows[0], "吴敏" in rows[1]] == [True, True]
    record = alike([mei, min_, hai], "show", paper)
    assert (record["note"], record["doc_no"]) == ("请阅", "应急〔2026〕7号")
    hai.good("set", paper, "owner=吴敏")
    everywhere(hai, mei, min_)
    assert alike([mei, min_, hai], "list", "conflicts") == []
    assert alike([mei, min_, hai], "show", paper)["owner"] == "吴敏"
    assert alike([mei, min_, hai], "list", "documents")


def test_an_edit_meets_a_deletion(mei: Device, min_: Device) -> None:
    paper = mei.good("add", "documents", LINE)
    everywhere(mei, min_)
    (record,) = mei.json("list", "documents")
    journal = Journal(mei.home, mei.writer(), "", "", "")
    entry = Entry("documents", record["id"], {"_del": "2026-11-20"}, {})
    journal.append(Change("李梅", "documents.trash", [entry]), time.time_ns() // 1_000_000)
    min_.good("set", paper, "note=还要办")
    everywhere(mei, min_)
    found = alike([mei, min_], "list", "conflicts")
    (noted,) = [one for one in found if one["cell"] == "note"]
    assert noted["kind"] == "deleted"
    assert {v.get("deleted", False): v["value"] for v in noted["values"]} == {
        False: "还要办", True: None,
    }  # fmt: skip


def test_a_number_given_twice_is_flagged_on_both(mei: Device, min_: Device) -> None:
    one = mei.good("add", "documents", LINE)
    two = min_.good("add", "documents", "县委办 关于报送材料的通知 @吴敏 ^周五")
    everywhere(mei, min_)
    found = alike([mei, min_], "list", "conflicts")
    assert [each["kind"] for each in found] == ["number", "number"]
    bearers = {mei.json("show", short)["id"] for short in (one, two)}
    assert {each["id"] for each in found} == bearers
    assert {v["id"] for each in found for v in each["values"]} == bearers
    assert {v["value"] for each in found for v in each["values"]} == {"1"}
    min_.good("set", two, "recv_no=2")
    everywhere(min_, mei)
    assert alike([mei, min_], "list", "conflicts") == []


def test_undo_after_sync_takes_back_only_ones_own(mei: Device, min_: Device) -> None:
    paper = mei.good("add", "documents", LINE)
    everywhere(mei, min_)
    mei.good("set", paper, "note=一", "doc_no=七号")
    everywhere(mei, min_)
    min_.good("set", paper, "note=二")
    everywhere(min_, mei)
    run = mei("undo")
    assert run.returncode == 0
    assert "left as it is" in run.stderr
    everywhere(mei, min_)
    record = alike([mei, min_], "show", paper)
    assert record["note"] == "二"
    assert "doc_no" not in record
    assert alike([mei, min_], "list", "conflicts") == []
    assert min_.good("undo") == ""
    everywhere(min_, mei)
    assert alike([mei, min_], "show", paper)["note"] == "一"


# the truth about the folder


def test_the_status_as_json(mei: Device, min_: Device, folder: Path) -> None:
    min_.good("add", "people", "吴敏 财政所")
    everywhere(min_, mei)
    status = mei.sync()
    (other,) = status["devices"]
    assert status == {
        "folder": str(folder), "state": "ok", "why": None, "busy": False, "waiting": 0,
        "read_at": status["read_at"], "holes": 0, "error": None, "theirs": None,
        "devices": [other], "retired": [], "received": 0, "conflicts": [],
    }  # fmt: skip
    assert status["read_at"].endswith("Z")
    assert other == {
        "writer": min_.writer(), "user": "吴敏", "lines": 1, "newest": other["newest"],
        "age": other["age"], "holes": [], "lacking_since": None,
    }  # fmt: skip
    assert 0 <= other["age"] < 60


def test_the_folder_is_taken_away_and_comes_back(mei: Device, min_: Device, folder: Path) -> None:
    everywhere(mei, min_)
    folder.rename(folder.with_name("away"))
    told = mei("sync")
    assert "was there when the folder was last read at" in told.stdout
    assert "is in the folder" not in told.stdout
    assert json.loads(mei("sync", "--json").stdout)["waiting"] is None
    paper = mei.good("add", "documents", LINE)
    min_.good("add", "people", "周海涛")
    run = mei("sync", "--json")
    assert run.returncode == 4
    status = json.loads(run.stdout)
    assert (status["state"], status["why"], status["waiting"]) == ("absent", "missing", 1)
    assert status["read_at"] is not None
    told = mei("sync")
    assert "not there" in told.stderr
    assert "1 change made here waits" in told.stdout
    assert not folder.exists()
    assert "not there" in mei("doctor").stdout
    folder.with_name("away").rename(folder)
    assert mei.sync()["waiting"] == 0
    min_.sync()
    assert min_.json("show", paper)["owner"] == "李梅"


def test_an_empty_mount_point_stays_empty_until_told(
    mei: Device, min_: Device, folder: Path
) -> None:
    paper = mei.good("add", "documents", LINE)
    everywhere(mei, min_)
    shutil.rmtree(folder)
    folder.mkdir()
    for command in (("sync",), ("folder", str(folder))):
        run = mei(*command)
        assert run.returncode == 4
        assert "empty" in run.stderr
        assert contents(folder) == {}
        assert "is in the folder" not in run.stdout
    status = json.loads(mei("sync", "--json").stdout)
    assert (status["state"], status["why"], status["waiting"]) == ("absent", "empty", None)
    assert len(mei.json("list", "documents")) == 1
    min_.good("folder", "--rebuild")
    everywhere(min_, mei)
    assert mei.sync()["state"] == min_.sync()["state"] == "ok"
    assert alike([mei, min_], "show", paper)["id"]


def test_an_emptied_folder_is_refilled_also_for_a_newcomer(
    mei: Device, min_: Device, folder: Path, device: Any
) -> None:
    paper = mei.good("add", "documents", LINE)
    min_.good("set", min_.good("add", "people", "周海涛"), "note=x")
    everywhere(mei, min_)
    shutil.rmtree(folder)
    folder.mkdir()
    min_.good("folder", "--rebuild")  # mei's device is gone for good
    new = device("new")
    new.good("join", str(folder), "--user", "周海涛")
    assert alike([mei, min_, new], "show", paper)["owner"] == "李梅"


def test_another_offices_folder_is_refused(
    mei: Device, min_: Device, folder: Path, device: Any, tmp_path: Path
) -> None:
    other = device("other")
    theirs = tmp_path / "theirs"
    other.good("init", "--name", "别的单位", "--folder", str(theirs))
    other.good("add", "people", "王五")
    other.sync()
    before = contents(theirs)
    for command in (("folder", str(theirs)), ("folder", str(theirs), "--rebuild")):
        run = mei(*command)
        assert run.returncode == 1, command
        assert "别的单位" in run.stderr
    run = mei("join", str(theirs))
    assert run.returncode == 1
    assert "别的单位" in run.stderr
    run = device("third")("init", "--name", "x", "--folder", str(theirs))
    assert run.returncode == 1
    assert not (tmp_path / "third").exists()
    # the wrong share is mounted where ours was
    folder.rename(tmp_path / "ours")
    theirs.rename(folder)
    mei.good("add", "documents", LINE)
    run = mei("sync", "--json")
    assert run.returncode == 4
    assert json.loads(run.stdout)["state"] == "foreign"
    assert json.loads(run.stdout)["theirs"] == "别的单位"
    assert contents(folder) == before


def test_folders_with_other_things_are_refused(device: Any, tmp_path: Path) -> None:
    one = device("one")
    for name in ("papers/plan.docx", "lost/journals/k7q2m9xa/000001.jsonl", f"torn/{MARKER}"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_bytes(b"")
        directory = tmp_path / name.partition("/")[0]
        run = one("init", "--name", "x", "--folder", str(directory))
        assert run.returncode == 1, name
        assert not one.home.exists()
        assert contents(directory) == {name.partition("/")[2]: b""}
    tolerated = tmp_path / "syncthing"
    (tolerated / ".stfolder").mkdir(parents=True)
    one.good("init", "--name", "x", "--folder", str(tolerated))
    assert one("join", str(tmp_path / "nowhere")).returncode == 4
    astray = device("astray")
    assert astray("init", "--name", "x", "--folder", str(tmp_path / "no/such")).returncode == 4
    assert not astray.home.exists()
    assert device("two")("join", str(tmp_path / "papers")).returncode == 4


def test_a_newer_folder_is_read_and_not_written(mei: Device, min_: Device, folder: Path) -> None:
    paper = mei.good("add", "documents", LINE)
    mei.sync()
    marker = json.loads((folder / MARKER).read_bytes()) | {"format": 9, "app": "7.0"}
    (folder / MARKER).write_text(json.dumps(marker))
    min_.good("add", "people", "周海涛")
    before = contents(folder)
    run = min_("sync", "--json")
    assert run.returncode == 1
    assert "7.0" in run.stderr
    status = json.loads(run.stdout)
    assert (status["state"], status["waiting"], status["theirs"]) == ("newer", 1, "7.0")
    assert min_.json("show", paper)["owner"] == "李梅"
    assert contents(folder) == before


def test_working_alone_again(mei: Device, min_: Device, folder: Path) -> None:
    everywhere(mei, min_)
    before = contents(folder)
    mei.good("folder", "none")
    assert contents(folder) == before
    mei.good("add", "people", "周海涛")
    run = mei("sync", "--json")
    assert run.returncode == 1
    assert json.loads(run.stdout)["state"] == "none"
    assert mei.good("folder") == ""
    mei.good("folder", str(folder))
    everywhere(mei, min_)
    assert alike([mei, min_], "list", "people")


def test_the_doctor_says_each_of_it_with_what_to_do(
    mei: Device, min_: Device, folder: Path
) -> None:
    for name in ("周海涛", "赵强", "孙丽华"):
        min_.good("add", "people", name)
    min_.sync()
    mei.good("add", "people", "何静")
    told = mei("doctor")
    assert f"The shared folder {folder} is there." in told.stdout
    assert "Every change made here is in the folder." in told.stdout
    assert "The folder was last read at" in told.stdout
    assert f"吴敏 ({min_.writer()}): newest change" in told.stdout
    assert "Everything is sound" in told.stderr
    # a damaged line that stays is a hole
    info = identity.read_office(mei.home)
    assert info is not None
    (published,) = (folder / "journals" / min_.writer()).iterdir()
    min_.good("add", "people", "罗丹")
    min_.good("add", "people", "彭博")
    min_.sync()
    lines = published.read_bytes().split(b"\n")
    assert len(lines) == 7  # the header, five changes, the end
    lines[4] = lines[4].replace(b"{", b"!", 1)
    published.write_bytes(b"\n".join(lines))
    one = Sync(mei.home, info, machine=mei.machine.read_text())
    for _ in range(12):  # rounds as an open app makes them
        one.round()
    one.close()
    assert mei.json("doctor")["sync"]["holes"] == 1
    told = mei("doctor")
    assert "1 change of 吴敏" in told.stdout and "(number 4)" in told.stdout
    assert "The device itself puts this right" in told.stdout
    # each state of the folder
    marker = json.loads((folder / MARKER).read_bytes())
    for change, what, advice in (
        ({"format": 9, "app": "7.0"}, "read, not written", "Install version 7.0 or later"),
        ({"office": "x", "name": "别家"}, "another office, 别家", "Mount the right share"),
        (None, "officetui.json is missing", "let the sync tool finish"),
    ):
        if change is None:
            (folder / MARKER).unlink()
        else:
            (folder / MARKER).write_text(json.dumps(marker | change))
        run = mei("doctor")
        assert what in run.stdout and advice in run.stdout, run.stdout
        assert "(number 4)" in run.stdout, "what is missing is known without the folder too"
        assert run.returncode == 0


def test_the_sentences_in_chinese(mei: Device, min_: Device, folder: Path) -> None:
    everywhere(mei, min_)
    told = mei("sync", LANG="zh_CN.UTF-8")
    assert "共享夹" in told.stdout
    folder.rename(folder.with_name("away"))
    told = mei("sync", LANG="zh_CN.UTF-8")
    assert "不在" in told.stderr
    assert "照常工作" in told.stderr


# other processes


def test_sync_waits_for_a_round_of_another_process(mei: Device) -> None:
    mei.sync()
    mei.good("add", "people", "周海涛")
    fd = os.open(mei.home / "replicate.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(fd, fcntl.LOCK_EX)
    run = mei.started("sync", "--json")
    assert run.stderr is not None
    said = run.stderr.readline()
    assert "10 s" in said
    os.close(fd)
    out, _err = run.communicate(timeout=30)
    assert run.returncode == 0
    assert json.loads(out)["waiting"] == 0


@pytest.fixture
def watching(min_: Device) -> Iterator[queue.Queue[Any]]:
    """What `sync --watch --json` says on min's device, as it says it."""
    said: queue.Queue[Any] = queue.Queue()
    run = min_.started("sync", "--watch", "--json")
    assert run.stdout is not None
    stream = run.stdout

    def listen() -> None:
        for line in stream:
            said.put(json.loads(line))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    yield said
    run.send_signal(signal.SIGINT)
    run.wait(timeout=20)
    listener.join(timeout=20)
    run.stdout.close()
    assert run.stderr is not None
    run.stderr.close()
    assert run.returncode == 130


def test_watch_sees_a_change_and_publishes_one(
    mei: Device, min_: Device, watching: queue.Queue[Any]
) -> None:
    first = watching.get(timeout=30)
    assert first["state"] == "ok"
    paper = mei.good("add", "documents", LINE)
    mei.sync()
    told = watching.get(timeout=30)
    assert told["received"] == 1
    assert min_.json("show", paper)["owner"] == "李梅"
    min_.good("set", paper, "note=收到")  # published by the one that watches
    deadline = time.monotonic() + 60
    while "note" not in mei.json("show", paper) and time.monotonic() < deadline:
        mei.sync()
    assert mei.json("show", paper)["note"] == "收到"


# the first sync


@pytest.fixture
def old_office(folder: Path, tmp_path: Path) -> int:
    """A folder with a long history in it; how many records."""
    home = tmp_path / "old"
    identity.write_office(home, OLD)
    journal = Journal(home, "oldoldol", OLD.id, OLD.zone, "0.1.0")
    count = 0
    for batch in range(60):
        entries = [
            Entry("people", f"#{k}", {"name": f"人{batch}-{k}", "note": "旧档" * 200}, {})
            for k in range(200)
        ]
        count += len(entries)
        journal.append(Change("李梅", "import", entries), 1_700_000_000_000 + batch)
    marker = {"office": OLD.id, "name": OLD.name, "zone": OLD.zone}
    (folder / MARKER).write_text(json.dumps(marker))
    shutil.copytree(home / "journals", folder / "journals")
    return count


def test_a_first_sync_is_interrupted_and_goes_on(
    old_office: int, folder: Path, device: Any
) -> None:
    one = device("one")
    run = one.started("join", str(folder), "--user", "吴敏", before=STALLING)
    assert run.stderr is not None
    said = ""
    while "Reading the folder" not in said:
        said = run.stderr.readline()
        assert said
    run.send_signal(signal.SIGINT)
    _out, rest = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "What has come is kept" in rest
    come = [len(list(root.glob("journals/oldoldol/*.jsonl"))) for root in (one.home, folder)]
    assert 0 < come[0] < come[1]
    again = one("join", str(folder), "--user", "吴敏")
    assert again.returncode == 0, again.stderr
    assert "Going on" in again.stderr
    assert len(one.json("list", "people")) == old_office
    mirrored = one.home / "journals"
    assert contents(mirrored / "oldoldol") == contents(folder / "journals/oldoldol")
    assert one("verify").returncode == 0


# damage, clones


def test_verify_names_what_was_altered(mei: Device, min_: Device) -> None:
    for name in ("赵强", "周海涛", "王五"):
        mei.good("add", "people", name)
    everywhere(mei, min_)
    assert mei("verify").returncode == min_("verify").returncode == 0
    segment = min_.home / "journals" / mei.writer() / "000001.jsonl"
    lines = segment.read_bytes().split(b"\n")
    body = lines[2][9:].replace("周海涛".encode(), "周海滔".encode())
    lines[2] = b"%08x " % zlib.crc32(body) + body  # with a checksum that fits
    segment.write_bytes(b"\n".join(lines))
    run = min_("verify")
    assert run.returncode == 3
    assert mei.writer() in run.stdout
    assert "000001.jsonl" in run.stdout
    assert "line 3" in run.stdout
    (found,) = json.loads(min_("verify", "--json").stdout)["findings"]
    assert (found["writer"], found["segment"], found["line"]) == (
        mei.writer(), "000001.jsonl", 3,
    )  # fmt: skip
    assert mei("verify").returncode == 0


def test_a_copied_home_on_another_machine_writes_as_itself(
    mei: Device, min_: Device, device: Any, tmp_path: Path
) -> None:
    mei.good("add", "people", "赵强")
    mei.sync()
    shutil.copytree(mei.home, tmp_path / "copy", symlinks=True)
    copy = device("copy")
    copy.good("add", "people", "周海涛")
    mei.good("add", "people", "王五")
    everywhere(copy, mei, min_)
    assert copy.writer() != mei.writer()
    people = alike([mei, min_, copy], "list", "people")
    assert {one["name"] for one in people} == {"赵强", "周海涛", "王五"}
    assert mei.sync()["retired"] == copy.sync()["retired"] == []


def test_a_cloned_machine_is_noticed_and_nothing_lost(
    mei: Device, min_: Device, device: Any, tmp_path: Path
) -> None:
    paper = mei.good("add", "documents", LINE)
    everywhere(mei, min_)
    old = mei.writer()
    shutil.copytree(mei.home, tmp_path / "clone", symlinks=True)
    clone = device("clone", mei.machine.read_text())
    mei.good("set", paper, "note=原机")
    clone.good("set", paper, "doc_no=克隆机")
    clone.good("add", "people", "周海涛")
    everywhere(mei, clone, min_)
    everywhere(mei, clone, min_)
    record = alike([mei, min_, clone], "show", paper)
    assert (record["note"], record["doc_no"]) == ("原机", "克隆机")
    assert alike([mei, min_, clone], "list", "people")[0]["name"] == "周海涛"
    assert alike([mei, min_, clone], "list", "conflicts") == []
    parted = [one for one in (mei, clone) if one.sync()["retired"]]
    assert parted
    assert mei.writer() != clone.writer()
    for one in parted:
        (mark,) = one.sync()["retired"]
        assert (mark["writer"], mark["to"]) == (old, one.writer())
        assert "had a double" in one("doctor").stdout
        # what is done from now on goes to the new journal, and can be taken back
        short = one.good("add", "people", f"新人 {one.home.name}")
        assert one.writer() == mark["to"]
        one.good("undo")
        assert one("show", short).returncode in (0, 1)
    everywhere(mei, clone, min_)
    for one in (mei, min_, clone):
        assert one("verify").returncode == 0


def test_what_clerks_tell_each_other_of_their_cards_is_minded_by_nothing(
    mei: Device, min_: Device, folder: Path
) -> None:
    place = folder / "triage"
    place.mkdir()
    (place / "aaaaaaaa.json").write_bytes(b"\xff" * 9000)
    (place / "bbbbbbbb.json").write_text('{"cards":[]}')
    os.mkfifo(place / "cccccccc.json")
    before = sorted(place.iterdir())
    mei.good("add", "3", LINE)
    everywhere(mei, min_)
    for device in (mei, min_):
        for command in (["doctor"], ["verify"], ["folder", "--rebuild"], ["sync"]):
            assert "triage" not in device.good(*command)
    assert sorted(place.iterdir()) == before
    assert not (min_.home / "triage").exists()
