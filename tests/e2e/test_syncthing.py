"""Two replicas over two real Syncthing nodes, which talk to each other on this machine only.

Needs `syncthing` (Debian: apt-get install syncthing).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.replica import Replica, alike, at_once, converged, end, settled, titles, until

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("max_conflicts", [0, 10])]

# Everything that would reach beyond this machine is off; reconnecting and watching are quick.
CONFIG = """<configuration version="36">
  <folder id="office" label="office" path="{folder}" type="sendreceive" rescanIntervalS="3600"
          fsWatcherEnabled="true" fsWatcherDelayS="1">
    <device id="{own.device}"/><device id="{other.device}"/>
    <minDiskFree unit="">0</minDiskFree>
    <maxConflicts>{max_conflicts}</maxConflicts>
  </folder>
  <device id="{own.device}" name="own"><address>tcp://127.0.0.1:{own.port}</address></device>
  <device id="{other.device}" name="other"><address>tcp://127.0.0.1:{other.port}</address></device>
  <gui enabled="true" tls="false"><address>127.0.0.1:{own.rest}</address>
    <apikey>{own.key}</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{own.port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <announceLANAddresses>false</announceLANAddresses>
    <stunKeepaliveStartS>0</stunKeepaliveStartS>
    <urAccepted>-1</urAccepted>
    <urSeen>99</urSeen>
    <crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <startBrowser>false</startBrowser>
    <reconnectionIntervalS>1</reconnectionIntervalS>
  </options>
</configuration>
"""


class Node:
    """A Syncthing of its own: home, ports on loopback, key, and the folder it shares."""

    def __init__(self, home: Path, folder: Path, port: int, rest: int) -> None:
        self.home, self.folder, self.port, self.rest = home, folder, port, rest
        self.key = os.urandom(16).hex()
        self._env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        folder.mkdir()
        self._do("generate", "--no-default-folder", "--skip-port-probing")
        self.device = self._do("serve", "--device-id").strip()
        self._run: subprocess.Popen[bytes] | None = None

    def _command(self, *args: str) -> list[str]:
        return ["syncthing", *args, "--home", str(self.home)]

    def _do(self, *args: str) -> str:
        return subprocess.run(
            self._command(*args), env=self._env, capture_output=True, check=True, text=True
        ).stdout

    def share_with(self, other: Node, max_conflicts: int) -> None:
        config = CONFIG.format(
            own=self, other=other, folder=self.folder, max_conflicts=max_conflicts
        )
        (self.home / "config.xml").write_text(config, "utf-8")

    def start(self) -> None:
        with self.home.with_suffix(".log").open("ab") as log:
            self._run = subprocess.Popen(
                self._command("serve", "--no-restart", "--no-browser", "--no-upgrade"),
                env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def ask(self, path: str, method: str = "GET") -> Any:
        """What its REST interface answers; null while there is none."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.rest}/rest/{path}", method=method)
        request.add_header("X-API-Key", self.key)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=10) as answer:
                return json.load(answer)
        except OSError:
            return None

    def sees(self, other: Node) -> bool:
        found = self.ask("system/connections") or {"connections": {}}
        return bool(found["connections"].get(other.device, {}).get("connected"))

    def stop(self) -> None:
        """As a machine that is shut down."""
        assert self._run is not None
        assert self.ask("system/shutdown", "POST") is not None
        self._run.wait(timeout=30)

    def kill(self) -> None:
        """As a machine whose power fails."""
        assert self._run is not None
        self._run.kill()
        self._run.wait(timeout=30)

    def end(self) -> None:
        if self._run is not None:
            end(self._run)


def free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        taken = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in taken:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in taken]


@pytest.fixture
def nodes(tmp_path: Path, max_conflicts: int) -> Iterator[tuple[Node, Node]]:
    """Two that know each other and are connected."""
    ports = free_ports(4)
    one = Node(tmp_path / "node1", tmp_path / "folder1", *ports[:2])
    two = Node(tmp_path / "node2", tmp_path / "folder2", *ports[2:])
    one.share_with(two, max_conflicts)
    two.share_with(one, max_conflicts)
    for node in (one, two):
        options = (node.home / "config.xml").read_text("utf-8")
        assert f"<maxConflicts>{max_conflicts}<" in options
    try:
        one.start()
        two.start()
        connected(one, two)
        (used,) = one.ask("config/folders")
        assert used["maxConflicts"] == max_conflicts
        yield one, two
    finally:
        one.end()
        two.end()


def connected(one: Node, two: Node) -> None:
    until(lambda: one.sees(two) and two.sees(one), "the nodes are connected")


@pytest.fixture
def office(nodes: tuple[Node, Node], tmp_path: Path, repository: Path) -> tuple[Replica, Replica]:
    """Founded at one node, joined at the other when Syncthing has brought it there."""
    one, two = nodes
    mei, min_ = Replica(tmp_path / "mei", repository), Replica(tmp_path / "min", repository)
    mei.good("init", "--name", "清河镇党政办", "--user", "李梅", "--folder", str(one.folder))
    until((two.folder / "officetui.json").exists, "the marker has come")
    min_.good("join", str(two.folder), "--user", "吴敏")
    return mei, min_


def papers(replica: Replica, who: str, numbers: range) -> list[str]:
    """Record papers, one after the other; their titles."""
    named = [f"关于{who}第{number}件事的通知" for number in numbers]
    for title in named:
        replica.good("add", "documents", f"县应急局 {title} @{who}")
    return named


def conflict_copies(*nodes: Node) -> list[Path]:
    return [path for node in nodes for path in node.folder.rglob("*.sync-conflict-*")]


def test_edits_on_both_sides_and_a_node_that_stops(
    nodes: tuple[Node, Node], office: tuple[Replica, Replica]
) -> None:
    one, two = nodes
    mei, min_ = office
    with mei.watching(), min_.watching():
        paper = mei.good("add", "documents", "县委办 关于报送材料的通知 @李梅")
        mei.good("add", "people", "赵强 财政所")
        until(lambda: min_.lines() == mei.lines(), "the first paper has come")
        expected = ["关于报送材料的通知"]

        def mei_edits() -> list[str]:
            mei.good("set", paper, "owner=周海涛", "note=请阅")
            return papers(mei, "李梅", range(3))

        def min_edits() -> list[str]:
            min_.good("set", paper, "owner=吴敏", "doc_no=应急〔2026〕7号")
            return papers(min_, "吴敏", range(3))

        for named in at_once(mei_edits, min_edits):
            expected += named
        state = converged(mei, min_)
        assert titles(state) == sorted(expected)
        (owner,) = [each for each in state["conflicts"] if each["kind"] == "values"]
        assert {v["value"]: v["user"] for v in owner["values"]} == {
            "周海涛": "李梅",
            "吴敏": "吴敏",
        }
        (record,) = [each for each in state["documents"] if each["short"] == paper]
        assert (record["note"], record["doc_no"]) == ("请阅", "应急〔2026〕7号")

        two.stop()
        min_.good("set", paper, "owner=吴敏")  # settled on one side, unsettled again on the other
        for named in at_once(
            lambda: mei.good("set", paper, "due=明天17:00") or papers(mei, "李梅", range(3, 6)),
            lambda: papers(min_, "吴敏", range(3, 6)),
        ):
            expected += named
        until(lambda: min_.sync()["waiting"] == 0, "what was done here is in this folder")
        assert not set(titles(mei.canonical())) & {f"关于吴敏第{n}件事的通知" for n in range(3, 6)}
        two.start()

        def power_fails() -> list[str]:
            connected(one, two)
            two.kill()
            two.start()
            connected(one, two)
            return []

        for named in at_once(  # while the node catches up
            lambda: papers(mei, "李梅", range(6, 9)),
            lambda: papers(min_, "吴敏", range(6, 9)),
            power_fails,
        ):
            expected += named
        state = converged(mei, min_)
        assert titles(state) == sorted(expected)
        assert [each for each in state["conflicts"] if each["kind"] == "values"] == []
        settled(min_, state)
        assert converged(mei, min_)["conflicts"] == []
    assert conflict_copies(one, two) == []  # nobody but its own device writes a journal
    for replica in office:
        status = replica.sync()
        assert (status["state"], status["waiting"], status["holes"]) == ("ok", 0, 0)


def test_a_clone_at_the_other_node(
    nodes: tuple[Node, Node],
    office: tuple[Replica, Replica],
    max_conflicts: int,
    tmp_path: Path,
    repository: Path,
) -> None:
    """One journal that two homes wrote: the only way to a conflict copy, or to a lost file."""
    one, two = nodes
    mei, min_ = office
    paper = mei.good("add", "documents", "县委办 关于报送材料的通知 @李梅")
    mei.sync()
    until(lambda: min_.sync() and min_.lines() == mei.lines(), "the paper has come")
    shutil.copytree(mei.home, tmp_path / "clone", symlinks=True)
    clone = Replica(tmp_path / "clone", repository)
    two.stop()
    expected = ["关于报送材料的通知"]
    mei.good("set", paper, "note=原机")
    expected += papers(mei, "李梅", range(3))
    clone.good("folder", str(two.folder))
    clone.good("set", paper, "doc_no=克隆机")
    expected += papers(clone, "赵强", range(3))
    mei.sync()
    clone.sync()
    two.start()
    connected(one, two)
    everyone = (mei, min_, clone)

    # Lines that one of them issued again under another name may stay in its home: what counts is
    # what they show, with all that both have recorded.
    def same() -> bool:
        waiting = [replica.sync()["waiting"] for replica in everyone]
        first, *others = at_once(*(replica.canonical for replica in everyone))
        return (
            waiting == [0, 0, 0]
            and titles(first) == sorted(expected)
            and all(other == first for other in others)
        )

    until(same, "all show the same, and all of it")
    state = alike(*everyone)
    (record,) = [each for each in state["documents"] if each["short"] == paper]
    assert (record["note"], record["doc_no"]) == ("原机", "克隆机")
    assert any(replica.sync()["retired"] for replica in (mei, clone))
    if max_conflicts:
        until(lambda: conflict_copies(one, two), "Syncthing has made a conflict copy")
    else:
        assert conflict_copies(one, two) == []
    for replica in everyone:
        replica.good("doctor", "--rebuild")
        replica.good("verify")
    assert alike(*everyone) == state
