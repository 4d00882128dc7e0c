"""Two replicas over sshfs from a real sshd on this machine, taken away in the middle of writing.

Needs `sshfs` and `sshd` (Debian: apt-get install sshfs openssh-server) and FUSE.
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.replica import Replica, at_once, converged, end, lines_in, titles, until
from tests.window import Window, environment

pytestmark = pytest.mark.e2e

SERVER = """
ListenAddress 127.0.0.1
Port {port}
HostKey {top}/host
AuthorizedKeysFile {top}/person.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
"""


def program(*names: str) -> str:
    """The path of the first that is here; servers are not always on the path."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    found = [where for name in names if (where := shutil.which(name, path=path))]
    assert found, f"{names[0]} is not installed"
    return found[0]


def descendants(pid: int) -> list[int]:
    """The processes that it started, and theirs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


class Server:
    """An sshd with keys of its own, and the directory it gives out."""

    def __init__(self, top: Path) -> None:
        self.top, self.shared = top, top / "shared"
        self.shared.mkdir()
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self.port = held.getsockname()[1]
        for key in ("host", "person"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", top / key], check=True
            )
        host = (top / "host.pub").read_text()
        (top / "known").write_text(f"[127.0.0.1]:{self.port} {host}")
        (top / "config").write_text(SERVER.format(port=self.port, top=top))
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # it asks for that
        self._run: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.top / "sshd.log").open("ab") as log:
            self._run = subprocess.Popen(
                [program("sshd"), "-D", "-e", "-f", self.top / "config"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        until(self._answers, "sshd answers")

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
            return line.recv(4) == b"SSH-"
        return False

    def signal(self, number: int) -> None:
        """To all of it: stopped, it takes connections and requests, and answers none."""
        assert self._run is not None
        for pid in (self._run.pid, *descendants(self._run.pid)):
            os.kill(pid, number)

    def kill(self) -> None:
        """All of it at once, as when the host loses power."""
        if self._run is not None and self._run.poll() is None:
            sessions = descendants(self._run.pid)
            self._run.kill()
            self._run.wait(timeout=10)
            for pid in sessions:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


class Mount:
    """Where a person has mounted the server's directory."""

    def __init__(self, server: Server, point: Path) -> None:
        self.point = point
        self._server = server
        self._runs: list[subprocess.Popen[bytes]] = []
        point.mkdir()

    def mount(self, *, patient: bool = False) -> None:
        """`patient`: wait for the server for as long as it takes."""
        alive = ["ServerAliveInterval=1", "ServerAliveCountMax=3"]
        options = [
            "reconnect", *([] if patient else alive), "umask=007",
            f"IdentityFile={self._server.top / 'person'}", "IdentitiesOnly=yes", "BatchMode=yes",
            f"UserKnownHostsFile={self._server.top / 'known'}", "StrictHostKeyChecking=yes",
        ]  # fmt: skip
        source = f"{getpass.getuser()}@127.0.0.1:{self._server.shared}"
        with self.point.with_suffix(".log").open("ab") as log:
            run = subprocess.Popen(
                [program("sshfs"), "-f", source, self.point, "-p", str(self._server.port),
                 "-F", "/dev/null", "-o", ",".join(options)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self._runs.append(run)

        def mounted() -> bool:
            assert run.poll() is None, self.point.with_suffix(".log").read_text()
            return os.path.ismount(self.point)

        until(mounted, "sshfs has mounted it")

    def unmount(self) -> None:
        """At once, while it is in use."""
        subprocess.run([program("fusermount3", "fusermount"), "-u", "-z", self.point], check=True)

    def end(self) -> None:
        # Lazily and by force: a mount whose server is dead hangs whoever looks at it.
        for _ in self._runs:
            command = [program("fusermount3", "fusermount"), "-u", "-z", self.point]
            subprocess.run(command, check=False, capture_output=True)
        for run in self._runs:
            end(run)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "server").mkdir()
    server = Server(tmp_path / "server")
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def mounts(server: Server, tmp_path: Path) -> Iterator[tuple[Mount, Mount]]:
    """That of each person."""
    mounts = Mount(server, tmp_path / "mounted1"), Mount(server, tmp_path / "mounted2")
    try:
        for each in mounts:
            each.mount()
        yield mounts
    finally:
        for each in mounts:
            each.end()


@pytest.fixture
def office(
    mounts: tuple[Mount, Mount], tmp_path: Path, repository: Path
) -> tuple[Replica, Replica]:
    """Founded in one mount, joined in the other."""
    mei, min_ = Replica(tmp_path / "mei", repository), Replica(tmp_path / "min", repository)
    folder, other = (str(each.point) for each in mounts)
    mei.good("init", "--name", "清河镇党政办", "--user", "李梅", "--folder", folder)
    min_.good("join", other, "--user", "吴敏")
    return mei, min_


class Writer(threading.Thread):
    """Somebody who goes on recording papers, whatever happens to the folder."""

    def __init__(self, replica: Replica, who: str, count: int) -> None:
        super().__init__()
        self._replica, self._who, self._count = replica, who, count
        self.confirmed: list[str] = []
        self.refused: list[str] = []

    def run(self) -> None:
        for number in range(self._count):
            title = f"关于{self._who}第{number}件事的通知"
            run = self._replica("add", "documents", f"县应急局 {title} @{self._who}")
            if run.returncode == 0:
                self.confirmed.append(title)
            else:
                self.refused.append(run.stderr)


@pytest.mark.parametrize("how", ["unmounted", "server killed"])
def test_taken_away_while_a_replica_writes(
    how: str, server: Server, mounts: tuple[Mount, Mount], office: tuple[Replica, Replica]
) -> None:
    mei, min_ = office
    mounted, _other = mounts
    with mei.watching() as mei_says, min_.watching():
        paper = mei.good("add", "documents", "县委办 关于报送材料的通知 @李梅")
        until(lambda: min_.lines() == mei.lines(), "the first paper has come")
        at_once(
            lambda: mei.good("set", paper, "owner=周海涛", "note=请阅"),
            lambda: min_.good("set", paper, "owner=吴敏", "doc_no=应急〔2026〕7号"),
        )
        writers = Writer(mei, "李梅", 8), Writer(min_, "吴敏", 8)
        for each in writers:
            each.start()
        until(lambda: len(writers[0].confirmed) >= 3, "some papers are recorded")
        said = len(mei_says())
        if how == "unmounted":
            mounted.unmount()
        else:
            server.kill()
        for each in writers:
            each.join(timeout=90)
        assert [len(each.confirmed) for each in writers] == [8, 8], writers[0].refused

        def gone() -> Any:
            return [each for each in mei_says()[said:] if each["state"] != "ok"]

        told = until(gone, "the one that watches says that the folder is gone")[-1]
        here = until(mei.sync, "a sync by hand")
        assert {told["state"], here["state"]} == {"absent"}
        assert here["waiting"] > 0
        assert len(titles(mei.canonical())) > 8  # nobody waits for it
        if how == "unmounted":
            assert here["why"] == "empty"
            assert list(mounted.point.iterdir()) == []
            mounted.mount()
        else:
            server.start()
        state = converged(mei, min_)
    expected = [*writers[0].confirmed, *writers[1].confirmed, "关于报送材料的通知"]
    assert titles(state) == sorted(expected)
    (owner,) = [each for each in state["conflicts"] if each["kind"] == "values"]
    assert {v["value"]: v["user"] for v in owner["values"]} == {"周海涛": "李梅", "吴敏": "吴敏"}
    (record,) = [each for each in state["documents"] if each["short"] == paper]
    assert (record["note"], record["doc_no"]) == ("请阅", "应急〔2026〕7号")
    for replica in office:
        status = replica.sync()
        assert (status["state"], status["waiting"], status["holes"]) == ("ok", 0, 0)
    assert lines_in(server.shared / "journals") == mei.lines()
    mounted.unmount()
    assert list(mounted.point.iterdir()) == []  # nothing was ever written below the mount


def test_a_server_that_stops_answering_holds_up_neither_work_nor_the_end(
    server: Server, mounts: tuple[Mount, Mount], office: tuple[Replica, Replica]
) -> None:
    """Whoever looks at such a mount cannot even be killed, so the app must not be the one."""
    mei, min_ = office
    mounted, _other = mounts
    mounted.unmount()
    mounted.mount(patient=True)
    here = environment(OFFICETUI_HOME=str(mei.home))
    with Window("--lang", "en", environ=here) as window:
        window.until("synced")
        server.signal(signal.SIGSTOP)
        try:
            window.until(lambda text: re.search(r"no answer since \d\d:\d\d", text))
            paper = mei.good("add", "documents", "县委办 关于报送材料的通知 @李梅")
            window.press("3")
            window.until("报送材料")  # what another process wrote
            window.press("a")
            window.type("收 县应急局 关于低温雨雪防范的通知 @李梅")
            window.until("县应急局")
            window.press("enter")
            window.until(lambda text: "not synced" in text)
            assert window.quit() == 0
        finally:
            server.signal(signal.SIGCONT)
    min_.good("add", "documents", "县财政局 关于预算编制的通知 @吴敏")

    def same() -> bool:
        told = [each.sync() for each in (mei, min_)]
        well = all(one and (one["state"], one["waiting"]) == ("ok", 0) for one in told)
        return well and mei.lines() == min_.lines()

    until(same, "both have synced")
    state = converged(mei, min_)
    assert len(titles(state)) == 3
    assert min_.json("show", paper)["title"] == "关于报送材料的通知"


def test_no_command_waits_for_a_server_that_stops_answering(
    server: Server, mounts: tuple[Mount, Mount], office: tuple[Replica, Replica],
    tmp_path: Path, repository: Path,
) -> None:  # fmt: skip
    """Each says what happened, what is kept and what to do; the service goes on afterwards."""
    mei, min_ = office
    mounted, _other = mounts
    mounted.unmount()
    mounted.mount(patient=True)
    folder = str(mounted.point)
    joining, watching = Replica(tmp_path / "new", repository), Replica(tmp_path / "w", repository)
    examined = Replica(tmp_path / "examined", repository)
    watching.good("join", folder, "--user", "周海涛")
    examined.good("join", folder, "--user", "吴敏")
    with watching.watching() as says:
        until(says, "it watches")
        server.signal(signal.SIGSTOP)
        try:
            paper = mei.good("add", "documents", "县委办 关于报送材料的通知 @李梅")
            runs = at_once(
                lambda: mei("sync"),
                lambda: mei("folder", folder),
                lambda: mei("folder", "--rebuild"),
                lambda: examined("doctor"),
                lambda: joining("join", folder, "--user", "何静"),
                lambda: joining("init", "--name", "县委办", "--folder", f"{folder}/office"),
            )
            told = until(lambda: [each for each in says() if each["state"] != "ok"], "it says so")
            assert (told[-1]["state"], told[-1]["why"]) == ("absent", "silent")
            assert mei.good("verify") == "" and len(mei.json("list", "documents")) == 1
        finally:
            server.signal(signal.SIGCONT)
        for run in runs:
            said = run.stdout + run.stderr
            assert run.returncode == 4, (run.args, said)
            assert "does not answer" in said, (run.args, said)
            assert re.search("nothing is lost|Nothing was changed", said), (run.args, said)
            assert re.search("is mounted|share mounted", said), (run.args, said)
        assert not (joining.home / "office.json").exists()

        def same() -> bool:
            status = mei.sync()
            well = status is not None and (status["state"], status["waiting"]) == ("ok", 0)
            return well and says()[-1]["state"] == "ok" and watching.lines() == mei.lines()

        until(same, "both have synced")
    min_.sync()
    assert [each["short"] for each in min_.json("list", "documents")] == [paper]
